"""The command line: verbs, their options and the help page."""

import argparse
from collections.abc import Callable
from pathlib import Path

HELP = """\
役所 Yakusho — 電子市役所 / the electronic city hall

  bin/yakusho up [--port 8000] [--population 10000] [--seed S] [--background] [--production]
                                 準備して開く / set everything up and serve it on http://localhost:8000
  bin/yakusho down               閉じる / stop what runs, and the database
  bin/yakusho status [--json]    状態 / what runs
  bin/yakusho test [--fast] [-k WORDS] [PATH …]
                                 検査 / everything; -k or a path: those tests alone; --fast: without the slow ones
  bin/yakusho do ACTION --json FILE|- --as WHO       操作 / carry out an action
  bin/yakusho ask QUERY --json FILE|- --as WHO       照会 / ask a query
  bin/yakusho city build [--population N] [--seed S] 見本の市 / build the sample city
  bin/yakusho audit verify | export                  監査記録 / verify or export the record
  bin/yakusho backup --to DIR [--keys DIR] [--passphrase FILE] [--keep N] | --list | --carry
                                 控え / keep the whole city in DIR, encrypted, and every change since; its keys apart
  bin/yakusho restore BACKUP --into FOLDER [--until "2026-11-23 14:05"] [--keys DIR] [--passphrase FILE]
                                 復元 / build the city anew in another folder, as it was at that minute, and check it
  bin/yakusho bench [NAME [SIZE …]]                  計測 / run the benchmarks, or one at sizes of your own
  bin/yakusho new-system PILLAR NAME 日本語名 "English"  新しい業務 / write an empty system
  bin/yakusho prove [PART …] [--long] [--seed S]     証明 / attack the house, write proof/scoreboard.json
  bin/yakusho rules              規則 / law on tables from outside
  bin/yakusho secrets            秘密 / make the secrets that are missing
  bin/yakusho db | env           開発 / start the database alone; print its settings as exports
  bin/yakusho help               この頁 / this page
"""


def parser() -> argparse.ArgumentParser:
    """Of the launcher's own verbs; the other verbs are Django commands and parse their own words."""
    top = argparse.ArgumentParser(prog="yakusho", add_help=False)
    verbs = top.add_subparsers(dest="verb", required=True)
    up = verbs.add_parser("up")
    up.add_argument("--population", type=_whole(1, 2_000_000), metavar="N")
    up.add_argument("--seed", type=_whole(0, 2**31 - 1), metavar="S")
    up.add_argument("--background", action="store_true")
    for serving in (up, verbs.add_parser("serve")):
        serving.add_argument("--port", type=_whole(1, 65535), default=8000)
        serving.add_argument("--production", action="store_true")
    verbs.add_parser("status").add_argument("--json", action="store_true")
    test = verbs.add_parser("test")
    test.add_argument("--fast", action="store_true")
    test.add_argument("-k", dest="words", default="", metavar="EXPR")
    test.add_argument("paths", nargs="*")
    prove = verbs.add_parser("prove")
    prove.add_argument("parts", nargs="*")
    prove.add_argument("--long", action="store_true")
    prove.add_argument("--seed", type=_whole(0, 2**31 - 1), metavar="S")
    _keeping(verbs.add_parser("backup"), verbs.add_parser("restore"))
    bench = verbs.add_parser("bench")
    bench.add_argument("name", nargs="?")
    bench.add_argument("sizes", nargs="*")
    for name in ("down", "db", "env", "secrets"):
        verbs.add_parser(name)
    return top


def _keeping(backup: argparse.ArgumentParser, restore: argparse.ArgumentParser) -> None:
    backup.add_argument("--to", type=Path, metavar="DIR")
    backup.add_argument("--keep", type=_whole(1, 10_000), default=7, metavar="N")
    backup.add_argument("--list", action="store_true")
    backup.add_argument("--carry", action="store_true")
    restore.add_argument("backup", type=Path, nargs="?")
    restore.add_argument("--into", type=Path, metavar="FOLDER")
    restore.add_argument("--until", default="", metavar="TIME")
    for words in (backup, restore):
        words.add_argument("--keys", type=Path, metavar="DIR")
        words.add_argument("--passphrase", type=Path, metavar="FILE")


def _whole(low: int, high: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(f"{low}–{high} の整数 / a whole number from {low} to {high}: {text!r}")
        return int(text)

    return number
