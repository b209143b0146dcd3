"""Whether a mail address stands on a domain that is a body's own: its website's, or one that is on record.

Nothing is widened where names are handed out to many: whoever writes from anything.gov.uk is not every ministry.
"""

from collections.abc import Iterable
from enum import StrEnum
from urllib.parse import urlsplit

from tracker.domain.addresses import AddressError, email_address


class ReachKind(StrEnum):
    """What is on record of how a body is reached by mail."""

    DOMAIN = "domain"
    """Whoever writes from it writes for the body."""
    MAILBOX = "mailbox"
    """Where the body takes letters: of the office, never a person's."""


SHARED = frozenset(
    "gov.uk nhs.uk police.uk parliament.uk mod.uk co.uk org.uk ac.uk sch.uk gov.scot gov.wales gouv.fr gob.es gob.mx "
    "gob.ar gob.cl gob.pe gov.br gov.au gov.nz govt.nz gov.ie gc.ca canada.ca gov.on.ca gov.za gov.in nic.in go.jp "
    "go.kr go.ke gov.it gov.pl gov.pt gv.at admin.ch bund.de europa.eu un.org int gov mil edu com.au org.au com.br "
    "co.nz co.za github.io gitlab.io blogspot.com wordpress.com wixsite.com weebly.com squarespace.com webflow.io "
    "netlify.app vercel.app pages.dev web.app firebaseapp.com herokuapp.com azurewebsites.net cloudfront.net "
    "amazonaws.com sharepoint.com google.com facebook.com linkedin.com twitter.com x.com youtube.com instagram.com "
    "medium.com substack.com notion.site wikipedia.org nhs.net cjsm.net gsi.gov.uk service.gov.uk "
    "ontario.ca alberta.ca quebec.ca gov.bc.ca gov.ab.ca gov.sk.ca gov.mb.ca gov.nb.ca gov.ns.ca gov.nl.ca gov.pe.ca "
    "gouv.qc.ca nsw.gov.au vic.gov.au qld.gov.au wa.gov.au sa.gov.au tas.gov.au act.gov.au nt.gov.au "
    "rijksoverheid.nl regeringen.se regjeringen.no valtioneuvosto.fi bundesregierung.de belgium.be fgov.be "
    "usa.gov texas.gov ohio.gov michigan.gov tumblr.com gitbook.io readthedocs.io jimdo.com strikingly.com "
    "wixstudio.io framer.website carrd.co ghost.io typepad.com livejournal.com tripod.com angelfire.com "
    "nip.io sslip.io duckdns.org no-ip.org dyndns.org ngrok.io ngrok.app surge.sh fly.dev onrender.com".split()
)
"""Beneath these names live many who have nothing to do with one another."""
FREE_MAIL = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com me.com aol.com "
    "gmx.net gmx.de gmx.com web.de mail.com mail.ru yandex.ru proton.me protonmail.com pm.me tutanota.com zoho.com "
    "fastmail.com orange.fr wanadoo.fr free.fr laposte.net libero.it btinternet.com hotmail.co.uk yahoo.co.uk "
    "yahoo.fr yahoo.es hotmail.fr hotmail.es live.co.uk qq.com 163.com".split()
)
"""Anybody can have an address there: no proof, whatever is on record."""
_PUBLIC_BODIES = frozenset(
    "gov govt gouv gob gub gv go gc admin bund europa parliament parlament parlement government gouvernement gobierno "
    "mil police nhs court courts state canton city county".split()
)
_PUBLIC_ENDINGS = frozenset({"gov", "mil", "int", "edu"})
_HANDED_OUT = frozenset(
    "ac com edu net org nom ltd plc sch asso info presse tm ind gen firm or ne re co".split()
)
_SHORT = 3
"""Second names this short beneath a country's are taken for ones that are handed out to many."""
_DOORS = frozenset({"www", "www2", "www3", "web", "m", "home", "portal", "site"})
_ROOMS = _DOORS | frozenset(
    "about press news media newsroom corporate corp company group global en fr es de it pt blog help support info "
    "policy transparency investor investors ir".split()
)
"""First names behind which the whole name is one owner's: any other may be one tenant's among many."""


