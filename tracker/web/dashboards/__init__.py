"""Lists and scorecards, one file each, found by being there."""
