"""Readers that do what no reader should, for the tests of the cage."""
