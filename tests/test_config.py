"""The configuration: complete example, strict reading, errors that name the place and the mend."""

import re
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from tests.shared import ROOT
from tracker.config import Calendars, Config, ConfigError, Holiday, Sittings, load, parse

EXAMPLE = (ROOT / "config.example.toml").read_text(encoding="utf-8")
SECRET = "a" * 64
SOURCE = '[[sources]]\nkey = "eci"\nreader = "eci"\naddress = "https://example.org/"\n'


def error_of(toml: str, environ: dict[str, str] | None = None, *, public: bool = False) -> str:
    with pytest.raises(ConfigError) as caught:
        parse(toml, "config.toml", environ, public=public)
    return str(caught.value)


def test_the_example_is_the_defaults() -> None:
    assert parse(EXAMPLE) == Config() == parse("")


def test_the_commented_examples_are_accepted_as_written() -> None:
    text = "\n".join(
        re.sub(r"^#(?=[\[a-z])", "", line)
        for line in EXAMPLE.splitlines()
        if line not in ("extra = []", "sittings = []")
    )
    config = parse(text)
    assert config.sources[0].key == "my-ministry"
    assert config.calendars == Calendars(
        (Holiday("GB-ENG", date(2026, 6, 15), "Bank holiday for a coronation"),),
        (Sittings("CA", (date(2026, 5, 4), date(2026, 5, 5)), Path("sittings.txt")),),
    )


def test_sitting_days_may_stand_in_a_file_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "sittings.txt").write_text("# the spring session\n2026-05-05\n\n2026-05-04 # a Monday\n")
    file = tmp_path / "config.toml"
    file.write_text('[[calendars.sittings]]\nhouse = "CA"\ndays = [2026-05-06]\nfile = "sittings.txt"\n')
    days = load(file, {}).calendars.sittings[0].days
    assert days == (date(2026, 5, 4), date(2026, 5, 5), date(2026, 5, 6))


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("2026-05-04\n5 May 2026\n", "sittings.txt, line 2.* is no day"),
        (None, "sittings.txt.*cannot be read"),
    ],
)
def test_a_file_of_sitting_days_that_cannot_be_read_stops_the_start(
    tmp_path: Path, listed: str | None, said: str
) -> None:
    if listed is not None:
        (tmp_path / "sittings.txt").write_text(listed)
    file = tmp_path / "config.toml"
    file.write_text('[[calendars.sittings]]\nhouse = "CA"\nfile = "sittings.txt"\n')
    with pytest.raises(ConfigError, match=said):
        load(file, {})


def test_sittings_without_a_house_or_days_are_refused() -> None:
    assert "must name the House" in error_of('[[calendars.sittings]]\nhouse = " "\ndays = [2026-05-04]\n')
    assert "needs the days it sits" in error_of('[[calendars.sittings]]\nhouse = "CA"\n')


def test_an_unknown_key_is_refused_with_file_line_and_the_nearest_key() -> None:
    assert error_of("[site]\nname = 'x'\nbase_ulr = 'y'") == (
        'config.toml, line 3: site.base_ulr is not a key; did you mean "base_url"?'
    )


