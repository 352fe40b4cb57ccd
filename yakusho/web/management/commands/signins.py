"""見本のサインイン Print the sign-ins of a sample city."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from yakusho.blocks.identity import samples


class Command(BaseCommand):
    """Print who can sign in at /identity/ of a sample city, one line each."""

    help = "Print the sample sign-ins (only in a sample city)."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a sign-in: name for --as, what it is, duty and office."""
        if not settings.SAMPLE_CITY:
            self.stdout.write("No sample sign-ins: this is not a sample city.")
            return
        with override("ja"):
            for one in samples.sign_ins():
                duty = f"{one.role} @ {one.office}" if one.role else "住民 resident"
                self.stdout.write(f"{one.login:<10} {one.title}　{duty}")
