"""DER The few ASN.1 forms a detached CMS signature needs: writing for the seal. Reading for the gate is in signature.py."""

SEQUENCE, SET, INTEGER, OCTETS, OID, NULL = 0x30, 0x31, 0x02, 0x04, 0x06, 0x05


def tlv(tag: int, *parts: bytes) -> bytes:
    """Tag, length, value."""
    body = b"".join(parts)
    if len(body) < 0x80:
        return bytes((tag, len(body))) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + body


def _base128(number: int) -> bytes:
    digits = [number & 0x7F]
    while number := number >> 7:
        digits.append(0x80 | number & 0x7F)
    return bytes(reversed(digits))


def oid(dotted: str) -> bytes:
    """Object identifier from "1.2.840…"."""
    first, second, *rest = (int(part) for part in dotted.split("."))
    return tlv(OID, _base128(first * 40 + second), *map(_base128, rest))


def integer(number: int) -> bytes:
    """A non-negative integer."""
    return tlv(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def algorithm(dotted: str) -> bytes:
    """AlgorithmIdentifier with NULL parameters."""
    return tlv(SEQUENCE, oid(dotted), tlv(NULL))
