"""見える範囲 Samples of what can be asked here: for the matrix of rights in `tests/access`."""

SAMPLES = {
    "find_town": {"text": "若園"},
    "match_address": {"text": "若園町2番18号"},
    "town": {"code": "0405000"},
    "towns": {},
}
