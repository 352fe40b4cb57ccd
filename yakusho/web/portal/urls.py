"""Addresses of the portal; the gallery of parts only in a sample city."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from yakusho.web.portal import views

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("search", views.find, name="search"),
]
if settings.SAMPLE_CITY:
    urlpatterns.append(path("components/", include("yakusho.blocks.pages.gallery.urls")))
