"""Tables of fact patterns, one file for each part of the law of standings."""
