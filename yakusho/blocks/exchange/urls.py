"""Addresses of the exchange."""

from django.urls import path

from yakusho.blocks.exchange import views

app_name = "exchange"
urlpatterns = [
    path("desk/endpoints", views.endpoints, name="endpoints"),
    path("desk/endpoints/new", views.register, name="register"),
    path("desk/endpoints/<int:endpoint>", views.endpoint, name="endpoint"),
    path("desk/endpoints/<int:endpoint>/pause", views.pause, name="pause"),
    path("desk/endpoints/<int:endpoint>/keys/new", views.add_key, name="add_key"),
    path("desk/endpoints/<int:endpoint>/keys/<int:version>/retire", views.retire_key, name="retire_key"),
    path("desk/dead-letters", views.dead_letters, name="dead_letters"),
    path("desk/dispatches/<int:dispatch>/replay", views.replay, name="replay"),
]
