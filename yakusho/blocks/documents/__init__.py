"""書面 Papers: rendered, sealed, read back and released; verified by anybody."""

from yakusho.blocks.documents._internal.printable import printable
from yakusho.blocks.documents.kinds import Field, Order, PaperKind, Section, Snapshot, Want, kinds, register
from yakusho.blocks.documents.refusals import CharacterNotPrintable

__all__ = [
    "CharacterNotPrintable",
    "Field",
    "Order",
    "PaperKind",
    "Section",
    "Snapshot",
    "Want",
    "kinds",
    "printable",
    "register",
]
