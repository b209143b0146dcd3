"""Writes small PDFs with a text layer, so that a test can show the page it means."""

from collections.abc import Sequence

LEADING, GAP = 14, 28
"""Between two lines; above a line that begins with a plus sign."""


def pdf_of(*pages: Sequence[str], title: str = "") -> bytes:
    """A PDF of these lines: `*` before a line sets it in bold, `+` leaves room above it."""
    first = 4
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for page in pages:
        content = _drawn(page)
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R "
            f"/Resources << /Font << /F1 3 0 R /F2 {first} 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _file(objects, title)


def _drawn(lines: Sequence[str]) -> bytes:
    height, drawn = 800, []
    for line in lines:
        height -= GAP if line.startswith("+") else LEADING
        text = line.lstrip("+")
        font = "F2" if text.startswith("*") else "F1"
        shown = text.lstrip("*").encode("cp1252")
        for sign in (b"\\", b"(", b")"):
            shown = shown.replace(sign, b"\\" + sign)
        drawn.append(b"BT /%s 11 Tf 1 0 0 1 72 %d Tm (%s) Tj ET" % (font.encode(), height, shown))
    return b"\n".join(drawn)


def _file(objects: Sequence[bytes], title: str) -> bytes:
    objects = [*objects, b"<< /Title (%s) >>" % title.encode("cp1252")]
    body, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return body + b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        len(objects),
        start,
    )
