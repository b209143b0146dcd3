"""Answerby: who owes the public an answer, since when, and whether what came back was one."""

__version__ = "0.1.0"
