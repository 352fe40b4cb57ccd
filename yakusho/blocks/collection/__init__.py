"""収納 What the city is owed, and what it owes back."""
