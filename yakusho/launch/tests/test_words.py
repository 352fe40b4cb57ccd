"""The command line."""

import pytest

from yakusho.launch.main import VERBS
from yakusho.launch.words import HELP, parser


def test_up_has_the_documented_defaults() -> None:
    options = parser().parse_args(["up"])
    assert (options.port, options.population, options.seed) == (8000, None, None)
    assert (options.background, options.production) == (False, False)


def test_up_takes_every_documented_option() -> None:
    words = ["up", "--port", "8123", "--population", "285000", "--seed", "7", "--background", "--production"]
    options = parser().parse_args(words)
    assert (options.port, options.population, options.seed) == (8123, 285_000, 7)
    assert (options.background, options.production) == (True, True)


@pytest.mark.parametrize(
    "words",
    [
        ["up", "--port", "0"],
        ["up", "--port", "65536"],
        ["up", "--port", "http"],
        ["up", "--population", "0"],
        ["up", "--population", "-5"],
        ["up", "--population", "1.5"],
        ["up", "--population", "１００"],
        ["up", "--seed", ""],
        ["up", "extra"],
        ["status", "--xml"],
        ["down", "now"],
    ],
)
def test_wrong_words_end_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        parser().parse_args(words)
    assert stop.value.code == 2
    assert "usage: yakusho" in capsys.readouterr().err


def test_a_wrong_number_is_explained_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["up", "--port", "99999"])
    told = capsys.readouterr().err
    assert "1–65535 の整数" in told
    assert "a whole number from 1 to 65535: '99999'" in told


def test_test_picks_by_words_and_paths() -> None:
    options = parser().parse_args(["test", "--fast", "-k", "move_in and not slow", "tests/fitness", "yakusho/kit"])
    assert options.fast is True
    assert options.words == "move_in and not slow"
    assert options.paths == ["tests/fitness", "yakusho/kit"]


def test_the_help_page_names_every_public_verb() -> None:
    hidden = {"serve"}
    missing = [verb for verb in VERBS if verb not in hidden and verb not in HELP]
    assert missing == []


def test_every_verb_of_the_launcher_can_be_parsed() -> None:
    assert [parser().parse_args([verb]).verb for verb in VERBS] == list(VERBS)
