"""Relays that misbehave, each in its mode, for whoever mails."""

import importlib.util
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.shared import shared


@pytest.fixture
def hostile() -> Iterator[Callable[..., Any]]:
    """Starts the misbehaving relay in a mode; all are stopped afterwards."""
    path = shared("tools", "hostile_smtp.py")
    spec = importlib.util.spec_from_file_location("hostile_smtp", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    started: list[Any] = []

    def start(mode: str, seed: int = 1) -> Any:
        started.append(module.Server(mode=mode, seed=seed).start())
        return started[-1]

    yield start
    for server in started:
        server.stop()
