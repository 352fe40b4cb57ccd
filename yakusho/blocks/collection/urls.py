"""Addresses of money that is owed."""

from django.urls import path

from yakusho.blocks.collection import views

app_name = "collection"
urlpatterns = [path("late-charge", views.late_charge, name="late_charge")]
