"""住民記録の法 The law of resident records: pure functions of values; no clock, no database."""
