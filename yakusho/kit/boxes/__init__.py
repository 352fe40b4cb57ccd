"""Sealed boxes: files that only the holder of a key can make, change or read; a backup is kept in them."""
