"""計画の電子データ The plan files of a city (``cities/<city>/plans``) as one checked programme."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from yakusho.systems.city.evaluation.rules import Programme, contradictions


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


@cache
def read_programme(folder: Path) -> Programme:
    """計画 Read summary, plans and named measures of a folder; ValueError names every contradiction in them."""
    plans = [_read(path) for path in sorted(folder.glob("plan-*.yaml"))]
    programme = Programme.model_validate(
        _read(folder / "summary.yaml") | _read(folder / "measures.yaml") | {"plans": plans}
    )
    if found := contradictions(programme):
        raise ValueError(f"{folder}: " + "; ".join(found))
    return programme
