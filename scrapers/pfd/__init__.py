"""Coroners' reports to prevent future deaths: reference, days and addressees, and nobody's name."""
