"""見える範囲 Samples of what can be asked here: for the matrix of rights in `tests/access`."""

SAMPLES = {"months": {}, "statistics": {}}
