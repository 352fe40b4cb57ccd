"""住所 What people type for an address inside one municipality, as town, block, building and room."""

from yakusho.kit.addresses.reading import Address, normalise
from yakusho.kit.addresses.towns import AddressMissing, AmbiguousTown, TownIndex, TownName, UnknownTown

__all__ = ["Address", "AddressMissing", "AmbiguousTown", "TownIndex", "TownName", "UnknownTown", "normalise"]
