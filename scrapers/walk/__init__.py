"""The gate and its errors: the one way out of the product."""

from scrapers.walk.address import Vetted, vet_address
from scrapers.walk.errors import Backoff, HttpError, Refused, TooLarge, TooSlow, Unreachable, WalkError
from scrapers.walk.gate import Answer, Gate

__all__ = [
    "Answer",
    "Backoff",
    "Gate",
    "HttpError",
    "Refused",
    "TooLarge",
    "TooSlow",
    "Unreachable",
    "Vetted",
    "WalkError",
    "vet_address",
]
