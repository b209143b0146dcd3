"""Pages with one object or one explanation each."""
