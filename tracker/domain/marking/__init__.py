"""Reads a reply sentence by sentence: what looks like a position, reason, action, owner, date or holding phrase."""
