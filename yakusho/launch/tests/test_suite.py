"""The suite: order, what is left out, and what fails it."""

from typing import Any

import pytest

from yakusho.launch import suite
from yakusho.launch.place import Place
from yakusho.launch.suite import Choice


class Shell:
    """Answers each command with a code, pytest with its own."""

    def __init__(self, failing: str = "", tests: int = 0) -> None:
        self.failing, self.tests = failing, tests
        self.commands: list[list[str]] = []
        self.settings: dict[str, str] = {}

    def __call__(self, command: list[str], *, env: dict[str, str], **_: Any) -> int:
        self.commands.append(command)
        self.settings = env
        if "pytest" in command:
            return self.tests
        return int(bool(self.failing) and self.failing in " ".join(command))


def run(place: Place, shell: Shell, choice: Choice = Choice()) -> int:  # noqa: B008 - frozen
    return suite.run(place, choice, {"YAKUSHO_DB_HOST": "/s"}, call=shell)


def test_style_types_and_contracts_come_before_the_tests(place: Place) -> None:
    shell = Shell()
    assert run(place, shell) == 0
    names = [" ".join(command).split("/")[-1].split(" -")[0] for command in shell.commands]
    assert sorted(names[:4]) == ["lint-imports", "mypy", "ruff check", "ruff format"]
    assert "pytest" in shell.commands[-1]
    assert len(shell.commands) == 5


@pytest.mark.parametrize("failing", ["ruff check", "ruff format", "mypy", "lint-imports"])
def test_a_failed_check_fails_the_whole_but_the_rest_still_runs(
    place: Place, failing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = Shell(failing)
    assert run(place, shell) == 1
    assert "pytest" in shell.commands[-1]
    assert "checks that failed" in capsys.readouterr().err


@pytest.mark.parametrize("code", [1, 2, 5])
def test_failed_tests_and_no_tests_at_all_fail_it(place: Place, code: int) -> None:
    assert run(place, Shell(tests=code)) == code
    assert run(place, Shell("mypy", tests=code)) == code


def test_nothing_is_printed_after_pytest(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    class Closing(Shell):
        def __call__(self, command: list[str], *, env: dict[str, str], **_: Any) -> int:
            code = super().__call__(command, env=env)
            if "pytest" in command:
                capsys.readouterr()
            return code

    run(place, Closing("mypy"))
    left = capsys.readouterr()
    assert left.out + left.err == ""


def test_everything_runs_in_four_processes(place: Place) -> None:
    command = suite.pytest(place, Choice())
    assert command[command.index("-n") + 1] == "4"
    assert "-m" not in command[3:]


def test_fast_leaves_out_the_slow_marks(place: Place) -> None:
    command = suite.pytest(place, Choice(fast=True))
    left_out = command[command.index("-m", 3) + 1]
    assert {"slow", "browser", "faults", "mutants"} <= set(left_out.split())
    assert left_out.count("not ") == 4


def test_picked_words_run_alone(place: Place) -> None:
    shell = Shell()
    assert run(place, shell, Choice(words="move_in")) == 0
    assert len(shell.commands) == 1
    assert shell.commands[0][-2:] == ["-k", "move_in"]
    assert "-n" not in shell.commands[0]


def test_picked_paths_run_alone(place: Place) -> None:
    shell = Shell()
    run(place, shell, Choice(paths=["yakusho/kit"]))
    assert len(shell.commands) == 1
    assert shell.commands[0][-1] == "yakusho/kit"


def test_the_tests_get_the_settings_of_the_house(place: Place) -> None:
    shell = Shell()
    run(place, shell)
    assert shell.settings["YAKUSHO_DB_HOST"] == "/s"
    assert shell.settings["DJANGO_ALLOW_ASYNC_UNSAFE"] == "1"
