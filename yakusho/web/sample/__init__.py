"""見本の市 An invented city: people who do not exist, in towns that do."""
