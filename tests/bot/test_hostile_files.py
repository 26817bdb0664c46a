"""Files that would harm whoever opens them: each is refused, soon, and the bot itself doesn't grow by it."""

import os
import random
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from threading import Thread
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

import bot
from bot.files.child import MOST_MEMORY, MOST_OUTPUT
from bot.files.kinds import MOST_BYTES, kind_of
from bot.files.plain import MOST_CHARACTERS
from bot.files.reading import MOST_SECONDS, read_bytes, read_safely
from storage.domain.uploads import Unread, Unreadable
from tests.bot.foreign_files import CONTENT_TYPES, WORD, document_xml, docx, paragraph, pdf, pdf_of, said, zipped
from tests.bot.test_reading import children

MOST_GROWTH = 40_000_000
"""Bytes by which the process that asks may grow: the file itself, and room for what else goes on."""

LAUGHS = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10 if at else "ha"}">' for at in range(10))
OFFICE = ("[Content_Types].xml", "word/document.xml")


def bomb(name: str, size: int) -> bytes:
    """A Word document with one member that unpacks to this many bytes."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        if name != "word/document.xml":
            archive.writestr("word/document.xml", document_xml(paragraph("goed")))
        with archive.open(name, "w") as opened:
            for _ in range(size // 1_000_000):
                opened.write(b" " * 1_000_000)
    return made.getvalue()


def lying(size: int) -> bytes:
    """A bomb whose headers all say that it is small."""
    data, truth = bytearray(bomb("word/document.xml", 60_000_000)), struct.pack("<I", 60_000_000)
    while (at := data.find(truth)) >= 0:
        data[at : at + 4] = struct.pack("<I", size)
    return bytes(data)


def many_small_bombs() -> bytes:
    """Members that stay below what is looked at one by one."""
    return docx(paragraph("goed"), {f"word/media/{at}.bin": bytes(3_900_000) for at in range(14)})


def overlapping() -> bytes:
    """A zip that lists one member under many names, to be unpacked each time."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("word/document.xml", document_xml("<w:p/>" * 100_000))
        kept = archive.infolist()[-1]
        for at in range(500):
            again = ZipInfo(f"word/x{at}.xml")
            for name in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(again, name, getattr(kept, name))
            archive.filelist.append(again)
            archive.NameToInfo[again.filename] = again
    return made.getvalue()


