"""One noun of the API per file; each lists its OPERATIONS, and is found by being there."""
