"""The web: settings, addresses, API, portal and desk."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """玄関 Knows all the others and is known by none."""

    name = "yakusho.web"
    verbose_name = "玄関"
