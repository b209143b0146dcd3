"""Plain text and HTML as two parts of one message: written directly, for the library takes a hundred times longer."""

import hashlib
import re
from binascii import b2a_qp
from collections.abc import Iterator, Sequence
from functools import lru_cache

from tracker.domain.post import Mould

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_TEMPLATE = (
    b"--%(mark)s\r\n"
    b'Content-Type: text/%(kind)s; charset="utf-8"\r\n'
    b"Content-Transfer-Encoding: quoted-printable\r\n"
    b"\r\n"
    b"%(text)s\r\n"
)


def alternative(text: str, html: str) -> bytes:
    """The MIME headers and both parts, in lines of at most 78 octets, ended by CR LF."""
    plain, rich = _quoted(text), _quoted(html)
    # A boundary with "=_" stands in no quoted-printable text: there "=" is followed by a code or a line's end.
    mark = b"=_" + hashlib.sha256(plain + rich).hexdigest()[:32].encode()
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="%s"\r\n\r\n' % mark
    parts = (_TEMPLATE % {b"mark": mark, b"kind": kind, b"text": said} for kind, said in _kinds(plain, rich))
    return head + b"".join(parts) + b"--%s--\r\n" % mark


_BREAK = b"=\r\n"
"""Where a line of quoted-printable text goes on in the next."""
_Piece = bytes | tuple[int, int, int]
"""Finished bytes, or which fill stands there, from which sign to which."""


def cast(mould: Mould, fills: Sequence[str]) -> bytes:
    """The same as `alternative` of the filled texts, but for the boundary; the mould's bytes are made once."""
    values = [value.encode("ascii") for value in fills]
    return b"".join(
        piece if isinstance(piece, bytes) else values[piece[0]][piece[1] : piece[2]]
        for piece in _pieces(mould)
    )


@lru_cache(maxsize=256)
def _pieces(mould: Mould) -> list[_Piece]:
    body = alternative(mould.text, mould.html)
    if not mould.marks:
        return [body]
    # A link may have been broken in two; its own signs are the same in every transport.
    marks = b"|".join(
        b"(%s)" % b"(?:=\r\n)?".join(bytes([sign]) for sign in mark.encode()) for mark in mould.marks
    )
    pieces: list[_Piece] = []
    end = 0
    for found in re.finditer(marks, body):
        pieces += [body[end : found.start()], *_parts(found[0], (found.lastindex or 1) - 1)]
        end = found.end()
    return [*pieces, body[end:]]


def _parts(mark: bytes, which: int) -> Iterator[_Piece]:
    start = 0
    for number, part in enumerate(mark.split(_BREAK)):
        if number:
            yield _BREAK
        yield which, start, start + len(part)
        start += len(part)


def _kinds(plain: bytes, rich: bytes) -> tuple[tuple[bytes, bytes], tuple[bytes, bytes]]:
    return (b"plain", plain), (b"html", rich)


def _quoted(text: str) -> bytes:
    lines = _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    # It takes the kind of its own line ends from the first one it finds.
    lines = lines if lines.endswith("\n") else f"{lines}\n"
    return b2a_qp(lines.replace("\n", "\r\n").encode(), quotetabs=False, istext=True)
