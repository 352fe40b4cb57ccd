"""Pure Python parts that every floor may use: no Django, no clock, no database."""
