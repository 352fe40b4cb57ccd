"""見える範囲 Samples of what can be asked here: for the matrix of rights in `tests/access`."""

SAMPLES = {
    "holder": {"post": "mayor"},
    "holders": {},
    "office": {"code": "citizen_registration"},
    "offices": {},
    "open_hours": {"office": "citizen_registration"},
    "signatory": {},
}
