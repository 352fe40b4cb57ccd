"""The launcher: from an empty machine to a running city hall, with the standard library alone."""
