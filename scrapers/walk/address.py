"""Looks at an address before anybody dials it: the text that is vetted is the text that is dialled."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from ipaddress import AddressValueError, IPv4Address, IPv6Address

import httpx
import idna

from scrapers.walk.errors import Refused
from scrapers.walk.networks import is_public

LONGEST_ADDRESS = 4096
_PORTS = {"http": 80, "https": 443}
_SHAPE = re.compile(r"(?P<scheme>https?)://(?P<authority>[^/?#]+)(?P<rest>[/?#].*)?", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\[\]:]+)(?::(?P<port>[0-9]{1,5}))?", re.ASCII)
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_LIKE_A_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PRIVATE_ENDINGS = """
    alt arpa consul corp docker domain exit home i2p internal intranet invalid lan local localdomain localhost
    onion private test workgroup
"""
_NEVER_PUBLIC = frozenset(_PRIVATE_ENDINGS.split())


@dataclass(frozen=True, slots=True)
class Vetted:
    """An address that may be asked for; names are still checked again when they are dialled."""

    url: str
    scheme: str
    host: str
    """ASCII, lower case, without brackets."""
    port: int
    allowed_by_operator: bool = False
    target: bytes = b"/"
    """Path and query, as a request writes them."""
    check_certificate: bool = True
    """Of an encrypted connection, unless the operator said otherwise of a source."""

    @property
    def host_and_port(self) -> str:
        """Host and port as the operator's list writes them."""
        return f"{self.host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port as an address without a path."""
        return f"{self.scheme}://{self._bracketed}:{self.port}"

    @property
    def line(self) -> str:
        """Where it is asked for, and how: what was learned without checking a certificate is trusted nowhere else."""
        return self.origin if self.check_certificate else f"{self.origin} unchecked"

    def at_the_host_of(self, other: "Vetted") -> "Vetted":
        """The same address; of the other's host and port, as little is asked as of the other."""
        same = self.host_and_port == other.host_and_port
        return replace(self, check_certificate=other.check_certificate or not same)

    @property
    def host_header(self) -> str:
        """Host as a request names it: with its port only where that is not the usual one."""
        usual = self.port == _PORTS[self.scheme]
        return self._bracketed if usual else f"{self._bracketed}:{self.port}"

    @property
    def _bracketed(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host


def vet_address(url: str, allow_hosts: Collection[str] = ()) -> Vetted:
    """Raise Refused unless `url` is a plain public http or https address.

    `allow_hosts` is the operator's list: `host:port` lifts every rule about hosts, ports and networks for
    exactly that host and port, `host` alone does so for ports 80 and 443.
    """
    _refuse_odd_text(url)
    shape = _SHAPE.fullmatch(url)
    if shape is None:
        raise _refused(url, "only complete http:// and https:// addresses are fetched")
    scheme = shape["scheme"].lower()
    host, port = _host_and_port(url, shape["authority"], _PORTS[scheme])
    allowed = _on_list(host, port, allow_hosts)
    if not allowed:
        _refuse_host(url, host)
        _refuse_port(url, port)
    rebuilt = _rebuilt(url, scheme, host, port)
    return Vetted(str(rebuilt), scheme, host, port, allowed, rebuilt.raw_path)


def _refused(url: str, why: str) -> Refused:
    shown = url.encode("ascii", "backslashreplace").decode("ascii")
    return Refused(f"The address {shown[:120]!r} is not fetched: {why}.")


def _refuse_odd_text(url: str) -> None:
    if len(url) > LONGEST_ADDRESS:
        raise _refused(url, f"it is longer than {LONGEST_ADDRESS} characters")
    if any(ord(char) <= 0x20 or 0x7F <= ord(char) <= 0xA0 or char.isspace() for char in url):
        raise _refused(url, "it holds a space or a control character")
    if "\\" in url:
        raise _refused(url, "it holds a backslash, which programs read in different ways")


def _host_and_port(url: str, authority: str, default_port: int) -> tuple[str, int]:
    if "@" in authority:
        raise _refused(url, "it carries a user name or password")
    parts = _AUTHORITY.fullmatch(authority)
    if parts is None:
        raise _refused(url, "its host or port cannot be read")
    port = int(parts["port"] or default_port)
    if not 1 <= port <= 65535:
        raise _refused(url, "its port is not a port")
    return _plain_host(url, parts["host"]), port


def _plain_host(url: str, written: str) -> str:
    if written.startswith("["):
        try:
            return str(IPv6Address(written[1:-1]))
        except AddressValueError:
            raise _refused(url, "its IPv6 address cannot be read") from None
    host = _ascii_name(url, written)
    labels = host.rstrip(".").split(".")
    if len(host) > 254 or host.endswith("..") or not all(map(_LABEL.fullmatch, labels)):
        raise _refused(url, "its host is not a name")
    if _LIKE_A_NUMBER.fullmatch(labels[-1]):
        return _plain_ipv4(url, host)
    return host


def _ascii_name(url: str, written: str) -> str:
    name = written.lower()
    try:
        if name.isascii():
            for label in name.split("."):
                if label.startswith("xn--"):
                    idna.decode(label)
            return name
        return idna.encode(name).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise _refused(url, "its host is not a valid international name") from None


def _plain_ipv4(url: str, host: str) -> str:
    try:
        return str(IPv4Address(host))
    except AddressValueError:
        raise _refused(url, "its host is a number that is not a plain IPv4 address") from None


def _on_list(host: str, port: int, allow_hosts: Collection[str]) -> bool:
    written = f"[{host}]" if ":" in host else host
    names = {f"{written}:{port}", f"{host}:{port}"} | ({written, host} if port in (80, 443) else set())
    return not names.isdisjoint(entry.strip().lower() for entry in allow_hosts)


def _refuse_host(url: str, host: str) -> None:
    if ":" in host or _LIKE_A_NUMBER.fullmatch(host.rsplit(".", 1)[-1]):
        if not is_public(host):
            raise _refused(url, "it points inside a private or reserved network")
        return
    labels = host.rstrip(".").split(".")
    if len(labels) < 2 or labels[-1] in _NEVER_PUBLIC:
        raise _refused(url, "its host is not a public name")


def _refuse_port(url: str, port: int) -> None:
    if port not in _PORTS.values():
        raise _refused(url, f"port {port} is not fetched unless the operator lists it")


def _rebuilt(url: str, scheme: str, host: str, port: int) -> httpx.URL:
    """The address as the HTTP library will dial it; refused where the library reads another host."""
    try:
        parsed = httpx.URL(url) if "#" not in url else httpx.URL(url).copy_with(fragment=None)
        same = (parsed.scheme, parsed.raw_host.decode("ascii"), parsed.port or _PORTS[scheme])
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise _refused(url, "it cannot be read") from None
    if same != (scheme, host, port):
        raise _refused(url, "programs read its host in different ways")
    return parsed
