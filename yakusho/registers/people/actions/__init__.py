"""What systems can write in the register; every door opens only from inside another one."""

from yakusho.registers.people.actions.bulk import enter_many
from yakusho.registers.people.actions.movements import allot, record, reindex, revert
from yakusho.registers.people.actions.numbers import hold_number, individual_number
from yakusho.registers.people.actions.protections import (
    agree_release,
    ask_release,
    confirm_protection,
    end_protection,
    extend_protection,
    protect,
    use_release,
)

__all__ = [
    "agree_release",
    "allot",
    "ask_release",
    "confirm_protection",
    "end_protection",
    "enter_many",
    "extend_protection",
    "hold_number",
    "individual_number",
    "protect",
    "record",
    "reindex",
    "revert",
    "use_release",
]
