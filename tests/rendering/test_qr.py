"""A QR code on paper says exactly the address it stands for."""

import re

import segno

from tracker.rendering.pictures.qr import QUIET_ZONE, qr_code

ADDRESS = "https://answers.example.org/fr/processes/citizens-assembly-on-water/12"


def drawn(svg: str) -> set[tuple[int, int]]:
    """The dark modules of a picture."""
    strokes = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", svg)
    assert all(there == back for _, _, there, back in strokes)
    return {(int(x) + n, int(y)) for x, y, there, _ in strokes for n in range(int(there))}


def test_the_picture_has_the_dark_modules_of_the_code_of_that_address_and_no_others() -> None:
    code = segno.make(ADDRESS, error="m", micro=False)
    dark = {
        (x + QUIET_ZONE, y + QUIET_ZONE)
        for y, row in enumerate(code.matrix)
        for x, module in enumerate(row)
        if module
    }
    assert drawn(str(qr_code(ADDRESS, "Code"))) == dark


def test_the_picture_keeps_the_quiet_zone_and_is_dark_on_light_whatever_the_page() -> None:
    svg = str(qr_code(ADDRESS, "Code"))
    side = segno.make(ADDRESS, error="m", micro=False).symbol_size(border=QUIET_ZONE)[0]
    assert f'viewBox="0 0 {side} {side}"' in svg
    assert f'<rect width="{side}" height="{side}" fill="#fff"/>' in svg
    assert 'fill="#000"' in svg and "style" not in svg


def test_the_label_is_text_and_nothing_else() -> None:
    assert 'aria-label="&#34;&gt;&lt;script&gt;"' in str(qr_code(ADDRESS, '"><script>'))
