"""Addresses of alarms."""

from django.urls import path

from yakusho.blocks.alarms import views

app_name = "alarms"
urlpatterns = [
    path("desk", views.alarms, name="alarms"),
    path("desk/<int:ring>", views.alarm, name="alarm"),
    path("desk/<int:ring>/close", views.close, name="close"),
]
