"""Reading files: what stands in a Word document, a PDF or a text file comes out as it shows."""

import asyncio
import time
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from bot.files.kinds import Kind
from bot.files.reading import AT_ONCE, Extracted, read_bytes, read_safely, read_upload
from dialogs.texts.uploads import SENTENCES, unreadable
from storage.domain.uploads import Unread, Unreadable
from tests.bench.reading import hundred_pages, measured
from tests.bot.foreign_files import docx, grid, numbered, numbering, paragraph, pdf, said

BAR_SECONDS, BAR_MEGABYTES = 2.0, 200
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def lines(data: bytes, name: str = "verslag.docx") -> list[str]:
    return read_bytes(name, data).text.split("\n")


def test_a_real_word_document_is_read_in_order_with_its_tables() -> None:
    document = Document()
    document.add_heading("Verslag netwerk Waterland", 1)
    document.add_paragraph("Aanwezig: An Peeters (CLB), Bo Claes")
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[0].cells, ("Wie", "Wat", "Wanneer"), strict=True):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, ("An", "mailt het CLB", "9 mei"), strict=True):
        cell.text = text
    document.add_paragraph("Een lijst", style="List Number")
    document.add_paragraph("gaat door", style="List Number")
    document.add_paragraph("met een bolletje", style="List Bullet")
    assert lines(saved(document)) == [
        "Verslag netwerk Waterland",
        "Aanwezig: An Peeters (CLB), Bo Claes",
        "Wie\tWat\tWanneer",
        "An\tmailt het CLB\t9 mei",
        "",
        "1. Een lijst",
        "2. gaat door",
        "- met een bolletje",
    ]


def saved(document: object) -> bytes:
    written = BytesIO()
    document.save(written)  # type: ignore[attr-defined]
    return written.getvalue()


def test_merged_cells_keep_the_columns_in_place() -> None:
    document = Document()
    table = document.add_table(rows=3, cols=3)
    for row, texts in zip(table.rows, (("a", "b", "c"), ("d", "e", "f"), ("g", "h", "i")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 1).text = table.cell(2, 0).text = ""
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 0).merge(table.cell(2, 0))
    assert lines(saved(document)) == ["a\t\tc", "d\te\tf", "\th\ti"]


def test_list_numbers_show_as_they_do_in_word() -> None:
    levels = [("decimal", "%1."), ("lowerLetter", "%2)"), ("upperRoman", "%1.%3")]
    body = [numbered(text, 1, level) for text, level in (("een", 0), ("a", 1), ("b", 1), ("twee", 0), ("a weer", 1))]
    body += [numbered("diep", 1, 2), numbered("opnieuw", 3), numbered("verder", 3), numbered("bol", 2)]
    made = docx("".join(body), {"word/numbering.xml": numbering(levels, [("bullet", "")], restarts={3: 1})})
    assert lines(made) == [
        "1. een",
        "  a) a",
        "  b) b",
        "2. twee",
        "  a) a weer",
        "    2.I diep",
        "1. opnieuw",
        "2. verder",
        "- bol",
    ]


