"""職員の机 The first page of staff: the work of their roles."""
