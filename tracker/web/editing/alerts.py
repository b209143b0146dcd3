"""What one is told by mail, and how often: chosen on a page of one's own."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.alerting import STAYS_ON, Often, Reader, how_often
from tracker.domain.permissions import Act
from tracker.rendering.alert_words import OFTEN, TOPIC
from tracker.services.alert_wishes import Chosen, choose_alerts, reader_of, resume_alerts, wish_of
from tracker.storage.tables import AlertWish
from tracker.web.access import Access, access
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me
from tracker.web.locale import name_of, tongue
from tracker.web.public.rhythms import ZONES, weekdays
from tracker.web.site import site

blueprint = room("alerts", __name__)


@blueprint.route("/alerts", methods=["GET", "POST"])
@access(Access.CONTRIBUTOR, act=Act.SEE)
def alerts() -> ResponseReturnValue:
    """The topics that concern this account, each with how often."""
    form = Form.sent()
    if request.method == "POST" and attempt(form, lambda session: _choose(session, form)):
        return done(_("Kept: this is how you are told from now on."), url_for(".alerts"))
    return _page(form), status(form)


@blueprint.post("/alerts/resume")
@access(Access.CONTRIBUTOR, act=Act.SEE)
def resume() -> ResponseReturnValue:
    """The address takes mail again."""
    with site().database.writing() as session:
        resume_alerts(session, site().now(), me().user_id)
    return done(_("You are told by mail again."), url_for(".alerts"))


def _choose(session: Session, form: Form) -> bool:
    often = {name: form.value(name) for name in {topic.value for topic in TOPIC} if name in form.typed}
    chosen = Chosen(
        often=often,
        weekday=form.value("weekday"),
        workdays=form.ticked("workdays"),
        zone=form.text("zone"),
        language=form.value("language"),
    )
    choose_alerts(session, site().now(), me().user_id, chosen, _languages())
    return True


def _languages() -> tuple[str, ...]:
    """The site's, its own first."""
    names = site().config.site
    return (names.default_language, *(one for one in names.languages if one != names.default_language))


def _page(form: Form) -> str:
    with site().database.reading() as session:
        reader = reader_of(session, me().user_id)
        wish = wish_of(session, me().user_id, site().now(), _languages()[0])
    if request.method == "GET":
        form = _as_chosen(wish, reader)
    return render_template(
        "editing/alerts.html",
        form=form,
        wish=wish,
        topics=_topics(reader),
        weekdays=[(str(number), name) for number, name in weekdays()],
        zones=ZONES,
        spoken=[(code, name_of(code)) for code in _languages()],
        mails=bool(site().config.mail.host),
    )


def _as_chosen(wish: AlertWish, reader: Reader) -> Form:
    often = {topic.value: how.value for topic, how in how_often(reader, wish.chosen).items()}
    workdays = {"workdays": "1"} if wish.workdays else {}
    plain = {"weekday": str(wish.weekday), "zone": wish.zone, "language": wish.language}
    return Form(often | plain | workdays)


def _topics(reader: Reader) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        (
            topic.value,
            tongue().say(TOPIC[topic]),
            [
                (how.value, tongue().say(OFTEN[how]))
                for how in Often
                if how is not Often.OFF or topic not in STAYS_ON
            ],
        )
        for topic in reader.topics
    ]
