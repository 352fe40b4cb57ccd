"""住民データの取込み・書出し What officers do: receive, check and import a file; ask for, agree to and take an export."""

from yakusho.systems.city.resident_exchange.actions.exports import agree_export, ask_export, refuse_export, take_export
from yakusho.systems.city.resident_exchange.actions.imports import check_import, import_people, receive_file

__all__ = [
    "agree_export",
    "ask_export",
    "check_import",
    "import_people",
    "receive_file",
    "refuse_export",
    "take_export",
]
