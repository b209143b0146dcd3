"""What a government's response document says: its recommendations, where it stands on each, its promises."""
