"""Backups that are restored: while people write, to a minute, elsewhere, and by whom they may not."""
