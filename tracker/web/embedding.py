"""What to paste into another page to show an item, a body or a process there."""

from dataclasses import dataclass

from markupsafe import escape

from tracker.web.filters import full_address

HEIGHTS = {"items": 300, "bodies": 420, "processes": 460}
"""In pixels: enough for most; the frame scrolls where it is not."""


@dataclass(frozen=True)
class EmbedCode:
    """The pieces of HTML, and where to see them first."""

    frame: str
    script: str
    badge: str
    preview: str
    badge_preview: str


def embed_code(plural: str, key: str, title: str) -> EmbedCode:
    """The pieces for one thing, in the reader's language; `plural` as in its address: items, bodies, processes."""
    framed, page = full_address(f"/embed/{plural}/{key}"), full_address(f"/{plural}/{key}")
    picture = full_address(f"/badge/{plural}/{key}.svg")
    named = escape(title)
    return EmbedCode(
        frame=f'<iframe src="{framed}" title="{named}" width="100%" height="{HEIGHTS[plural]}" '
        'loading="lazy" style="border:0;max-width:50rem"></iframe>',
        script=f'<script async src="{full_address("/embed/height.js")}"></script>',
        badge=f'<a href="{page}"><img src="{picture}" alt="{named}" height="24" '
        'style="max-width:100%;height:auto"></a>',
        preview=framed,
        badge_preview=picture,
    )
