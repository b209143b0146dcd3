"""Every list as a feed, a table and a calendar: the page's address and `.atom .rss .json .csv .ics`."""
