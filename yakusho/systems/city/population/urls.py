"""Addresses of the population."""

from django.urls import path

from yakusho.systems.city.population import views

app_name = "population"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("towns.csv", views.towns_csv, name="towns_csv"),
    path("months.csv", views.months_csv, name="months_csv"),
]
