"""The five minutes of docs/start.md, command by command, on a state of its own."""

import os
import re
import shutil
import socket
import subprocess

import pytest

from tests import house

COMMANDS = re.compile(r"^\$ (.+)$", re.MULTILINE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.slow
def test_every_command_of_the_first_five_minutes_works(tmp_path):
    state, port = tmp_path / "var", free_port()
    shutil.copytree(
        house.STATE / "stamps",
        state / "stamps",
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("*migrat*", "*city*"),
    )
    env = {name: value for name, value in os.environ.items() if not name.startswith(("YAKUSHO_", "PYTEST", "DJANGO"))}
    env |= {"YAKUSHO_STATE": str(state)}
    commands = COMMANDS.findall((house.ROOT / "docs" / "start.md").read_text("utf-8"))
    assert len(commands) >= 8
    try:
        for command in commands:
            line = command.replace("--background", f"--background --port {port}").replace(
                "var/record", str(tmp_path / "record")
            )
            done = subprocess.run(
                ["bash", "-c", line], cwd=house.ROOT, env=env, capture_output=True, text=True, timeout=500
            )
            assert done.returncode == 0, f"{line}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    finally:
        subprocess.run(["bin/yakusho", "down"], cwd=house.ROOT, env=env, capture_output=True)
