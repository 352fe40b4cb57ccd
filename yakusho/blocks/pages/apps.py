"""ページ What rooms need to show pages: shells, forms from models, languages."""

from django.apps import AppConfig

from yakusho.blocks.pages.language import register_easy


class PagesConfig(AppConfig):
    """ページ Shells, forms, check-answers, error pages."""

    name = "yakusho.blocks.pages"
    verbose_name = "ページ"

    def ready(self) -> None:
        register_easy()
