"""`declare_build`: papers come from this program from now on; nodes that run another one refuse to make any."""

from typing import Any

from django.core.management.base import BaseCommand

from yakusho.blocks.documents import build
from yakusho.blocks.documents.models import Build


class Command(BaseCommand):
    """版の宣言 Run by whoever installs a version, after the migrations, as the owner of the tables; harmless to repeat."""

    help = "Declare the program that stands here as the one that makes papers (as yakusho_owner)."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Say it where every node looks."""
        if Build.objects.order_by("-pk").values_list("digest", flat=True).first() != build.own():
            Build.objects.create(digest=build.own())
        if options["verbosity"]:
            self.stdout.write(f"この版の書面を出します。 / Papers come from this program: {build.own()[:12]}")