def test_a_style_gives_its_paragraphs_their_number() -> None:
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        '</w:numPr></w:pPr></w:style><w:style w:styleId="Kop2"><w:basedOn w:val="Kop1"/></w:style>'
        '<w:style w:styleId="Inhopg1"><w:name w:val="toc 1"/></w:style></w:styles>'
    )
    body = (
        paragraph("Welkom 3", '<w:pStyle w:val="Inhopg1"/>')
        + paragraph("Welkom", '<w:pStyle w:val="Kop1"/>')
        + paragraph("Tekst")
        + paragraph("Varia", '<w:pStyle w:val="Kop2"/>')
        + paragraph("Zonder", '<w:pStyle w:val="Kop1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    parts = {"word/styles.xml": styles, "word/numbering.xml": numbering([("decimal", "%1.")])}
    assert lines(docx(body, parts)) == ["1. Welkom", "Tekst", "2. Varia", "Zonder"]


def test_what_was_struck_out_or_hidden_is_left_out_and_links_keep_their_text() -> None:
    body = (
        "<w:p><w:r><w:t>Het </w:t></w:r><w:del><w:r><w:delText>oude</w:delText><w:tab/></w:r></w:del>"
        "<w:ins><w:r><w:t>nieuwe</w:t></w:r></w:ins><w:hyperlink><w:r><w:t> plan</w:t></w:r></w:hyperlink>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t></w:r><w:r><w:instrText>HYPERLINK</w:instrText></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Twee </w:t></w:r></w:p>" + paragraph("in een")
    )
    assert lines(docx(body)) == ["Het nieuwe plan", "Twee in een"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('in het kader')}</w:txbxContent>"
    body = (
        f'<w:p><w:r><w:t>Ernaast</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="{MC}"><mc:Choice>{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>" + paragraph("Daarna")
    )
    assert lines(docx(body)) == ["Ernaast", "in het kader", "Daarna"]


def test_a_cell_that_is_a_page_keeps_its_lines() -> None:
    long = "".join(
        paragraph(f"Alinea {number} van een lange bespreking over van alles en nog wat." * 2) for number in "123"
    )
    names = "".join(paragraph(name) for name in ("An Peeters", "Bo Claes"))
    body = (
        f"<w:tbl><w:tr><w:tc>{names}</w:tc><w:tc>{paragraph('CLB')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{paragraph('4')}</w:tc><w:tc>{long}</w:tc></w:tr></w:tbl>"
    )
    read = lines(docx(body))
    assert read[0] == "An Peeters; Bo Claes\tCLB"
    assert [line[:11] for line in read[1:]] == ["4\tAlinea 1 ", "Alinea 2 va", "Alinea 3 va"]


def test_a_pdf_is_read_line_by_line() -> None:
    page = said((70, 780, "Verslag netwerk"), (70, 740, "Een zin die op deze"), (70, 726, "regel verdergaat."))
    page += said((70, 700, "Wie"), (300, 700, "Wat"), (70, 686, "An"), (300, 686, "belt"))
    assert read_bytes("v.pdf", pdf(page)) == Extracted(
        "Verslag netwerk\n\nEen zin die op deze\nregel verdergaat.\n\nWie\tWat\nAn\tbelt", Kind.PDF, 1
    )


def test_the_bullets_of_a_pdf_are_as_deep_as_they_stand() -> None:
    page = said((70, 700, "Besproken"), (88, 686, "•"), (106, 686, "een"), (124, 672, "o"), (142, 672, "diep"))
    page += said((70, 658, "o wee"), (88, 644, "- 5 graden"))
    assert lines(pdf(page), "v.pdf") == ["Besproken", "- een", "  - diep", "o wee", "- 5 graden"]


def test_a_ruled_table_in_a_pdf_is_a_line_per_row() -> None:
    page = grid((60, 200, 330, 400), (700, 685, 655)) + said(
        (65, 689, "Wie"), (205, 689, "Wat"), (335, 689, "Wanneer"), (65, 673, "An"), (335, 673, "9 mei")
    )
    page += said((205, 673, "stuurt het overzicht"), (205, 660, "naar de scholen"))
    assert lines(pdf(page), "v.pdf") == ["Wie\tWat\tWanneer", "An\tstuurt het overzicht naar de scholen\t9 mei"]


def test_headers_and_footers_of_a_pdf_are_left_out() -> None:
    pages = [
        said((70, 820, "Netwerk Waterland"), (70, 700, f"Punt {word}"), (70, 686, "besproken"), (300, 30, f"{at} / 3"))
        for at, word in enumerate(("een", "twee", "drie"), 1)
    ]
    assert lines(pdf(*pages), "v.pdf") == ["Punt een", "besproken", "Punt twee", "besproken", "Punt drie", "besproken"]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("v.txt", "Één besluit\r\nklaar".encode(), Kind.TEXT),
        ("v.txt", "Één besluit\nklaar".encode("cp1252"), Kind.TEXT),
        ("v.txt", "Één besluit\nklaar".encode("utf-16"), Kind.TEXT),
        ("v.md", "\ufeffE\u0301e\u0301n besluit\u2028klaar".encode(), Kind.MARKDOWN),
        ("v.docx", "Één\u00a0bes\u00adluit\rklaar\x1a".encode(), Kind.TEXT),
    ],
    ids=["utf-8", "windows", "utf-16", "markdown", "named otherwise"],
)
def test_text_is_read_in_whatever_way_it_was_written(name: str, data: bytes, kind: Kind) -> None:
    assert read_bytes(name, data) == Extracted("Één besluit\nklaar", kind)


def test_the_content_counts_and_not_the_name(tmp_path: Path) -> None:
    path = tmp_path / "verslag.pdf"
    path.write_bytes(docx(paragraph("Toch Word")))
    assert read_upload(path) == Extracted("Toch Word", Kind.DOCX)


async def test_a_few_files_are_read_at_once_and_the_others_wait() -> None:
    files = [docx(paragraph(f"Verslag {number}")) for number in range(AT_ONCE + 2)]
    read = await asyncio.gather(*(read_safely("v.docx", data) for data in files))
    assert [one.text for one in read] == [f"Verslag {number}" for number in range(AT_ONCE + 2)]


async def test_a_reading_that_is_called_off_leaves_no_process() -> None:
    slow = docx("".join(paragraph(f"regel {number}") for number in range(40_000)))
    task = asyncio.create_task(read_safely("v.docx", slow))
    while not children():  # noqa: ASYNC110 - another process does it
        await asyncio.sleep(0.005)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    until = time.monotonic() + 20
    while children() and time.monotonic() < until:  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    assert not children()


def children() -> list[str]:
    """The processes that read a file for us now."""
    begun = [one for thread in Path("/proc/self/task").iterdir() for one in told(thread / "children").split()]
    return [one for one in map(bytes.decode, begun) if b"bot.files.child" in told(Path(f"/proc/{one}/cmdline"))]


def told(path: Path) -> bytes:
    """What the system tells there; nothing when that just ended."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


async def test_the_reader_knows_nothing_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_SECRET", "hush")
    task = asyncio.create_task(read_safely("v.docx", hundred_pages()))
    seen = b""
    while not seen and not task.done():
        for process in children():
            try:
                seen = Path(f"/proc/{process}/environ").read_bytes()
            except OSError:
                continue
        await asyncio.sleep(0.002)
    await task
    assert b"PATH=" in seen
    assert b"hush" not in seen


@pytest.mark.parametrize("reason", Unread)
def test_every_reason_has_a_sentence_that_says_what_to_do(reason: Unread) -> None:
    assert unreadable(reason).count(".") >= 1
    assert len(unreadable(reason)) <= 120


def test_no_two_reasons_say_the_same() -> None:
    assert len(set(SENTENCES.values())) == len(Unread)


def test_a_report_of_a_hundred_pages_takes_little() -> None:
    found = measured(hundred_pages(), rounds=2)
    assert found.pages_worth >= 100
    assert found.seconds < BAR_SECONDS
    assert found.megabytes < BAR_MEGABYTES


def test_a_file_that_is_not_there_is_no_unreadable_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_upload(tmp_path / "weg.docx")


def test_an_unreadable_file_says_why() -> None:
    with pytest.raises(Unreadable) as refused:
        read_bytes("v.pdf", pdf("0 0 m 9 9 l S"))
    assert refused.value.reason is Unread.SCAN
