"""組織ファイル Offices, posts, holders and closing days of a city as files (``offices.yaml``, ``staff.yaml``, ``closed.yaml``)."""

import re
from collections.abc import Iterable
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator


class Data(BaseModel):
    """A frozen part of a file; a misspelt key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Hours(Data):
    """Opening hours of a counter."""

    opens: time
    closes: time


class OfficeRow(Data):
    """One office of the file."""

    code: str = Field(pattern=r"^[a-z][a-z_]*$")
    name: str
    english: str
    kind: Literal["city", "department", "division", "committee"]
    parent: str = ""
    counter: str = ""
    counter_english: str = ""
    hours: Hours | None = None


class PostRow(Data):
    """One post of the file."""

    code: str
    office: str
    title: str
    english: str
    rank: int
    signs: bool = False


class HolderRow(Data):
    """One person in one post for one time; ``until`` exclusive."""

    post: str
    name: str
    kana: str
    english: str
    login: str = ""
    starts: date = Field(alias="from")
    until: date | None = None


class Chart(Data):
    """組織図 Everything that the files say of the organisation."""

    offices: tuple[OfficeRow, ...]
    posts: tuple[PostRow, ...]
    holders: tuple[HolderRow, ...]

    @model_validator(mode="after")
    def _sound(self) -> "Chart":
        offices, posts = [row.code for row in self.offices], [row.code for row in self.posts]
        wrong = [
            *(f"{code} stands twice" for code in _twice(offices) + _twice(posts)),
            *(f"{row.code} has no parent {row.parent}" for row in self.offices if row.parent not in ("", *offices)),
            *(f"{row.code} has no office {row.office}" for row in self.posts if row.office not in offices),
            *(f"{row.name} has no post {row.post}" for row in self.holders if row.post not in posts),
        ]
        if wrong:
            raise ValueError("; ".join(wrong))
        return self


class Closing(Data):
    """閉庁期間 Days of every year on which the counters are closed, both ends included (MM-DD)."""

    starts: str = Field(alias="from", pattern=r"^[0-9]{2}-[0-9]{2}$")
    until: str = Field(alias="to", pattern=r"^[0-9]{2}-[0-9]{2}$")
    name: str
    english: str

    def covers(self, day: date) -> bool:
        """Whether a day lies in it, also over New Year."""
        here = f"{day:%m-%d}"
        if self.starts <= self.until:
            return self.starts <= here <= self.until
        return here >= self.starts or here <= self.until


class ClosedDay(Data):
    """臨時の閉庁日 One single day."""

    day: date
    name: str
    english: str


class Closings(Data):
    """市の休日 The city's closing days with their article."""

    title: str
    article: str
    confirmed: bool
    note: str = ""
    yearly: tuple[Closing, ...]
    days: tuple[ClosedDay, ...] = ()


def _yaml(path: Path) -> Any:
    # YAML 1.1 reads 08:30 without quotes as a number in base 60; the files quote their times.
    return yaml.safe_load(path.read_text("utf-8"))


def _twice(codes: list[str]) -> list[str]:
    return sorted({code for code in codes if codes.count(code) > 1})


def read_chart(folder: Path) -> Chart:
    """組織図の読取り Offices, posts and holders of a city; ValueError names what does not fit together."""
    offices, staff = _yaml(folder / "offices.yaml"), _yaml(folder / "staff.yaml")
    return Chart.model_validate({"offices": offices["offices"], "posts": offices["posts"], "holders": staff["holders"]})


@cache
def read_closings(folder: Path) -> Closings:
    """閉庁日の読取り The city's closing days."""
    return Closings.model_validate(_yaml(folder / "closed.yaml"))


def logins(holders: Iterable[HolderRow]) -> list[str]:
    """サインイン名 The sign-in names that the file mentions."""
    return sorted({row.login for row in holders if re.search(r"\S", row.login)})
