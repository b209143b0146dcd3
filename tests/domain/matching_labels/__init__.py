"""Labelled findings: what each says, and the obligations it rightly belongs to. How they were made: docs/matching.md."""
