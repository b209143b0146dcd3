"""Writes pages as a WARC 1.1 file: request and response for what came, a revisit for what came again unchanged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from io import BytesIO
from typing import IO
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

Headers = Iterable[tuple[str, str]]
_PROTOCOL = "HTTP/1.1"
_OF_THE_TRANSPORT = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""True of the bytes on the wire, not of those we keep: they are unpacked."""
_KEPT_AS = "X-Archive-Orig-"


@dataclass(frozen=True, slots=True)
class Captured:
    """One reading of an address: what was asked for, where it ended, when, and what came with the page."""

    asked: str
    final: str
    at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    sha256: str
    content_type: str = ""
    peer: str = ""
    """The IP address it came from."""

    @property
    def address(self) -> str:
        """Where the bytes came from."""
        return self.final or self.asked


class Archive:
    """A WARC file on its way; every payload stands in it once, under its SHA-256."""

    def __init__(self, out: IO[bytes], user_agent: str) -> None:
        """`user_agent` is what the requests named themselves."""
        self._writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
        self._user_agent = user_agent
        self._first: dict[str, Captured] = {}

    def begin(self, name: str, at: datetime, about: Mapping[str, str]) -> None:
        """What this file is; the first record."""
        record = self._writer.create_warcinfo_record(name, {**about, "format": "WARC File Format 1.1"})
        record.rec_headers.replace_header("WARC-Date", _instant(at))
        self._writer.write_record(record)

    def holds(self, sha256: str) -> bool:
        """Whether these bytes stand in the file already."""
        return sha256 in self._first

    def page(self, one: Captured, body: bytes) -> None:
        """A page with its bytes; a file that somebody brought is a resource that nobody requested."""
        self._first[one.sha256] = one
        if urlsplit(one.address).scheme not in ("http", "https"):
            self._resource(one, body)
            return
        answer = self._writer.create_warc_record(
            one.address,
            "response",
            payload=BytesIO(body),
            length=len(body),
            http_headers=_answered(one, len(body)),
            warc_headers_dict=_named(one),
        )
        self._writer.write_request_response_pair(self._request(one), answer)

    def again(self, one: Captured) -> None:
        """The same bytes, read once more: no bytes, only when and where."""
        first = self._first[one.sha256]
        record = self._writer.create_revisit_record(
            one.address,
            _digest(one),
            first.address,
            _instant(first.at),
            http_headers=_answered(one, None) if one.headers else None,
            warc_headers_dict=_dated(one),
        )
        self._writer.write_record(record)

    def _resource(self, one: Captured, body: bytes) -> None:
        record = self._writer.create_warc_record(
            one.address,
            "resource",
            payload=BytesIO(body),
            length=len(body),
            warc_content_type=one.content_type or "application/octet-stream",
            warc_headers_dict=_named(one),
        )
        self._writer.write_record(record)

    def _request(self, one: Captured) -> object:
        parts = urlsplit(one.address)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        said = [("Host", parts.netloc), ("User-Agent", self._user_agent), ("Accept-Encoding", "gzip")]
        headers = StatusAndHeaders(f"GET {target} {_PROTOCOL}", said, is_http_request=True)
        return self._writer.create_warc_record(one.address, "request", http_headers=headers)


def _answered(one: Captured, length: int | None) -> StatusAndHeaders:
    headers = [(_kept_name(name), _line(value)) for name, value in one.headers]
    if length is not None:
        headers.append(("Content-Length", str(length)))
    known = one.status in HTTPStatus._value2member_map_
    phrase = HTTPStatus(one.status).phrase if known else ""
    return StatusAndHeaders(f"{one.status} {phrase}".strip(), headers, protocol=_PROTOCOL)


def _kept_name(name: str) -> str:
    return f"{_KEPT_AS}{name}" if name.lower() in _OF_THE_TRANSPORT else name


def _line(value: str) -> str:
    return " ".join(value.split())


def _dated(one: Captured) -> dict[str, str]:
    asked = {"Answerby-Asked-For": one.asked} if one.asked != one.address else {}
    peer = {"WARC-IP-Address": one.peer} if one.peer else {}
    return {"WARC-Date": _instant(one.at), **asked, **peer}


def _named(one: Captured) -> dict[str, str]:
    return {**_dated(one), "WARC-Payload-Digest": _digest(one)}


def _digest(one: Captured) -> str:
    return f"sha256:{one.sha256}"


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
