"""The coordinator's list as a workbook, read back."""

import zipfile
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.files.spreadsheet import spreadsheet
from dialogs.texts import files as texts
from storage.domain.meetings import Audience, Meeting, MeetingKind
from storage.domain.people import Organisation, OrganisationKind, OrganisationStatus, Person, Role
from storage.domain.registrations import Attendee, RegistrationStatus
from tests.conftest import BRUSSELS, NOW

STARTS = datetime(2027, 3, 18, 9, tzinfo=BRUSSELS)
MEETING = Meeting(
    id=1,
    key="netwerkdag",
    kind=MeetingKind.NETWERKDAG,
    title="Netwerkdag",
    starts=STARTS,
    ends=STARTS.replace(hour=16),
    audience=Audience.NETWORK,
    capacity=120,
    fee_eur=Decimal("12.50"),
)
SLUIS = Organisation(1, "CLB De Sluis", OrganisationKind.CLB, OrganisationStatus.PARTNER)


def attendee(name: str = "An Peeters", **fields: object) -> Attendee:
    """Somebody who comes."""
    person = Person(1, name, "an@sluis.example", Role.EXTERNAL, SLUIS)
    return replace(Attendee(person, RegistrationStatus.REGISTERED), **fields)


def book(*attendees: Attendee, meeting: Meeting = MEETING) -> Workbook:
    """The workbook that is given, read back."""
    return load_workbook(BytesIO(spreadsheet(meeting, attendees, NOW)))


def sheet(name: str, *attendees: Attendee, meeting: Meeting = MEETING) -> Worksheet:
    """One of its sheets."""
    found = book(*attendees, meeting=meeting)[name]
    assert isinstance(found, Worksheet)
    return found


def row(*attendees: Attendee, number: int = 2, meeting: Meeting = MEETING) -> dict[object, object]:
    """A row of the list, by the names of its columns."""
    found = sheet(texts.SHEET_LIST, *attendees, meeting=meeting)
    return dict(zip([cell.value for cell in found[1]], [cell.value for cell in found[number]], strict=True))


def totals(*attendees: Attendee) -> list[tuple[object, ...]]:
    """What stands on the second sheet."""
    return [line for line in sheet(texts.SHEET_TOTALS, *attendees).iter_rows(values_only=True) if any(line)]


def test_everything_known_of_somebody_stands_in_one_row() -> None:
    one = attendee(
        replaces="Bo Maes", session="Regio Noord", brought_by="Cas Wils", remark="Vegetarisch", paid=True, since=NOW
    )
    assert row(one) == {
        texts.NAME: "An Peeters",
        texts.ORGANISATION: "CLB De Sluis",
        texts.EMAIL: "an@sluis.example",
        texts.STATUS: "ingeschreven",
        texts.REPLACES: "Bo Maes",
        texts.REPLACED_BY: None,
        texts.SESSION: "Regio Noord",
        texts.BROUGHT_BY: "Cas Wils",
        texts.REMARK: "Vegetarisch",
        texts.REASON: None,
        texts.PAID: "ja",
        texts.AMOUNT: 12.5,
        texts.QUEUE: None,
        texts.SINCE: NOW.replace(tzinfo=None),
    }


def test_who_does_not_come_has_the_reason_and_who_comes_instead() -> None:
    gone = attendee(status=RegistrationStatus.EXCUSED, replaced_by="Bo Maes", reason="ziek")
    found = row(gone)
    assert (found[texts.STATUS], found[texts.REPLACED_BY], found[texts.REASON]) == (
        "verontschuldigd",
        "Bo Maes",
        "ziek",
    )


def test_who_waits_has_a_place_in_line_as_a_number() -> None:
    assert row(attendee(status=RegistrationStatus.WAITLISTED, queue=3))[texts.QUEUE] == 3


def test_a_guest_s_organisation_is_what_they_said() -> None:
    guest = Person(2, "Gust Aerts", "gust@elders.example", Role.EXTERNAL, affiliation="Basisschool De Zandbank")
    assert row(Attendee(guest, RegistrationStatus.REGISTERED))[texts.ORGANISATION] == "Basisschool De Zandbank"


@pytest.mark.parametrize("fee", [None, Decimal(0)])
def test_where_nothing_is_to_be_paid_nobody_did_or_did_not(fee: Decimal | None) -> None:
    found = row(attendee(), meeting=replace(MEETING, fee_eur=fee))
    assert (found[texts.PAID], found[texts.AMOUNT]) == (None, None)


