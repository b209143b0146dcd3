"""Where mail services report bounces and complaints: signed, without cookie or form token; a repeat is no error."""

from flask import Blueprint, Response, request

from tracker.domain.mail_reports import ReportError
from tracker.domain.mail_services import mail_services
from tracker.services.take_reports import MOST_BYTES, NotProvedError, take_reports
from tracker.web.access import Access, access
from tracker.web.public.sent_here import seal
from tracker.web.site import site

blueprint = Blueprint("mail_reports", __name__)


@blueprint.post("/hooks/mail/<key:service>")
@access(Access.TOKEN)
def taken(service: str) -> Response:
    """Stop the addresses reported by the service that the configuration names; every other one is unknown here."""
    mail = site().config.mail
    known = mail_services().get(service)
    if known is None or service != mail.reports or not mail.reports_secret:
        return _said("No reports are taken from this service here: set mail.reports and its secret.", 404)
    request.max_content_length = MOST_BYTES
    body = request.get_data(cache=False)
    try:
        with site().database.writing() as session:
            take_reports(
                session, known, mail.reports_secret, dict(request.headers), body, seal(), site().now()
            )
    except NotProvedError:
        return _said("The signature does not fit this site's secret, or the time it was made is over.", 401)
    except ReportError as error:
        return _said(f"This cannot be read: {error}", 400)
    return _said("Taken.", 200)


def _said(sentence: str, code: int) -> Response:
    return Response(
        f"{sentence}\n", code, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )
