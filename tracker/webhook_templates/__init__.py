"""One chat system per file: what a webhook's body looks like there, its limits, and which signs must be escaped."""