def test_days_and_amounts_are_such_to_a_spreadsheet_too() -> None:
    found = sheet(texts.SHEET_LIST, attendee(since=NOW))
    by_name = {cell.value: column for column, cell in enumerate(found[1], start=1)}
    since, amount = (found.cell(2, by_name[name]) for name in (texts.SINCE, texts.AMOUNT))
    assert since.is_date
    assert amount.data_type == "n"
    assert "€" in amount.number_format


def test_the_head_is_bold_stays_in_sight_and_filters() -> None:
    found = sheet(texts.SHEET_LIST, attendee(), attendee())
    assert all(cell.font.b for cell in found[1])
    assert found.freeze_panes == "B2"
    assert found.auto_filter.ref == "A1:N3"
    assert found.column_dimensions["C"].width > len("an@sluis.example")


DANGEROUS = ["=1+1", '=HYPERLINK("https://evil.example";"klik")', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1",
             " =1+1", "=", "#N/A", "#REF!", "=cmd|' /C calc'!A0", "\n=1+1"]  # fmt: skip


@pytest.mark.parametrize("typed", DANGEROUS)
def test_what_people_typed_never_runs(typed: str) -> None:
    found = sheet(texts.SHEET_LIST, attendee(typed, remark=typed, reason=typed, session=typed))
    cells = [cell for cell in found[2] if isinstance(cell.value, str)]
    assert len(cells) == 8
    assert {cell.data_type for cell in cells} == {"s"}
    name = found["A2"]
    assert str(name.value).strip() == typed.strip()
    assert name.quotePrefix == typed.strip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("typed", DANGEROUS)
def test_nowhere_in_the_file_is_there_a_formula(typed: str) -> None:
    made = spreadsheet(replace(MEETING, title=typed), [attendee(typed, session=typed, remark=typed)], NOW)
    with zipfile.ZipFile(BytesIO(made)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/")]
    assert len(sheets) == 2
    assert not [one for one in sheets if b"<f>" in one or b"<f " in one or b't="e"' in one]


def test_characters_that_a_workbook_can_not_hold_are_left_out() -> None:
    found = row(attendee("A\x00n\x07 \x1bPee\ud800\x1fters\uffff", remark="een\r\ntwee\x0bdrie"))
    assert found[texts.NAME] == "An Peeters"
    assert found[texts.REMARK] == "een\ntwee\ndrie"


def test_emoji_and_accents_stay() -> None:
    assert row(attendee("Zoë 👩‍🏫 Ñúñez"))[texts.NAME] == "Zoë 👩‍🏫 Ñúñez"


def test_a_remark_longer_than_a_cell_is_cut() -> None:
    assert row(attendee(remark="x" * 40_000))[texts.REMARK] == "x" * 32_767


def test_a_list_without_anybody_is_a_workbook_too() -> None:
    found = book()
    assert found.sheetnames == ["Deelnemers", "Totalen"]
    assert (texts.COMING, 0) in totals()


def test_totals_count_by_status_organisation_and_session() -> None:
    guest = Person(2, "Gust Aerts", "gust@elders.example", Role.EXTERNAL)
    found = totals(
        attendee(session="Regio Noord"),
        attendee(session="Regio Noord"),
        attendee(status=RegistrationStatus.EXCUSED, session=None),
        attendee(status=RegistrationStatus.WAITLISTED, queue=1),
        Attendee(guest, RegistrationStatus.REGISTERED),
    )
    assert (texts.COMING, 3) in found
    assert found[found.index((texts.STATUS, texts.NUMBER)) :] == [
        (texts.STATUS, texts.NUMBER),
        ("ingeschreven", 3),
        ("op de wachtlijst", 1),
        ("verontschuldigd", 1),
        (texts.ORGANISATION, texts.COMING),
        ("CLB De Sluis", 2),
        (texts.WITHOUT_ORGANISATION, 1),
        (texts.SESSION, texts.COMING),
        ("Regio Noord", 2),
        (texts.WITHOUT_SESSION, 1),
    ]


def test_every_status_has_its_word() -> None:
    assert set(texts.STATUSES) == set(RegistrationStatus)


def test_a_thousand_people_stand_in_order() -> None:
    found = sheet(texts.SHEET_LIST, *(attendee(f"Deelnemer {number}") for number in range(1_000)))
    assert [found.cell(number, 1).value for number in (2, 501, 1_001)] == [
        "Deelnemer 0",
        "Deelnemer 499",
        "Deelnemer 999",
    ]
