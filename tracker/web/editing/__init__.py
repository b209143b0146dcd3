"""The editors' room: what needs a login. Nothing of it is cached, every change carries a token."""
