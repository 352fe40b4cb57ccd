"""Addresses of the plans."""

from django.urls import path

from yakusho.systems.city.evaluation import views

app_name = "evaluation"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("measures.csv", views.measures_csv, name="measures_csv"),
]
