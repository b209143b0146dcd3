"""The text layer of a PDF: pages of lines, or the reason why a person has to read it."""
