"""The licence of the data, said with every export."""

from tracker.web.site import site


def licence_link() -> str:
    """The value of a `Link` header that names the licence (RFC 8288, relation of RFC 4946)."""
    return f'<{site().config.site.data_license_url}>; rel="license"'
