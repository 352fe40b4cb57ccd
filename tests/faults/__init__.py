"""Things broken on purpose: the house loses nothing that it has acknowledged, and does nothing by halves or twice."""
