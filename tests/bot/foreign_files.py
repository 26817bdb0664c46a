"""Files as strangers send them: Word documents and PDFs by hand, whole and dressed up."""

import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CONTENT_TYPES = (
    f'<?xml version="1.0"?><Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
)


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of Word's XML."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def numbered(text: str, number: int, level: int = 0) -> str:
    """A paragraph in a list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def document_xml(body: str) -> str:
    """word/document.xml around a body."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'


def docx(body: str = "", parts: Mapping[str, str | bytes] | None = None, xml: str | bytes | None = None) -> bytes:
    """A Word document with this body, or this whole XML, and further parts."""
    return zipped(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "word/document.xml": document_xml(body) if xml is None else xml,
            **(parts or {}),
        }
    )


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip of these members."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def numbering(*lists: Iterable[tuple[str, str]], restarts: Mapping[int, int] | None = None) -> str:
    """word/numbering.xml: lists of levels as (digits, text), each with the number of its place from 1 on.

    :param restarts: further numbers, from after the last list on, that count anew in these lists.
    """
    made = [
        f'<w:abstractNum w:abstractNumId="{place}">'
        + "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{digits}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for at, (digits, text) in enumerate(levels)
        )
        + "</w:abstractNum>"
        for place, levels in enumerate(lists, 1)
    ]
    made += [
        f'<w:num w:numId="{place}"><w:abstractNumId w:val="{place}"/></w:num>' for place in range(1, len(lists) + 1)
    ]
    for number, place in (restarts or {}).items():
        made.append(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{place}"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    return f'<w:numbering xmlns:w="{WORD}">{"".join(made)}</w:numbering>'


def pdf(*pages: str | bytes, extra: str = "", trailer: str = "", packed: bool = False) -> bytes:
    """A PDF with these content streams, one a page, in Helvetica.

    :param extra: in each page's resources.
    :param trailer: in the trailer, for what stands about the whole file.
    :param packed: write the streams with FlateDecode.
    """
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for at, page in enumerate(pages):
        content = page.encode("cp1252") if isinstance(page, str) else page
        content = zlib.compress(content, 9) if packed else content
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * at} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> {extra} >> >>".encode()
        )
        filters = "/Filter /FlateDecode " if packed else ""
        objects.append(b"<< %s/Length %d >>\nstream\n" % (filters.encode(), len(content)) + content + b"\nendstream")
    return pdf_of(objects, trailer)


def pdf_of(objects: Iterable[bytes], trailer: str = "") -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(made)


def said(*lines: tuple[float, float, str], size: float = 11) -> str:
    """A content stream that writes these texts at (x, y)."""
    return "".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in lines)


def grid(columns: Iterable[float], rows: Iterable[float]) -> str:
    """A content stream that rules a table: lines down at these x, and across at these y."""
    downs, acrosses = list(columns), list(rows)
    across = [f"{downs[0]} {y} m {downs[-1]} {y} l S\n" for y in acrosses]
    down = [f"{x} {acrosses[0]} m {x} {acrosses[-1]} l S\n" for x in downs]
    return "".join(across + down)
