"""住民記録の手続 What clerks can record; one small action for each kind of movement."""

from yakusho.systems.city.resident_records.actions.corrections import cancel
from yakusho.systems.city.resident_records.actions.ending import erase, register_death, restore
from yakusho.systems.city.resident_records.actions.entering import (
    enter_foreign_resident,
    move_in,
    record,
    register_birth,
)
from yakusho.systems.city.resident_records.actions.households import (
    amend,
    change_foreign_relation,
    change_head,
    merge,
    recompose,
    split,
)
from yakusho.systems.city.resident_records.actions.items import (
    become_mid_term,
    change_origin,
    change_status,
    gain_nationality,
    lose_nationality,
    naturalise,
    rename,
)
from yakusho.systems.city.resident_records.actions.moving import cancel_move_out, complete_move_out, move, move_out
from yakusho.systems.city.resident_records.actions.protections import (
    agree_release,
    ask_release,
    confirm_protection,
    end_protection,
    extend_protection,
    request_protection,
)

__all__ = [
    "agree_release",
    "amend",
    "ask_release",
    "become_mid_term",
    "cancel",
    "cancel_move_out",
    "change_foreign_relation",
    "change_head",
    "change_origin",
    "change_status",
    "complete_move_out",
    "confirm_protection",
    "end_protection",
    "enter_foreign_resident",
    "erase",
    "extend_protection",
    "gain_nationality",
    "lose_nationality",
    "merge",
    "move",
    "move_in",
    "move_out",
    "naturalise",
    "recompose",
    "record",
    "register_birth",
    "register_death",
    "rename",
    "request_protection",
    "restore",
    "split",
]