def test_an_unknown_section_is_refused() -> None:
    assert error_of("[sight]\n").startswith('config.toml, line 1: sight is not a key; did you mean "site"?')


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ("[web]\nport = '80'", 'config.toml, line 2: web.port must be a whole number, not "80".'),
        ("[web]\nport = true", "config.toml, line 2: web.port must be a whole number, not true."),
        ("[web]\nport = 70000", "config.toml, line 2: web.port must be a port from 0 to 65535, not 70000."),
        ("[mail]\nstarttls = 'no'", 'config.toml, line 2: mail.starttls must be true or false, not "no".'),
        ("[site]\nlanguages = 'en'", 'config.toml, line 2: site.languages must be a list, not "en"; write it in brackets.'),
        ("[site]\nlanguages = ['en', 3]", "config.toml, line 2: site.languages.1 must be text in quotes, not 3."),
        ("[site]\ndefault_language = 'de'", "config.toml, line 2: site.default_language must be one of site.languages (en, es, fr)."),
        ("[site]\nbase_url = 'answers.org'", 'config.toml, line 2: site.base_url must be a full address such as "https://answers.example.org".'),
        ("[fetch]\ndeadline_seconds = nan", "config.toml, line 2: fetch.deadline_seconds must be a number, not nan."),
        ("[worker]\nsweep_seconds = 0", "config.toml, line 2: worker.sweep_seconds must be at least 1, not 0."),
        ("[database]\nurl = 'mysql://x'", "config.toml, line 2: database.url must begin with sqlite:/// or postgresql://."),
        ("[mail]\nhost = 'relay'", 'config.toml, line 1: mail.sender is needed with mail.host: the address the mail comes from, such as "alerts@example.org".'),
        (
            "[mail]\nhost = 'mx.example.org'\nsender = 'a@example.org'\npassword = 'x'\nstarttls = false",
            "config.toml, line 5: mail.starttls must stay true: the password would travel to the relay for everybody to read.",
        ),
        ("[mail]\nreports = 'pigeons'", "config.toml, line 2: mail.reports must be empty or one of brevo, generic, mailgun, postmark, resend, sendgrid."),
        (
            "[mail]\nreports = 'generic'\nreports_secret = 'short'",
            "config.toml, line 3: mail.reports_secret must have at least 16 characters: what the service shows beside its webhook, or `openssl rand -hex 32`.",
        ),
        ("site = 'x'", "config.toml, line 1: site must be a table: write [site] and its keys beneath it."),
        ("[sources]\nkey = 'a'", "config.toml, line 1: sources must be a list, not a table; write [[sources]] with two brackets."),
        ("[[calendars.extra]]\ncalendar = 'X'\nday = '2026-02-30'\nname = 'n'", 'config.toml, line 3: calendars.extra.0.day must be a day such as 2026-05-04, not "2026-02-30".'),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_in_words(toml: str, sentence: str) -> None:
    assert error_of(toml) == sentence


def test_text_that_is_no_toml_names_the_line() -> None:
    assert error_of("[site]\nname = Answerby").startswith("config.toml, line 2 is not valid TOML:")


def test_the_second_source_is_the_one_that_is_blamed() -> None:
    second = SOURCE.replace('"eci"', '"ECI!"', 1)
    assert error_of(SOURCE + second) == (
        "config.toml, line 6: sources.1.key must consist of small letters, digits and hyphens."
    )


def test_two_sources_of_one_key_are_refused() -> None:
    assert 'sources.1.key "eci" names two sources' in error_of(SOURCE + SOURCE)


def test_a_source_without_an_address_says_what_it_needs() -> None:
    assert error_of('[[sources]]\nkey = "a"\nreader = "feed"') == (
        'config.toml, line 1: sources.0 needs the key "address".'
    )


def test_options_of_a_source_cannot_be_changed_afterwards() -> None:
    options = parse(SOURCE + '[sources.options]\nregister = "a"').sources[0].options
    assert options["register"] == "a"
    with pytest.raises(TypeError):
        options["register"] = "b"  # type: ignore[index]


def test_the_environment_wins_over_the_file() -> None:
    environ = {
        "ANSWERBY_DATABASE_URL": "postgresql://h/d",
        "ANSWERBY_WEB_PORT": "9000",
        "ANSWERBY_SITE_COUNTERSIGN": "no",
        "ANSWERBY_SITE_LANGUAGES": "en, fr",
        "HOME": "/nowhere",
    }
    config = parse("[web]\nport = 1\n", environ=environ)
    assert (config.database.url, config.web.port) == ("postgresql://h/d", 9000)
    assert (config.site.countersign, config.site.languages) == (False, ("en", "fr"))


