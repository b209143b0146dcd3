"""Readers of files an editor uploads that belong to no source: only ever run in the cage."""
