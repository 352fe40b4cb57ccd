"""部品の見本 Every part in every state, for eyes and for tests; served only in a sample city."""
