"""市民の玄関 The first page of residents: search first, then what is there."""
