"""Addresses of the API: one for each door. Building them takes as long as reading the rest of the house."""

from yakusho.web.api import api

urlpatterns = api.urls[0]
