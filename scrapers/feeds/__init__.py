"""The parts of the feed reader: decoding, safe XML, entries, keys."""