def test_a_secret_is_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET + "\n")
    assert (
        parse("", environ={"ANSWERBY_WEB_SECRET_KEY_FILE": str(tmp_path / "secret")}).web.secret_key == SECRET
    )


def test_a_secret_file_that_is_missing_is_named() -> None:
    sentence = error_of("", {"ANSWERBY_MAIL_PASSWORD_FILE": "/nowhere/secret"})
    assert sentence.startswith(
        "environment variable ANSWERBY_MAIL_PASSWORD_FILE names the file /nowhere/secret"
    )


def test_the_signing_key_file_is_a_path_and_not_a_secret_to_read() -> None:
    config = parse("", environ={"ANSWERBY_LOGS_SIGNING_KEY_FILE": "/keys/log"})
    assert config.logs.signing_key_file == Path("/keys/log")


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("ANSWERBY_DATABSE_URL", "x", 'is not a setting; did you mean "ANSWERBY_DATABASE_URL"?'),
        (
            "ANSWERBY_WEB_PORT",
            "many",
            'environment variable ANSWERBY_WEB_PORT must be a whole number, not "many".',
        ),
    ],
)
def test_a_wrong_variable_is_refused_by_name(variable: str, value: str, sentence: str) -> None:
    assert error_of("", {variable: value}).endswith(sentence)


@pytest.mark.parametrize("secret", ["", "change-me", "short"])
def test_a_placeholder_secret_does_not_serve_publicly(secret: str) -> None:
    toml = f"[site]\npublisher = 'P'\ncontact_email = 'a@example.org'\n[web]\nsecret_key = '{secret}'\n"
    assert error_of(toml, public=True).startswith("config.toml, line 5: web.secret_key is a placeholder")
    assert parse(toml).web.secret_key == secret


def test_a_complete_configuration_serves_publicly() -> None:
    toml = f"[site]\npublisher = 'P'\ncontact_email = 'a@example.org'\n[web]\nsecret_key = '{SECRET}'\n"
    assert parse(toml, public=True).site.publisher == "P"


def test_secrets_do_not_appear_when_the_configuration_is_printed() -> None:
    environ = {"ANSWERBY_WEB_SECRET_KEY": SECRET, "ANSWERBY_DATABASE_URL": "postgresql://u:pw@h/d"}
    printed = repr(parse("", environ=environ))
    assert SECRET not in printed
    assert "pw" not in printed


def test_relative_paths_count_from_the_folder_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[logs]\nsigning_key_file = "kept.key"\n')
    config = load(file, {})
    assert config.logs.signing_key_file == tmp_path / "kept.key"
    assert config.database.url == f"sqlite:///{tmp_path / 'answerby.db'}"


def test_absolute_and_memory_databases_stay_as_written(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    for url in ("sqlite:////var/lib/answerby.db", "sqlite:///:memory:", "sqlite://", "postgresql://h/d"):
        file.write_text(f'[database]\nurl = "{url}"\n')
        assert load(file, {}).database.url == url


def test_a_named_file_that_is_missing_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot be read .* `answerby init` writes a new one"):
        load(None, {"ANSWERBY_CONFIG": str(tmp_path / "none.toml")})


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(environ={}).site == Config().site


def test_every_plain_key_can_be_set_by_a_variable() -> None:
    hints = {name: hint for name, hint in get_type_hints(Config).items() if is_dataclass(hint)}
    lists = {"ANSWERBY_CALENDARS_EXTRA", "ANSWERBY_CALENDARS_SITTINGS"}
    names = {f"ANSWERBY_{name}_{item.name}".upper() for name, hint in hints.items() for item in fields(hint)}
    for variable in names - lists:
        try:
            parse("", environ={variable: "1"})
        except ConfigError as error:
            assert "is not a setting" not in str(error)
    assert get_args(get_type_hints(Calendars)["extra"])[0] is Holiday
