"""Words, feeds, calendars and mail made from typed data; plain Jinja and Babel, handed in."""
