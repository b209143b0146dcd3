"""Shapes in which mail services tell of bounces and complaints: TOML, one for each service."""
