"""Whose domain a mail address stands on."""

import csv

import pytest

from tests.shared import shared
from tracker.domain.own_domain import (
    domain_of_website,
    is_shared,
    looks_personal,
    nearer,
    own_domains,
    writes_for,
)


@pytest.mark.parametrize(
    ("website", "own"),
    [
        ("https://www.water.gov.uk/about", "water.gov.uk"),
        ("https://www.gov.uk/government/organisations/defra", ""),
        ("https://environment.data.gov.uk", "environment.data.gov.uk"),
        ("https://www.ecologie.gouv.fr", "ecologie.gouv.fr"),
        ("https://commission.europa.eu", "commission.europa.eu"),
        ("https://www.epa.gov", "epa.gov"),
        ("https://oig.hhs.gov", "oig.hhs.gov"),
        ("https://www.state.ca.gov", "state.ca.gov"),
        ("https://press.example.org", "example.org"),
        ("https://www.ibm.com/about", "ibm.com"),
        ("https://news.bbc.co.uk", "news.bbc.co.uk"),
        ("https://www.tii.ae", "tii.ae"),
        ("https://ministry.go.ke", "ministry.go.ke"),
        ("https://team.github.io", "team.github.io"),
        ("https://sites.google.com/view/us", "sites.google.com"),
        ("https://www.facebook.com/ministry", ""),
        ("https://192.0.2.7/", ""),
        ("https://ministry.some-host.example", "ministry.some-host.example"),
        ("https://ministry.tumblr.com", "ministry.tumblr.com"),
        ("https://www.ontario.ca/page/ministry", ""),
        ("https://www.nsw.gov.au/education", ""),
        ("https://www.ca.gov/agency", ""),
        ("https://www.münchen.de", "xn--mnchen-3ya.de"),
        ("https://WWW.Water.GOV.UK.:8443/", "water.gov.uk"),
        ("https://water.gov.uk@evil.example/", "evil.example"),
        ("https://[broken", ""),
        ("", ""),
    ],
)
def test_a_bodys_own_domain_is_never_one_it_shares(website: str, own: str) -> None:
    assert domain_of_website(website) == own


@pytest.mark.parametrize(
    ("address", "website", "proved"),
    [
        ("desk@water.gov.uk", "https://www.water.gov.uk", True),
        ("desk@press.water.gov.uk", "https://www.water.gov.uk", True),
        ("desk@rivers.gov.uk", "https://www.water.gov.uk", False),
        ("desk@gov.uk", "https://www.water.gov.uk", False),
        ("desk@notwater.gov.uk", "https://www.water.gov.uk", False),
        ("desk@water.gov.uk.evil.example", "https://www.water.gov.uk", False),
        ("desk@data.gov.uk", "https://environment.data.gov.uk", False),
        ("someone@defra.gov.uk", "https://www.gov.uk/government/organisations/defra", False),
        ("desk@IBM.com", "https://www.ibm.com", True),
        ("desk@uk.ibm.com", "https://www.ibm.com", True),
        ("not an address", "https://www.ibm.com", False),
        ("desk+answers@WATER.gov.uk", "https://www.water.gov.uk", True),
        ("desk@xn--mnchen-3ya.de", "https://www.münchen.de", True),
        ("desk@w\u0430ter.gov.uk", "https://www.water.gov.uk", False),
        ("desk@xn--wter-7cd.gov.uk", "https://www.water.gov.uk", False),
        ("desk@water-gov.uk", "https://www.water.gov.uk", False),
        ("desk@water.gov.uk.", "https://www.water.gov.uk", False),
        ("desk@evil.example@water.gov.uk", "https://www.water.gov.uk", False),
        ("desk%evil.example@water.gov.uk", "https://www.water.gov.uk", False),
        ('"desk@evil.example"@water.gov.uk', "https://www.water.gov.uk", False),
        ("desk@water.gov.uk\r\nBcc: a@evil.example", "https://www.water.gov.uk", False),
        ("desk@some-host.example", "https://ministry.some-host.example", False),
    ],
)
def test_an_address_proves_only_its_own_body(address: str, website: str, proved: bool) -> None:
    assert writes_for(address, website) is proved


def test_a_recorded_domain_counts_and_free_mail_never_does() -> None:
    website = "https://www.gov.uk/government/organisations/defra"
    assert writes_for("desk@defra.gov.uk", website, ["defra.gov.uk"])
    assert not writes_for("minister@gmail.com", website, ["gmail.com"])
    assert not writes_for("desk@other.gov.uk", website, ["gov.uk"])
    assert own_domains(website, ["defra.gov.uk", "gov.uk"]) == ["defra.gov.uk"]


@pytest.mark.parametrize("domain", ["gov.uk", "co.uk", "gmail.com", "gov.ng", "uk", "go.ke"])
def test_domains_of_many_are_known(domain: str) -> None:
    assert is_shared(domain)


@pytest.mark.parametrize(
    ("mailbox", "personal"),
    [
        ("first.last@water.gov.uk", True),
        ("first_last@water.gov.uk", True),
        ("press-office@water.gov.uk", False),
        ("parliamentary.unit@water.gov.uk", False),
        ("correspondence@water.gov.uk", False),
    ],
)
def test_a_persons_mailbox_is_told_from_an_offices(mailbox: str, personal: bool) -> None:
    assert looks_personal(mailbox) is personal


def test_no_refused_address_of_the_corpus_proves_anything() -> None:
    text = shared("data", "badinputs", "emails", "addresses.tsv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t")
    refused = [row["address_unicode_escaped"] for row in rows if row["verdict"] == "REJECT"]
    assert len(refused) > 30
    told = [one.encode().decode("unicode_escape") if "\\" in one else one for one in refused]
    assert [one for one in told if writes_for(one, "https://www.example.org")] == []


def test_an_agencys_address_is_not_its_ministrys() -> None:
    assert nearer("desk@rivers.water.gov.uk", ["water.gov.uk"], ["rivers.water.gov.uk"])
    assert not nearer("desk@water.gov.uk", ["water.gov.uk"], ["rivers.water.gov.uk", "other.gov.uk"])
    assert not nearer("desk@rivers.water.gov.uk", ["rivers.water.gov.uk"], ["water.gov.uk"])
