"""Addresses: the API, the portal and desk, and every room under its own name."""

from django.urls import include, path

from yakusho.web.discovery import public_modules, url_modules
from yakusho.web.late import LateAddresses

urlpatterns = [
    LateAddresses("api/", "yakusho.web.api_urls", namespace="api"),
    *(path(f"{prefix}/", include(module)) for prefix, module in url_modules()),
    *(path("", include(module)) for module in public_modules()),
    path("desk/", include("yakusho.web.desk.urls")),
    path("", include("yakusho.web.portal.urls")),
]

handler400 = "yakusho.blocks.pages.errors.bad_request"
handler403 = "yakusho.blocks.pages.errors.not_allowed"
handler404 = "yakusho.blocks.pages.errors.not_found"
handler500 = "yakusho.blocks.pages.errors.server_error"
