"""Databases filled with so many obligations, by statements that take whole tables at a time."""
