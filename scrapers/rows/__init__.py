"""Rows of a table, a list or a record of data, whatever they were read from, and what they become."""
