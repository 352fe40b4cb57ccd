"""本番と訓練 Live and drill messages are different types, and so are their channels: neither reaches the other's.

A real earthquake text sent in a drill, or a drill text sent as real, is a mistake of types here, found by mypy
before it runs and refused by the channel if it runs anyway. The database holds the same line (see the migration).
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import final

DRILL_SIGNS = ("訓練", "DRILL")


class WrongSide(TypeError):
    """A drill message came to a live channel, or the other way round."""


@dataclass(frozen=True)
class _Message:
    delivery: int
    address: str
    language: str
    title: str


@final
@dataclass(frozen=True)
class LiveMessage(_Message):
    """本番の通知 For the public channels only."""


@final
@dataclass(frozen=True)
class DrillMessage(_Message):
    """訓練の通知 For the drill's channels only; its title says 訓練."""

    def __post_init__(self) -> None:
        if not any(sign in self.title for sign in DRILL_SIGNS):
            raise WrongSide("a drill message says 訓練 in its title")


class LiveChannel(ABC):
    """本番の経路 Takes live messages to people."""

    def send(self, message: LiveMessage) -> None:
        """Hand the message over, or raise. WrongSide for anything but a live message."""
        if type(message) is not LiveMessage:
            raise WrongSide("only live messages go by a live channel")
        self._send(message)

    @abstractmethod
    def _send(self, message: LiveMessage) -> None: ...


class DrillChannel(ABC):
    """訓練の経路 Takes drill messages to where a drill may end."""

    def send(self, message: DrillMessage) -> None:
        """Hand the message over, or raise. WrongSide for anything but a drill message."""
        if type(message) is not DrillMessage:
            raise WrongSide("only drill messages go by a drill channel")
        self._send(message)

    @abstractmethod
    def _send(self, message: DrillMessage) -> None: ...
