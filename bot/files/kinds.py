"""What kind of file some bytes are, by what stands in them: a name proves nothing."""

import codecs
import re
from enum import StrEnum

from storage.domain.uploads import Unread, Unreadable

MOST_BYTES = 10_000_000
"""Of a file as it comes in."""


class Kind(StrEnum):
    """The kinds that are read."""

    DOCX = "docx"
    PDF = "pdf"
    TEXT = "txt"
    MARKDOWN = "md"


_BINARY: tuple[tuple[bytes, Unread], ...] = (
    (b"\x7fELF", Unread.PROGRAM),
    (b"\xca\xfe\xba\xbe", Unread.PROGRAM),
    (b"\xfe\xed\xfa", Unread.PROGRAM),
    (b"\xcf\xfa\xed\xfe", Unread.PROGRAM),
    (b"\xce\xfa\xed\xfe", Unread.PROGRAM),
    (b"#!", Unread.PROGRAM),
    (b"L\x00\x00\x00\x01\x14\x02\x00", Unread.PROGRAM),  # a Windows shortcut
    (b"{\\rtf", Unread.OTHER_WRITER),
    (b"\x89PNG", Unread.IMAGE),
    (b"\xff\xd8\xff", Unread.IMAGE),
    (b"GIF8", Unread.IMAGE),
    (b"II*\x00", Unread.IMAGE),
    (b"MM\x00*", Unread.IMAGE),
    (b"\x00\x00\x01\x00", Unread.IMAGE),
    (b"8BPS", Unread.IMAGE),
    (b"ID3", Unread.MEDIA),
    (b"OggS", Unread.MEDIA),
    (b"fLaC", Unread.MEDIA),
    (b"\xff\xfb", Unread.MEDIA),
    (b"\x1aE\xdf\xa3", Unread.MEDIA),
    (b"#!AMR", Unread.MEDIA),
    (b"Rar!\x1a\x07", Unread.ARCHIVE),
    (b"7z\xbc\xaf'\x1c", Unread.ARCHIVE),
    (b"\x1f\x8b", Unread.ARCHIVE),
    (b"BZh", Unread.ARCHIVE),
    (b"\xfd7zXZ", Unread.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", Unread.ARCHIVE),
    (b"MSCF", Unread.ARCHIVE),
)
"""How foreign kinds begin, as file(1) knows them."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_PARTS = (
    ("EncryptedPackage", Unread.LOCKED),  # what Word makes of a .docx with a password
    ("WordDocument", Unread.OLD_WORD),
    ("Workbook", Unread.SPREADSHEET),
    ("PowerPoint Document", Unread.PRESENTATION),
)

_PDF_WITHIN = 1_024
"""Where some readers still look for %PDF; here it begins a file, or else the file is two kinds at once."""

_MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|body|script|svg|\?xml|\?php|table|div)\b", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
"""What no text has; the end-of-file of old (0x1A), tabs, and what ends a line or a page are fine."""

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def kind_of(name: str, data: bytes) -> Kind:
    """The kind of a file; of a zip only that it claims to be a docx.

    :raises Unreadable: when it is none that is read.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(Unread.TOO_BIG)
    if not data.strip(b"\x00 \t\r\n"):
        raise Unreadable(Unread.EMPTY)
    if data.startswith(_ZIP):
        return _office(data)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return _alone(data, Kind.PDF)
    _refuse_foreign(data)
    if b"%PDF-" in data[:_PDF_WITHIN]:
        raise Unreadable(Unread.SUSPECT)
    text_of(data)
    return Kind.MARKDOWN if name.lower().endswith((".md", ".markdown")) else Kind.TEXT


def text_of(data: bytes) -> str:
    """The text of a text file: in UTF-8, in UTF-16 when it says so, or else as Windows wrote it before.

    :raises Unreadable: when it is no text.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROLS.search(text):
            break
        return text
    raise Unreadable(Unread.UNKNOWN)


def _office(data: bytes) -> Kind:
    """What a zip says that it is, by the names of what it holds: those are in plain sight."""
    for part, reason in (
        (b"xl/workbook", Unread.SPREADSHEET),
        (b"ppt/presentation", Unread.PRESENTATION),
        (b"mimetypeapplication/vnd.oasis.opendocument.text", Unread.OTHER_WRITER),
        (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", Unread.SPREADSHEET),
        (b"mimetypeapplication/vnd.oasis.opendocument.presentation", Unread.PRESENTATION),
        (b"Index/Document.iwa", Unread.OTHER_WRITER),
    ):
        if part in data and b"word/document" not in data:
            raise Unreadable(reason)
    if b"[Content_Types].xml" not in data or b"word/document" not in data:
        raise Unreadable(Unread.ARCHIVE)
    if b"%PDF-" in data[:_PDF_WITHIN]:
        raise Unreadable(Unread.SUSPECT)
    return Kind.DOCX


def _alone(data: bytes, kind: Kind) -> Kind:
    """The kind, unless a zip hangs on behind it: then others read another file than we do."""
    if b"PK\x05\x06" in data[-66_000:]:
        raise Unreadable(Unread.SUSPECT)
    return kind


def _refuse_foreign(data: bytes) -> None:
    if data.startswith(_OLE):
        raise Unreadable(
            next((why for part, why in _OLE_PARTS if part.encode("utf-16-le") in data), Unread.OTHER_WRITER)
        )
    for start, reason in _BINARY:
        if data.startswith(start):
            raise Unreadable(reason)
    if data[:4] == b"RIFF":
        raise Unreadable(Unread.IMAGE if data[8:12] == b"WEBP" else Unread.MEDIA)
    if data[4:8] == b"ftyp":
        raise Unreadable(Unread.IMAGE if data[8:12] in {b"heic", b"heif", b"mif1", b"avif"} else Unread.MEDIA)
    if data[257:262] == b"ustar":
        raise Unreadable(Unread.ARCHIVE)
    if data[:2] in {b"BM", b"MZ"} and b"\x00" in data[:64]:  # else it may be how a text begins
        raise Unreadable(Unread.IMAGE if data[:2] == b"BM" else Unread.PROGRAM)
    if _MARKUP.match(data.removeprefix(codecs.BOM_UTF8)):
        raise Unreadable(Unread.WEB_PAGE)
