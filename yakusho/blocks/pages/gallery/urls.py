"""Addresses of the gallery."""

from django.urls import path

from yakusho.blocks.pages.gallery import views

app_name = "gallery"
urlpatterns = [
    path("", views.parts, name="parts"),
    path("desk", views.desk_parts, name="desk"),
    path("question", views.question, name="question"),
    path("desk-form", views.desk_form, name="desk_form"),
    path("walk", views.walk, name="walk"),
    path("desk-check", views.desk_check, name="desk_check"),
    path("done", views.done, name="done"),
    path("state/<slug:kind>", views.state, name="state"),
]
