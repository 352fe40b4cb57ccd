"""`make_seal`: the sample city's seal and the table of print fonts; harmless to repeat."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from yakusho.blocks.documents._internal import city, city_seal, fonts
from yakusho.blocks.pages import clock


class Command(BaseCommand):
    """公印の用意 Only a sample city makes its own seal; a real one puts its issuer's files into the folder of secrets."""

    help = "Make the sample city's seal once, link the print fonts and read their coverage."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal first, then fonts."""
        try:
            city.seal(clock.read())
        except city_seal.SealMissing as error:
            raise CommandError(str(error)) from error
        fonts.faces(fonts.folder(Path(settings.STATE)))
