"""History: bitemporal facts."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """履歴 Facts with the days on which they hold and the instants at which they were believed."""

    name = "yakusho.blocks.history"
    verbose_name = "履歴"
