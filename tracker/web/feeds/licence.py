"""The licence of the data, said with every export."""

from flask import Response

from tracker.web.site import site


def licence_link() -> str:
    """The value of a `Link` header that names the licence (RFC 8288, relation of RFC 4946)."""
    return f'<{site().config.site.data_license_url}>; rel="license"'


def given_away(answer: Response) -> Response:
    """Data anybody may take, scripts of other sites too: its licence stands beside it."""
    answer.headers["Link"] = licence_link()
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