def is_shared(domain: str) -> bool:
    """Whether a domain is one beneath which, or at which, anybody may live: it proves nothing."""
    name = _plain(domain)
    labels = name.split(".")
    if len(labels) < 2 or name in SHARED | FREE_MAIL:
        return True
    if len(labels) > 2:
        return False
    country, state = len(labels[-1]) == 2, labels[-1] == "gov" and len(labels[0]) == 2
    return state or (country and labels[0] in _PUBLIC_BODIES | _HANDED_OUT)


def domain_of_website(website: str) -> str:
    """The domain that is a body's own by its website; empty where the site is one it shares with others."""
    try:
        host = _plain(urlsplit(website if "//" in website else f"//{website}").hostname or "")
    except ValueError:
        return ""
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in _DOORS:
        labels = labels[1:]
    own = ".".join(labels)
    if is_shared(own) or own.replace(".", "").isdigit():
        return ""
    return ".".join(labels[-2:]) if len(labels) > 2 and _may_widen(labels) else own


def _may_widen(labels: list[str]) -> bool:
    """Whether the whole of the last two names is one owner's: never among public bodies, never where names are let."""
    second, ending = labels[-2], labels[-1]
    if not set(labels[:-2]) <= _ROOMS:
        return False
    let = ".".join(labels[-2:]) in SHARED | FREE_MAIL or ".".join(labels[-3:]) in SHARED
    public = ending in _PUBLIC_ENDINGS or _PUBLIC_BODIES & set(labels)
    handed_out = len(ending) == 2 and (len(second) <= _SHORT or second in _HANDED_OUT)
    return not (let or public or handed_out)


def writes_for(address: str, website: str, recorded: Iterable[str] = ()) -> bool:
    """Whether a mail address is at a domain of the body, or beneath one."""
    try:
        domain = _plain(email_address(address).rpartition("@")[2])
    except AddressError:
        return False
    if domain in FREE_MAIL:
        return False
    own = [domain_of_website(website) if website else "", *(_plain(one) for one in recorded)]
    return any(_beneath(domain, one) for one in own if one and not is_shared(one))


def nearer(address: str, own: Iterable[str], others: Iterable[str]) -> bool:
    """Whether an address is another body's before it is ours: beneath a name of theirs that is longer than ours."""
    domain = _plain(address.rpartition("@")[2])
    ours = max((len(one) for one in map(_plain, own) if _beneath(domain, one)), default=0)
    theirs = max((len(one) for one in map(_plain, others) if one and _beneath(domain, one)), default=0)
    return theirs > ours


def own_domains(website: str, recorded: Iterable[str] = ()) -> list[str]:
    """The domains from which somebody writes for the body, each once."""
    found = [domain_of_website(website) if website else "", *(_plain(one) for one in recorded)]
    return [one for one in dict.fromkeys(found) if one and not is_shared(one)]


def looks_personal(mailbox: str) -> bool:
    """Whether a mailbox looks like one person's (first.last@): such a one is not kept without a second look."""
    local = mailbox.rpartition("@")[0].lower()
    parts = [part for part in local.replace("_", ".").replace("-", ".").split(".") if part]
    named = len(parts) >= 2 and all(part.isalpha() for part in parts[:2])
    return named and not _OFFICES & set(parts)


_OFFICES = frozenset(
    "office info contact correspondence enquiries enquiry press media mail mailbox team unit desk secretariat "
    "secretary cabinet registry reception service services public private parliamentary ministerial minister policy "
    "foi dpo legal clerk committee response responses webmaster accueil courrier contacto buzon registro oficina "
    "prensa secretaria secretariado bureau general support help helpdesk department ministry directorate".split()
)


def _beneath(domain: str, own: str) -> bool:
    return domain == own or domain.endswith(f".{own}")


def _plain(domain: str) -> str:
    """A name as mail servers know it: small letters, other scripts as xn--; empty where it is no name."""
    name = domain.strip().rstrip(".").lower().removeprefix("@")
    try:
        return name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
