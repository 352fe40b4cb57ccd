"""`new-system PILLAR NAME 日本語名 "English"`: an empty room that already passes everything."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

import yakusho
from yakusho.kit.refusal import Refusal
from yakusho.web.new_system import NewSystem


class Command(BaseCommand):
    """新しい部屋 Writes one folder and edits no existing file."""

    help = 'Write an empty room: new-system city dog_register 犬の登録 "Dog register"'

    def add_arguments(self, parser: CommandParser) -> None:
        """PILLAR NAME JAPANESE ENGLISH."""
        for name in ("pillar", "name", "japanese", "english"):
            parser.add_argument(name)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the files; a refusal goes to standard error and exits 1."""
        words = {name: options[name] for name in ("pillar", "name", "japanese", "english")}
        try:
            written = NewSystem(**words).write(Path(yakusho.__path__[0]))
        except Refusal as refusal:
            self.stderr.write(f"{refusal.ja} / {refusal.en}")
            sys.exit(1)
        for path in written:
            self.stdout.write(str(path))
