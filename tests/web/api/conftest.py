"""The site these tests read."""

from tests.web.open_site import site, small_site, still_site

__all__ = ["site", "small_site", "still_site"]
