"""Mappings that come with the product: TOML, one for each kind of table that people bring."""
