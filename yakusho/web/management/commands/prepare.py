"""`prepare`: rights of the database's roles, then migrations, then which program papers come from. Run as the owner; harmless to repeat."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

RIGHTS = """
alter default privileges grant select, insert, update, delete on tables to yakusho_app;
alter default privileges grant usage, select on sequences to yakusho_app;
grant usage on schema public to yakusho_app, yakusho_render;
"""


class Command(BaseCommand):
    """準備 Everything that a new or older database needs before the house can open."""

    help = "Give the roles their rights and apply migrations (as yakusho_owner)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Set default rights first, so that every table made by a migration has them."""
        with connection.cursor() as cursor:
            cursor.execute(RIGHTS)
        call_command("migrate", interactive=False, verbosity=options["verbosity"])
        call_command("declare_build", verbosity=options["verbosity"])
