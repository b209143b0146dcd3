"""The law of the thing: pure rules, no SQL, no web, no clock, no network."""
