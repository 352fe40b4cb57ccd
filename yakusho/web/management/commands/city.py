"""`city build`: an invented city in an empty database."""

import sys
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import localdate

from yakusho.blocks.audit import record
from yakusho.blocks.doors import SYSTEM
from yakusho.blocks.pages import clock
from yakusho.kit.refusal import Refusal
from yakusho.registers.organisation import actions as organisation
from yakusho.registers.places import actions as places
from yakusho.web.sample import load
from yakusho.web.sample.accounts import make_accounts


class NotASampleCity(Refusal):
    """見本の住民は、見本の市だけに作れます。 / Invented residents are made in a sample city only."""


class Command(BaseCommand):
    """市を作る Towns and offices of the configured city; in a sample city, invented residents too."""

    help = "city build [--population N] [--seed S] [--if-empty]: runs as yakusho_owner"

    def add_arguments(self, parser: CommandParser) -> None:
        """VERB and how many people."""
        parser.add_argument("verb", choices=["build"])
        parser.add_argument("--population", type=int, default=10_000)
        parser.add_argument("--seed", type=int, default=2026)
        parser.add_argument("--if-empty", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 1 with the sentence of a refusal."""
        try:
            self._build(**options)
        except Refusal as refusal:
            self.stderr.write(f"{refusal.ja} / {refusal.en}")
            sys.exit(1)

    def _build(self, *, if_empty: bool, **options: Any) -> None:
        at = clock.read()
        places.load_towns(by=SYSTEM, on=localdate(at))
        if load.is_empty() and settings.SAMPLE_CITY:
            self._people(at=at, population=options["population"], seed=options["seed"])
        elif not if_empty:
            raise NotASampleCity if load.is_empty() else load.NotEmpty
        elif settings.SAMPLE_CITY:
            make_accounts(on=localdate(at), at=at)  # a build that was cut off after its people lacks them
        organisation.load_organisation(by=SYSTEM, on=localdate(at))

    def _people(self, *, at: datetime, population: int, seed: int) -> None:
        """Invented residents and their sign-ins, with a row in the record that says so."""
        load.build(population=population, seed=seed, on=localdate(at), say=self.stdout.write)
        make_accounts(on=localdate(at), at=at)
        record.write(
            kind="event",
            door="city.build",
            actor=0,
            actor_name="system",
            role="system",
            office="",
            purpose="見本の市",
            case="",
            subjects=[],
            body={"population": population, "seed": seed},
        )
