"""The demo: real processes, items and answers, loaded as the facts they carry and no more."""

from tracker.demo.load import load_demo

__all__ = ["load_demo"]