def with_member(name: str) -> bytes:
    return zipped({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": document_xml(""), name: "x"})


def twice() -> bytes:
    """A zip with two members of one name, of which programs read different ones."""
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("word/document.xml", document_xml(paragraph("een")))
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("word/document.xml", document_xml(paragraph("twee")))
    return made.getvalue()


def locked_zip() -> bytes:
    """A Word document whose members say that they are encrypted."""
    data = bytearray(docx(paragraph("goed")))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            data[place + at] |= 1
    return bytes(data)


def compressed_otherwise() -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_BZIP2) as archive:
        for name in OFFICE:
            archive.writestr(name, CONTENT_TYPES)
    return made.getvalue()


def nested() -> bytes:
    """A zip in a zip in a zip, each named like a Word document."""
    data = docx(paragraph("goed"))
    for _ in range(30):
        data = zipped({"verslag.docx": data})
    return data


def polyglot_zip() -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as archive:
        archive.writestr("a", pdf(said((70, 700, "goed")))[:900])
        for name in OFFICE:
            archive.writestr(name, CONTENT_TYPES)
    return made.getvalue()


def dtd(inside: str, encoding: str = "utf-8") -> bytes:
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w:document {inside}>'
    xml += f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&l9;&x;</w:t></w:r></w:p></w:body></w:document>'
    return docx(xml=xml.encode(encoding))


def many_runs() -> bytes:
    """Millions of bytes of XML with next to no text in it, packed no better than is usual."""
    chance = random.Random(1)
    run = "<w:r><w:rPr/><w:t/></w:r>"
    body = "".join(run * 90 + f"<!--{chance.randbytes(25).hex()}-->" for _ in range(1_500))
    return docx(f"<w:p>{body}</w:p>")


def ole(*parts: str) -> bytes:
    """The beginnings of a file as Office wrote them before 2007."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(part.encode("utf-16-le") for part in parts)


def looping_pages() -> bytes:
    return pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"])


def looping_form() -> bytes:
    """A page whose picture draws itself, twice each time."""
    form = b"/F1 Do /F1 Do"
    resources = b"/Resources << /XObject << /F1 4 0 R >> >>"
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R " + resources + b" >>",
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] "
            + resources
            + b" /Length 13 >>\nstream\n"
            + form
            + b"\nendstream",
        ]
    )


def looping_table() -> bytes:
    """A PDF whose table of places says that more stands in itself."""
    data = pdf(said((70, 700, "goed")))
    place = data[data.rindex(b"startxref") + 10 :].split()[0]
    return data.replace(b"/Root", b"/Prev " + place + b" /Root", 1)


def packed_twice() -> bytes:
    """A content stream that unpacks to 90 million bytes, through two filters."""
    squeeze, inner = zlib.compressobj(9), b""
    for _ in range(90):
        inner += squeeze.compress(b" " * 1_000_000)
    content = zlib.compress(inner + squeeze.flush(), 9)
    start = b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n" % len(content)
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
            start + content + b"\nendstream",
        ]
    )


FILES: dict[str, tuple[Callable[[], bytes], str, set[Unread]]] = {
    "a bomb": (lambda: bomb("word/document.xml", 100_000_000), "v.docx", {Unread.SUSPECT}),
    "a bomb in a picture": (lambda: bomb("word/media/a.png", 100_000_000), "v.docx", {Unread.SUSPECT}),
    "a bomb under the limit": (lambda: bomb("word/document.xml", 45_000_000), "v.docx", {Unread.SUSPECT}),
    "a bomb that says it is small": (lambda: lying(1_000), "v.docx", {Unread.SUSPECT, Unread.BROKEN}),
    "a bomb that says it is huge": (lambda: lying(0x7FFFFFFF), "v.docx", {Unread.SUSPECT, Unread.BROKEN}),
    "many small bombs": (many_small_bombs, "v.docx", {Unread.SUSPECT}),
    "one member many times": (overlapping, "v.docx", {Unread.SUSPECT, Unread.BROKEN}),
    "too many members": (lambda: docx("", {f"x{at}": "" for at in range(3_000)}), "v.docx", {Unread.SUSPECT}),
    "a zip in a zip in a zip": (nested, "v.docx", {Unread.ARCHIVE}),
    "a member above": (lambda: with_member("../../etc/cron.d/x"), "v.docx", {Unread.SUSPECT}),
    "a member from the root": (lambda: with_member("/etc/passwd"), "v.docx", {Unread.SUSPECT}),
    "a member on a drive": (lambda: with_member("C:/x.dll"), "v.docx", {Unread.SUSPECT}),
    "a member with a backslash": (lambda: with_member("word\\..\\x"), "v.docx", {Unread.SUSPECT}),
    "two members of one name": (twice, "v.docx", {Unread.SUSPECT}),
    "a locked zip": (locked_zip, "v.docx", {Unread.LOCKED}),
    "another compression": (compressed_otherwise, "v.docx", {Unread.SUSPECT}),
    "a zip cut short": (lambda: docx(paragraph("goed" * 1_000))[:-200], "v.docx", {Unread.BROKEN, Unread.ARCHIVE}),
    "an entity from a file": (lambda: dtd('[<!ENTITY x SYSTEM "file:///etc/passwd">]'), "v.docx", {Unread.SUSPECT}),
    "an entity from the web": (
        lambda: dtd('[<!ENTITY % x SYSTEM "http://127.0.0.1/"> %x;]'),
        "v.docx",
        {Unread.SUSPECT},
    ),
    "a billion laughs": (lambda: dtd(f"[{LAUGHS}]"), "v.docx", {Unread.SUSPECT}),
    "a dtd elsewhere": (lambda: dtd('SYSTEM "http://127.0.0.1/a.dtd"'), "v.docx", {Unread.SUSPECT}),
    "a dtd in utf-16": (lambda: dtd(f"[{LAUGHS}]", "utf-16"), "v.docx", {Unread.SUSPECT}),
    "a dtd in the styles": (
        lambda: docx(paragraph("goed"), {"word/styles.xml": f"<!DOCTYPE a [{LAUGHS}]><a/>"}),
        "v.docx",
        {Unread.SUSPECT},
    ),
    "elements within elements": (lambda: docx("<w:p>" * 200_000), "v.docx", {Unread.SUSPECT}),
    "xml without an end": (lambda: docx(xml=document_xml(paragraph("goed"))[:-20]), "v.docx", {Unread.BROKEN}),
    "xml in an unknown encoding": (
        lambda: docx(xml='<?xml version="1.0" encoding="x-evil"?><a/>'),
        "v.docx",
        {Unread.BROKEN},
    ),
    "nothing but tags": (many_runs, "v.docx", {Unread.EMPTY}),
    "more text than a report": (lambda: b"besluit. " * (MOST_CHARACTERS // 8), "v.txt", {Unread.TOO_LONG}),
    "more bytes than we take": (lambda: b"a" * (MOST_BYTES + 1), "v.txt", {Unread.TOO_BIG}),
    "a pdf that is a zip too": (
        lambda: pdf(said((70, 700, "goed"))) + zipped({"a": "b"}),
        "v.pdf",
        {Unread.SUSPECT},
    ),
    "a zip that is a pdf too": (polyglot_zip, "v.docx", {Unread.SUSPECT}),
    "a pdf behind something else": (lambda: b"aaaa\n" + pdf(said((70, 700, "goed"))), "v.pdf", {Unread.SUSPECT}),
    "text with nuls": (lambda: b"besluit\x00\x00 akkoord", "v.txt", {Unread.UNKNOWN}),
    "nothing but nuls": (lambda: bytes(1_000_000), "v.txt", {Unread.EMPTY}),
    "nothing": (lambda: b"", "v.docx", {Unread.EMPTY}),
    "noise": (lambda: random.Random(3).randbytes(100_000), "v.docx", {Unread.UNKNOWN}),
    "a pdf with a password": (
        lambda: pdf(
            said((70, 700, "goed")),
            trailer=f"/Encrypt << /Filter /Standard /V 2 /R 3 /P -44 /O <{'0' * 64}> /U <{'0' * 64}> >>",
        ),
        "v.pdf",
        {Unread.LOCKED, Unread.BROKEN},
    ),
    "a pdf cut short": (lambda: pdf(said((70, 700, "goed")))[:150], "v.pdf", {Unread.BROKEN, Unread.SCAN}),
    "a pdf of nothing": (lambda: b"%PDF-1.7\n%%EOF", "v.pdf", {Unread.BROKEN}),
    "a pdf whose pages hold themselves": (looping_pages, "v.pdf", {Unread.BROKEN, Unread.SCAN}),
    "a pdf whose picture draws itself": (looping_form, "v.pdf", {Unread.SCAN, Unread.BROKEN}),
    "a pdf that unpacks to a lot": (packed_twice, "v.pdf", {Unread.BROKEN, Unread.TOO_HEAVY, Unread.SCAN}),
    "a pdf with brackets without end": (
        lambda: pdf(b"[" * 500_000 + b" TJ"),
        "v.pdf",
        {Unread.BROKEN, Unread.SCAN, Unread.TOO_HEAVY},
    ),
    "a pdf of a scan": (lambda: pdf("q 595 0 0 842 0 0 cm Q"), "v.pdf", {Unread.SCAN}),
    "a pdf of thousands of pages": (lambda: pdf(*["0 g"] * 600), "v.pdf", {Unread.TOO_LONG}),
}

FOREIGN: dict[str, tuple[Callable[[], bytes], set[Unread]]] = {
    "a program named docx": (lambda: b"MZ\x90\x00" + bytes(200), {Unread.PROGRAM}),
    "a program for linux": (lambda: b"\x7fELF\x02\x01\x01" + bytes(200), {Unread.PROGRAM}),
    "a script": (lambda: b"#!/bin/sh\nrm -rf /\n", {Unread.PROGRAM}),
    "a web page": (lambda: b"\xef\xbb\xbf <!DOCTYPE html><script>alert(1)</script>", {Unread.WEB_PAGE}),
    "an old word file": (lambda: ole("WordDocument", "Macros"), {Unread.OLD_WORD}),
    "a word file with a password": (lambda: ole("EncryptionInfo", "EncryptedPackage"), {Unread.LOCKED}),
    "a spreadsheet": (
        lambda: zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}),
        {Unread.SPREADSHEET},
    ),
    "an open document": (
        lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}),
        {Unread.ARCHIVE, Unread.OTHER_WRITER},
    ),
    "rich text": (lambda: b"{\\rtf1\\ansi{\\object\\objdata 0105}}", {Unread.OTHER_WRITER}),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), {Unread.IMAGE}),
    "a recording": (lambda: bytes(4) + b"ftypisom" + bytes(100), {Unread.MEDIA}),
    "a gzip": (lambda: b"\x1f\x8b\x08" + bytes(100), {Unread.ARCHIVE}),
}


def most_memory_since_now() -> Callable[[], int]:
    """Tells, when asked, by how many bytes this process grew at most since now (proc(5): clear_refs, VmHWM)."""
    Path("/proc/self/clear_refs").write_text("5")

    def most() -> int:
        status = Path("/proc/self/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024

    before = most()
    return lambda: most() - before


@pytest.mark.parametrize("what", FILES)
def test_a_hostile_file_is_refused_soon_and_costs_us_nothing(what: str) -> None:
    make, name, reasons = FILES[what]
    data = make()
    growth, begun = most_memory_since_now(), time.monotonic()
    with pytest.raises(Unreadable) as refused:
        read_bytes(name, data)
    assert refused.value.reason in reasons
    assert time.monotonic() - begun < MOST_SECONDS + 5
    assert growth() < MOST_GROWTH


@pytest.mark.parametrize("what", FOREIGN)
def test_another_kind_of_file_is_known_whatever_its_name(what: str) -> None:
    make, reasons = FOREIGN[what]
    with pytest.raises(Unreadable) as refused:
        kind_of("verslag.docx", make())
    assert refused.value.reason in reasons


def test_a_pdf_whose_table_leads_to_itself_is_read_once() -> None:
    assert read_bytes("v.pdf", looping_table()).text == "goed"


def test_macros_links_and_embedded_files_are_not_even_looked_at() -> None:
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        'Target="http://127.0.0.1:9/evil.dotm" TargetMode="External"/></Relationships>'
    )
    parts: dict[str, str | bytes] = {
        "word/vbaProject.bin": ole("Macros", "AutoOpen"),
        "word/_rels/document.xml.rels": relation,
        "word/embeddings/oleObject1.bin": ole("Package"),
        "word/settings.xml": f"<!DOCTYPE a [{LAUGHS}]><a>&l9;</a>",
    }
    assert read_bytes("v.docm", docx(paragraph("Alleen dit"), parts)).text == "Alleen dit"


def test_a_text_that_shows_otherwise_than_it_reads_is_made_plain() -> None:
    assert read_bytes("v.txt", "be\u202esluit\u200b: \ufeffja".encode()).text == "besluit: ja"


def slow() -> bytes:
    """A document that takes some tenths of a second."""
    return docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 60_000)


def test_what_takes_too_long_is_ended() -> None:
    with pytest.raises(Unreadable) as refused:
        read_bytes("v.docx", slow(), most_seconds=0.02)
    assert refused.value.reason is Unread.TOO_HEAVY
    assert not children()


async def test_what_takes_too_long_is_ended_while_the_bot_goes_on() -> None:
    with pytest.raises(Unreadable) as refused:
        await read_safely("v.docx", slow(), most_seconds=0.02)
    assert refused.value.reason is Unread.TOO_HEAVY


@pytest.fixture
def limits() -> dict[str, str]:
    """The limits under which a file is read, as the system knows them."""
    seen: dict[str, str] = {}
    reading = Thread(target=read_bytes, args=("v.docx", slow()))
    reading.start()
    until = time.monotonic() + 30
    while "Max address space" not in seen and time.monotonic() < until:
        for process in children():
            try:
                told = Path(f"/proc/{process}/limits").read_text()
            except OSError:
                continue
            if f" {MOST_MEMORY} " in told:
                seen.update({line[:26].strip(): line[26:47].strip() for line in told.splitlines()[1:]})
                seen["session"] = str(os.getsid(int(process)) == int(process))
        time.sleep(0.002)
    reading.join()
    return seen


def test_the_system_itself_limits_the_process_that_reads(limits: dict[str, str]) -> None:
    assert limits["Max address space"] == str(MOST_MEMORY)
    assert limits["Max cpu time"] == "10"
    assert limits["Max file size"] == str(MOST_OUTPUT)
    assert limits["Max core file size"] == "0"
    assert limits["session"] == "True"


CLOSED = """
import os, sys
from bot.files import child
child.lay_down_rights()
folder = sys.argv[1]
acts = {
    "open": lambda: open(f"{folder}/a", "w"),
    "os.open": lambda: os.open(f"{folder}/b", os.O_CREAT | os.O_WRONLY),
    "truncate": lambda: os.truncate(f"{folder}/there", 0),
    "link": lambda: os.symlink("/etc", f"{folder}/c"),
    "folder": lambda: os.mkdir(f"{folder}/d"),
    "signal": lambda: os.kill(os.getppid(), 0),
    "socket": lambda: __import__("socket").socket(),
}
for name, act in acts.items():
    try:
        act()
    except PermissionError:
        continue
    print(name)
"""


def test_the_process_that_reads_writes_nothing_and_reaches_nobody(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("hier")
    told = subprocess.run([sys.executable, "-c", CLOSED, str(tmp_path)], capture_output=True, text=True, check=True)
    assert told.stdout == ""
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("there", "hier")]


def test_reading_leaves_nothing_behind_in_the_bots_own_folders() -> None:
    folders = [*Path(bot.__file__).parent.rglob("__pycache__")]
    before = {file for one in folders for file in one.iterdir()}
    assert read_bytes("verslag.docx", docx(paragraph("Dag"))).text == "Dag"
    left = {file for one in folders for file in one.iterdir()} - before
    assert {one for one in left if one.suffix != ".pyc"} == set()
