"""What goes in and out of the doors of alarms."""

from datetime import datetime
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from yakusho.blocks.alarms.models import Cause
from yakusho.blocks.doors import Value
from yakusho.blocks.pages.look import look

Finding = Annotated[
    str,
    Field(
        title=_("調査結果"),
        description=_("何が起き、何を直したかを書きます。"),
        max_length=500,
        json_schema_extra=look(kind="lines"),
    ),
]


class AlarmView(Value):
    """警報 One alarm."""

    alarm: int
    cause: Cause
    raised_at: datetime
    gone_at: datetime | None
    finding: str
    closed_at: datetime | None
