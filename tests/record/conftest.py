"""A database whose commits last, with a log of its own; the city of rights; a city that is served."""

from tests.access.conftest import everybody, scene, scene_and_cast
from yakusho.blocks.audit.tests.conftest import alone, another, committed, log_database, owner

__all__ = ["alone", "another", "committed", "everybody", "log_database", "owner", "scene", "scene_and_cast"]
