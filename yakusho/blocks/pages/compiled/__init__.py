"""刷り置き Templates made ready once for each language: what is the same on every page is written when they are read."""
