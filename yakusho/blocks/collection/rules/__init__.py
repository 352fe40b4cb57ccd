"""収納の決まり What is owed for being late, and for being paid back late."""
