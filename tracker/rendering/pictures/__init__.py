"""Pictures as plain numbers: where each shape stands; templates draw them, with a table of the same numbers beside."""
