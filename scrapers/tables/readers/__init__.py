"""The readers of tables, for a cage of their own: `Cage(readers="scrapers.tables.readers")`."""
