"""Reads official sources: fetches politely, parses in a cage, yields findings. Knows no tracker."""
