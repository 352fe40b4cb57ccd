"""What goes in and out of the register of places."""

from datetime import date
from decimal import Decimal

from yakusho.blocks.doors import Value


class TownView(Value):
    """町字 A town as on a day; ``until`` exclusive, ``from_`` None where the register does not know its beginning."""

    code: str
    name: str
    koaza: str
    kana: str
    postcode: str
    lon: Decimal
    lat: Decimal
    from_: date | None = None
    until: date | None = None

    @property
    def full_name(self) -> str:
        """町字名 Name and 小字 as they are written in an address."""
        return self.name + self.koaza


class AddressMatch(Value):
    """住所の照合 The town that a typed address names, and what is written behind it (folded: ``5-12``)."""

    town: TownView
    rest: str


class TownLoad(Value):
    """町字の取込み結果 A version of the register and what the file changed in it."""

    version: int
    rows: int
    opened: int
    closed: int
    corrected: int
