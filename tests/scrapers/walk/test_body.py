"""Bodies are unpacked in small steps and never past the limit."""

import gzip
import tracemalloc
import zlib

import pytest

from scrapers.walk import Refused, TooLarge, Unreachable
from scrapers.walk.body import bounded_body

LIMIT = 5 * 1024 * 1024


def _bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b"\0" * (1 << 20)) for _ in range(megabytes)) + packer.flush()


def test_a_bomb_is_stopped_at_the_limit_without_filling_memory() -> None:
    bomb = _bomb(200)
    tracemalloc.start()
    with pytest.raises(TooLarge):
        bounded_body([bomb], "gzip", LIMIT)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * 1024 * 1024


def test_packings_on_top_of_each_other_are_refused() -> None:
    for encoding in ("gzip, gzip", "br", "zstd", "deflate", "gzip, identity"):
        with pytest.raises(Refused):
            bounded_body([gzip.compress(gzip.compress(b"x"))], encoding, LIMIT)


@pytest.mark.parametrize("size", [0, 1, 300_000, 3_000_000])
@pytest.mark.parametrize("step", [1000, 10_000_000])
def test_gzip_in_any_pieces_gives_the_same_bytes(size: int, step: int) -> None:
    data = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    packed = gzip.compress(data[: size // 2]) + gzip.compress(data[size // 2 :])
    pieces = [packed[at : at + step] for at in range(0, len(packed), step)]
    assert bounded_body(pieces, "GZIP", LIMIT) == data


def test_a_cut_or_broken_packing_is_an_error() -> None:
    packed = gzip.compress(bytes(range(256)) * 100)
    for sent in (packed[:-9], b"not packed at all", packed[:40]):
        with pytest.raises(Unreachable):
            bounded_body([sent], "gzip", LIMIT)


def test_an_empty_body_is_empty_packed_or_not() -> None:
    assert bounded_body([], "gzip", LIMIT) == bounded_body([], "", LIMIT) == b""
