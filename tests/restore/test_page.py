"""What docs/backup.md tells people to type is understood, and the sentences it explains are those that are said."""

import re
import shlex

import pytest

from tests import house
from yakusho.launch import sealing
from yakusho.launch.main import VERBS
from yakusho.launch.words import HELP, parser

PAGE = (house.ROOT / "docs" / "backup.md").read_text("utf-8")
COMMANDS = re.findall(r"^[$#] (?:[A-Z_]+=\S+ )*bin/yakusho (.+)$", PAGE, re.MULTILINE)
SENTENCES = re.findall(r"^\| ([^|]*[ぁ-ん一-鿿][^|/]*) / ([A-Z][^|]+) \| [12] \|", PAGE, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_understood(command):
    options = parser().parse_args(shlex.split(command))
    assert options.verb in VERBS
    assert f"bin/yakusho {options.verb}" in HELP


def test_there_are_commands_and_sentences():
    assert {shlex.split(command)[0] for command in COMMANDS} == {"backup", "restore", "status", "up"}
    assert len(SENTENCES) >= 7


@pytest.mark.parametrize(("japanese", "english"), SENTENCES)
def test_every_sentence_is_one_that_is_said(japanese, english):
    code = "".join(path.read_text("utf-8") for path in (house.ROOT / "yakusho" / "launch").glob("*.py"))
    for words in (japanese, english):
        for part in words.split(" … "):
            assert part in code
    assert set(sealing.PROBLEMS) == {"passphrase", "weak", "damaged", "full", "file"}
