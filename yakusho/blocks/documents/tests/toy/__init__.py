"""A toy register and one kind of paper, so that the block is proved without any room."""
