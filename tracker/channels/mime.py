"""Plain text and HTML as two parts of one message: written directly, for the library takes a hundred times longer."""

import hashlib
import re
from binascii import b2a_qp

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


def _kinds(plain: bytes, rich: bytes) -> tuple[tuple[bytes, bytes], tuple[bytes, bytes]]:
    return (b"plain", plain), (b"html", rich)


def _quoted(text: str) -> bytes:
    lines = _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    # It takes the kind of its own line ends from the first one it finds.
    lines = lines if lines.endswith("\n") else f"{lines}\n"
    return b2a_qp(lines.replace("\n", "\r\n").encode(), quotetabs=False, istext=True)
