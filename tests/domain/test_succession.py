"""The debtor on a day follows dated links; nobody is lost in a circle."""

from datetime import date

from tracker.domain.succession import Link, debtor_on

LINKS = (Link(1, 2, date(2024, 7, 5)), Link(2, 3, date(2026, 1, 1)))


def test_before_the_link_the_old_body_owes() -> None:
    assert debtor_on(1, LINKS, date(2024, 7, 4)) == 1


def test_from_the_day_of_the_link_the_successor_owes() -> None:
    assert debtor_on(1, LINKS, date(2024, 7, 5)) == 2


def test_links_are_followed_to_their_end() -> None:
    assert debtor_on(1, LINKS, date(2026, 3, 1)) == 3


def test_the_later_of_two_links_counts() -> None:
    links = (*LINKS, Link(1, 4, date(2025, 1, 1)))
    assert debtor_on(1, links, date(2025, 6, 1)) == 4


def test_a_circle_ends() -> None:
    assert debtor_on(1, (Link(1, 2, date(2024, 1, 1)), Link(2, 1, date(2024, 1, 1))), date(2025, 1, 1)) == 2
