"""An address as a QR code (ISO/IEC 18004), drawn as plain SVG: dark on light whatever the page's colours."""

import segno
from markupsafe import Markup

QUIET_ZONE = 4
"""Modules left light around the code, as the standard asks."""


def qr_code(address: str, label: str) -> Markup:
    """The code of an address, for telephones; about 15 % of it may be unreadable (level M)."""
    code = segno.make(address, error="m", micro=False)
    side = code.symbol_size(border=QUIET_ZONE)[0]
    path = "".join(_row(y, row) for y, row in enumerate(code.matrix))
    return Markup(
        '<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {} {}" shape-rendering="crispEdges">'
        '<rect width="{}" height="{}" fill="#fff"/><path fill="#000" d="{}"/></svg>'
    ).format(label, side, side, side, side, path)


def _row(y: int, row: bytes | bytearray) -> str:
    """The dark modules of one row, those side by side in one stroke."""
    drawn, x = [], 0
    while x < len(row):
        length = next((n for n in range(len(row) - x) if not row[x + n]), len(row) - x)
        if length:
            drawn.append(f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h{length}v1h-{length}z")
        x += max(length, 1)
    return "".join(drawn)
