"""`audit VERB`: the record, for whoever has to prove it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import ProgrammingError
from django.utils.translation import gettext as _

from yakusho.blocks.audit import log
from yakusho.blocks.audit.export import NothingSigned, export
from yakusho.blocks.audit.verify import Report, verify


class Command(BaseCommand):
    """監査記録 Exit 0: the record is as it was signed; exit 1: it is not, and why."""

    help = "audit verify [--witness CHECKPOINT] [--export DIR] [--json] [--rebuild] | export DIR | checkpoint | integrate | rebuild"

    def add_arguments(self, parser: CommandParser) -> None:
        """A verb and where things are."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        checking = verbs.add_parser("verify")
        checking.add_argument("--witness", type=Path, help="a checkpoint that was kept elsewhere")
        checking.add_argument("--export", type=Path, help="write the log for outsiders too")
        checking.add_argument("--json", action="store_true")
        checking.add_argument(
            "--rebuild", action="store_true", help="make the tiles anew first, as after a restoration"
        )
        verbs.add_parser("export").add_argument("folder", type=Path)
        for verb in ("checkpoint", "integrate", "rebuild", "new-epoch"):
            verbs.add_parser(verb)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; what cannot be done is one sentence and exit 1."""
        try:
            getattr(self, "_" + options["verb"].replace("-", "_"))(options)
        except (log.LogDiverged, log.EpochEnded, NothingSigned) as problem:
            self._stop(f"{str(type(problem).__doc__).splitlines()[0]} {problem}")
        except (ProgrammingError, OSError) as problem:
            self._stop(str(problem))

    def _stop(self, sentence: str) -> None:
        self.stderr.write(sentence.strip())
        sys.exit(1)

    def _verify(self, options: dict[str, Any]) -> None:
        witness = options["witness"].read_text("utf-8") if options["witness"] else ""
        if options["rebuild"]:
            log.rebuild_tiles()
        report = verify(witness=witness)
        self.stdout.write(_as_json(report) if options["json"] else _as_text(report))
        if options["export"]:
            self._export({"folder": options["export"]})
        if not report.ok:
            sys.exit(1)

    def _export(self, options: dict[str, Any]) -> None:
        """What is there now, signed first; a log that cannot be signed any more is exported as it was published."""
        try:
            log.integrate()
        except log.LogDiverged as problem:
            self.stderr.write(str(problem))
        head = export(options["folder"])
        self.stderr.write(
            _("記録 %(count)d 件を %(folder)s に書き出しました。") % {"count": head.size, "folder": options["folder"]}
        )

    def _checkpoint(self, options: dict[str, Any]) -> None:
        """The signed statement that a witness keeps."""
        self.stdout.write(log.published_note(), ending="")

    def _integrate(self, options: dict[str, Any]) -> None:
        self.stdout.write(str(log.integrate()))

    def _rebuild(self, options: dict[str, Any]) -> None:
        self.stdout.write(str(log.rebuild_tiles()))

    def _new_epoch(self, options: dict[str, Any]) -> None:
        """After a dump was restored into another cluster; as yakusho_owner."""
        self.stdout.write(str(log.begin_epoch()))


def _as_text(report: Report) -> str:
    lines = [
        _("記録 %(size)d 件、チェックポイント %(checkpoints)d 件")
        % {"size": report.size, "checkpoints": report.checkpoints},
        *(f"  {finding.sentence} {finding.where}" for finding in report.findings),
        _("記録は署名どおりです。") if report.ok else _("記録が署名どおりではありません。"),
    ]
    return "\n".join(lines)


def _as_json(report: Report) -> str:
    found = [{"kind": one.kind, "where": one.where, "sentence": str(one.sentence)} for one in report.findings]
    told = {"ok": report.ok, "size": report.size, "root": report.root.hex(), "checkpoints": report.checkpoints}
    return json.dumps(told | {"findings": found}, ensure_ascii=False, indent=2)
