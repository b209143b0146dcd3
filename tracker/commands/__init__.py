"""The commands, by what they are for; `tracker/cli.py` puts them together."""
