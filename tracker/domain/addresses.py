"""What counts as an e-mail address here: stricter than the grammar, because it is handed to mail servers."""

import re

LONGEST = 254
LONGEST_LOCAL = 64

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?=[^.]*[A-Za-z]){_LABEL}")
_FOR_PROGRAMS = ("|", "/", "-", "=")
"""At the start some mail programs read these as a pipe, a file, an option; spreadsheets read a formula."""
_ROUTED = re.compile(r"%[\w-]+\.|[\w-]\.[\w.-]*!")
_NOWHERE = frozenset({"invalid", "localhost", "test", "local", "onion", "internal", "localdomain"})


class AddressError(ValueError):
    """No address that mail can be sent to; the sentence says what is wrong with it."""


def email_address(given: str) -> str:
    """The address as it is kept: outer spaces gone, the domain in small letters. Raises AddressError."""
    text = given.strip(" ")
    if not text:
        raise AddressError("Enter an e-mail address.")
    if len(text) > LONGEST:
        raise AddressError("This address is longer than an address can be.")
    local, at, domain = text.rpartition("@")
    if not at or not local or not domain:
        raise AddressError("An e-mail address looks like name@example.org.")
    _check_local(local)
    _check_domain(domain)
    return f"{local}@{domain.lower()}"


def _check_local(local: str) -> None:
    if len(local) > LONGEST_LOCAL or not _LOCAL.fullmatch(local):
        raise AddressError("The part before the @ holds something that addresses do not have.")
    if local.startswith(_FOR_PROGRAMS) or _ROUTED.search(local):
        raise AddressError("Addresses that tell a mail server what to do are not accepted.")


def _check_domain(domain: str) -> None:
    if not _DOMAIN.fullmatch(domain):
        raise AddressError("The part after the @ is not the name of a mail domain such as example.org.")
    if domain.lower().rpartition(".")[2] in _NOWHERE:
        raise AddressError("No mail can reach that domain.")


def normal_form(address: str) -> str:
    """What two spellings of one subscriber have in common; only compared, never sent to."""
    return address.strip(" ").casefold()


def mailbox(address: str) -> str:
    """The box in which an address's mail arrives: what follows a plus sign is for its owner's filters (RFC 5233)."""
    local, _at, domain = normal_form(address).rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def domain_of(address: str) -> str:
    """What stands behind the @, in small letters."""
    return address.rpartition("@")[2].lower()


def without(address: str, said: str) -> str:
    """What a server said, less the address that servers like to repeat: whole, or either part of it as a word."""
    local, _at, domain = address.rpartition("@")
    words = [rf"(?<![\w.+-]){re.escape(one)}(?![\w+-])" for one in (local, domain) if len(one) > 2]
    found = said
    for repeated in (re.escape(address), *words) if address else ():
        found = re.sub(repeated, "…", found, flags=re.IGNORECASE)
    return found
