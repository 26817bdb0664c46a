"""Reports that somebody wrote: what becomes of their lines beside what was noted, and when they come again."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select

from storage.domain.delivered import lines_of, parted
from storage.domain.minutes import Deadline, Decision, Item, Minutes, Source
from storage.domain.people import Viewer
from storage.domain.refusals import MeetingCancelled, NoSuchMeeting, NotCoordinator, ReportApproved
from storage.domain.report_cases import Cases
from storage.domain.report_merging import ALIKE, likeness
from storage.domain.reports import LONGEST_LINE, Line, LineKind, NewLine, Origin, Present
from storage.services.house import House
from storage.tables.agenda import AgendaPointRow
from storage.tables.reports import ReportLineRow, ReportSourceRow
from tests.conftest import NOW
from tests.storage.proposals import filled, here, id_of, miel, roos, tarik
from tests.storage.reporting import (
    ACTION,
    DECISION,
    DURING,
    MORNING_AFTER,
    Written,
    a_case,
    approve,
    deliver,
    note,
    post,
    register,
    texts,
    whole,
)
from tests.storage.support import MEMBER, change, rows

__all__ = ["filled", "here"]

FRIDAY = date(2026, 12, 18)
MARCH = date(2027, 3, 11)


def a_report() -> Written:
    """A report with something of everything."""
    found = Written().present("Tarik Aydin", organisation="De Helm", role="ambassadeur").present("Noor Claes")
    found = found.excused("Miel Baert", replaces="Ilse Moens").point(
        "1", "Rust in de klas", "We bespraken wat rust brengt."
    )
    found = found.decided("We starten in januari met time-out op school", "1")
    found = found.to_do("mailt het CLB", "1", owner="Tarik", due=FRIDAY)
    found = found.point("2", "Vervoer", "Er was geen tijd voor vervoer.").decided(
        "Iedereen brengt een voorbeeld mee", marked=False
    )
    found = found.deadline("Inschrijven kan tot 18 december", FRIDAY).carried("Vervoer", "2027-03")
    return found.next("11 maart 2027 bij De Helm", MARCH).topic("NAFT en CLB samen")


async def line_of(house: House, kind: LineKind, place: int = 0) -> Line:
    """A line of the report, by its kind."""
    return [one for one in (await whole(house)).lines if one.kind is kind][place]


# --- what stands in it


async def test_every_item_is_a_line_with_its_place_in_the_text(here: House) -> None:
    written = a_report()
    found = await deliver(here, written, await roos(here))
    assert [(one.kind.value, one.text) for one in found.lines] == [
        ("attendee", "Tarik Aydin"),
        ("attendee", "Noor Claes"),
        ("excused", "Miel Baert"),
        ("point", "Rust in de klas"),
        ("discussion", "We bespraken wat rust brengt."),
        ("decision", "We starten in januari met time-out op school"),
        ("action", "mailt het CLB"),
        ("point", "Vervoer"),
        ("discussion", "Er was geen tijd voor vervoer."),
        ("decision", "Iedereen brengt een voorbeeld mee"),
        ("date", "Inschrijven kan tot 18 december"),
        ("carried", "Vervoer"),
        ("next", "11 maart 2027 bij De Helm"),
        ("topic", "NAFT en CLB samen"),
    ]
    (source,) = await rows(here, select(ReportSourceRow.id, ReportSourceRow.text, ReportSourceRow.name))
    assert source[1:] == (written.text, "verslag.docx")
    for one in found.lines:
        assert (one.source_id, one.origin) == (source[0], Origin.REPORT)
        assert one.text in written.text[one.starts : one.ends]


async def test_lines_keep_their_point_their_day_and_whether_they_are_certain(here: House) -> None:
    found = await deliver(here, a_report(), await roos(here))
    action = found.of(ACTION)[0]
    assert (action.item, action.item_title, action.owner, action.due) == ("1", "Rust in de klas", "Tarik", FRIDAY)
    assert [(one.certain, one.doubtful) for one in found.of(DECISION)] == [(True, False), (False, True)]
    assert [one.due for one in found.of(LineKind.DATE, LineKind.NEXT)] == [FRIDAY, MARCH]
    assert found.of(LineKind.CARRIED)[0].until == "2027-03"
    assert [one.number for one in found.lines if one.number] == [1, 2, 3, 4, 5, 6, 7]


async def test_who_was_there_is_as_the_report_lists_them(here: House) -> None:
    who = await tarik(here)
    await register(here, who, await miel(here))
    found = await deliver(here, a_report(), await roos(here))
    assert who.person is not None
    assert found.present == (
        Present("Tarik Aydin", "De Helm", "ambassadeur", person_id=who.person.id),
        Present("Noor Claes"),
    )
    assert [(one.name, one.replaces, one.organisation) for one in found.excused] == [("Miel Baert", "Ilse Moens", "")]
    assert found.others == 0


async def test_a_sub_point_belongs_to_the_last_point_before_it_that_has_its_letter(here: House) -> None:
    written = (
        Written().point("1", "Vervoer").point("a", "Bus", parent=0).point("2", "Rust").point("a", "Gang", parent=2)
    )
    found = await deliver(here, written.decided("We kiezen voor stilte", "a"), await roos(here))
    assert found.of(DECISION)[0].item_title == "Gang"


async def test_a_long_body_is_cut_into_paragraphs_that_stand_in_the_text(here: House) -> None:
    body = " ".join(f"Zin nummer {number} over rust in de klas." for number in range(100))
    found = await deliver(here, Written().point("1", "Rust", body), await roos(here))
    parts = [one.text for one in found.of(LineKind.DISCUSSION)]
    assert len(parts) > 2
    assert max(map(len, parts)) <= LONGEST_LINE
    assert all(one.endswith(".") for one in parts)
    assert " ".join(parts) == body


@pytest.mark.parametrize("text", ["x" * 2500, "woord " * 500, "Een.\n\n  \nTwee.\n \nDrie " + "a" * 1200, "", " \n "])
def test_a_body_of_any_shape_is_cut_without_losing_a_word(text: str) -> None:
    parts = [one.of(text) for one in parted(text, Source(0, len(text)))]
    assert all(one == one.strip() and 0 < len(one) <= LONGEST_LINE for one in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("body", "decided", "left"),
    [
        ("We praten.\n\nBesluit: we starten", ["we starten"], ["We praten."]),
        ("Besluiten:\n- we starten\n- we stoppen in mei.", ["we starten", "we stoppen in mei"], []),
        ("We praten lang. Besluit: we starten", ["we starten"], ["We praten lang. Besluit: we starten"]),
        ("Besluit: we starten, na lang praten", ["we starten"], ["Besluit: we starten, na lang praten"]),
    ],
)
def test_a_paragraph_that_only_says_what_was_decided_is_not_told_twice(
    body: str, decided: list[str], left: list[str]
) -> None:
    places = [Source(body.index(one), body.index(one) + len(one)) for one in decided]
    found = [Decision(text, place, "1", marked=True) for text, place in zip(decided, places, strict=True)]
    item = Item("1", "Rust", Source(0, 0), Source(0, len(body)))
    lines = lines_of(Minutes(items=(item,), decisions=tuple(found)), body, Cases())
    assert [one.text for one in lines if one.kind is LineKind.DISCUSSION] == left
    assert [one.text for one in lines if one.kind is DECISION] == decided


async def test_an_empty_report_leaves_everything_as_it_was(here: House) -> None:
    await note(here, await roos(here), "We starten")
    await here.reports.deliver(await id_of(here), "leeg.txt", "", Minutes(), await roos(here), MORNING_AFTER)
    assert await texts(here) == ["We starten"]


# --- who may


@pytest.mark.parametrize(("who", "refusal"), [(tarik, NotCoordinator), (MEMBER, NotCoordinator)])
async def test_only_who_may_correct_delivers(here: House, who: object, refusal: type[Exception]) -> None:
    await register(here, await tarik(here))
    with pytest.raises(refusal):
        await deliver(here, a_report(), who if isinstance(who, Viewer) else await tarik(here))
    assert await texts(here) == []


async def test_an_import_is_nobodys(here: House) -> None:
    found = await deliver(here, a_report(), None)
    assert {one.by_id for one in found.lines} == {None}
    with pytest.raises(NoSuchMeeting):
        await here.reports.deliver(2**40, "x", "", Minutes(), None, NOW)


async def test_an_approved_report_does_not_change(here: House) -> None:
    await approve(here)
    with pytest.raises(ReportApproved):
        await deliver(here, a_report(), None)
    assert await rows(here, select(ReportSourceRow.id)) == []


async def test_that_of_a_cancelled_meeting_is_refused(here: House) -> None:
    meeting_id, written = await id_of(here), a_report()
    await here.planning.cancel(meeting_id, await roos(here), NOW)
    with pytest.raises(MeetingCancelled):
        await here.reports.deliver(meeting_id, "x", written.text, written.minutes, None, NOW)


# --- beside the notes


async def test_a_note_that_says_the_same_is_merged_and_stays_certain(filled: House) -> None:
    who = await roos(filled)
    line = await note(filled, who, "we starten met time-out in januari")
    other = await note(filled, who, "We kopen een bel")
    found = await deliver(filled, a_report(), who)
    decisions = found.of(DECISION)
    assert [(one.id, one.text) for one in decisions if one.origin is Origin.NOTE] == [
        (line.id, "We starten in januari met time-out op school"),
        (other.id, "We kopen een bel"),
    ]
    assert [one.text for one in decisions][1:] == ["Iedereen brengt een voorbeeld mee", "We kopen een bel"]
    assert (decisions[0].certain, decisions[0].item_title, decisions[0].starts is None) == (
        True,
        "Rust in de klas",
        False,
    )


async def test_a_note_gives_what_the_report_leaves_out(here: House) -> None:
    who = await roos(here)
    await note(here, who, "mailt het CLB", ACTION, owner="Tarik", due=FRIDAY)
    await deliver(here, Written().to_do("mailt het CLB", marked=False), who)
    action = await line_of(here, ACTION)
    assert (action.owner, action.due, action.certain) == ("Tarik", FRIDAY, True)


async def test_what_who_corrects_typed_keeps_its_words(here: House) -> None:
    who = await roos(here)
    line = await here.reports.add(
        await id_of(here), NewLine(DECISION, "We starten in januari met time-out"), who, DURING
    )
    found = await deliver(here, a_report(), who)
    assert found.of(DECISION)[0].text == line.text
    assert len(found.of(DECISION)) == 2


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("We starten in januari met time-out", "We starten in januari niet met time-out"),
        ("We houden 3 sessies", "We houden 4 sessies"),
        ("Er komt geen vervoer", "Er komt vervoer"),
        ("We kopen een bel", "We kopen een boek voor de bibliotheek"),
        ("Akkoord", "Niet akkoord"),
    ],
)
def test_what_says_something_else_is_not_merged(text: str, other: str) -> None:
    for one, two in ((text, other), (other, text)):
        assert likeness(Line(1, DECISION, one), NewLine(DECISION, two)) < ALIKE


@pytest.mark.parametrize(
    ("kind", "text", "other"),
    [
        (DECISION, "time-out starten in januari", "We starten in januari met time-out op school"),
        (DECISION, "Budget goedgekeurd.", "Het budget is goedgekeurd"),
        (ACTION, "mailt het CLB over de datum", "Mailt het CLB over de datums"),
        (LineKind.ATTENDEE, "An", "An Peeters"),
        (LineKind.TOPIC, "NAFT", "NAFT?"),
    ],
)
def test_what_says_the_same_in_other_words_is_merged(kind: LineKind, text: str, other: str) -> None:
    for one, two in ((text, other), (other, text)):
        assert likeness(Line(1, kind, one), NewLine(kind, two)) >= ALIKE


def test_a_next_meeting_on_the_same_day_is_the_same_and_another_person_is_not() -> None:
    day = Line(1, LineKind.NEXT, "volgende keer bij ons", due=MARCH)
    assert likeness(day, NewLine(LineKind.NEXT, "11 maart 2027", due=MARCH)) >= ALIKE
    assert likeness(day, NewLine(LineKind.NEXT, "volgende keer bij ons", due=FRIDAY)) == 0
    assert likeness(Line(1, ACTION, "mailt", owner="An"), NewLine(ACTION, "mailt", owner="Piet")) == 0


# --- again


async def test_the_same_text_again_changes_nothing(filled: House) -> None:
    who = await roos(filled)
    await deliver(filled, a_report(), who)
    await post(filled)
    first = await filled.reports.report(await id_of(filled), who)
    again = await deliver(filled, a_report(), who, MORNING_AFTER + timedelta(days=1))
    assert again.lines == first.lines
    assert again.standing.version == 1
    assert len(await rows(filled, select(ReportSourceRow.id))) == 1


async def test_delivered_twice_at_once_it_is_taken_in_once(filled: House) -> None:
    who = await roos(filled)
    await asyncio.gather(*(deliver(filled, a_report(), who) for _ in range(4)))
    assert len((await whole(filled)).lines) == 14
    assert len(await rows(filled, select(ReportSourceRow.id))) == 1


async def test_a_newer_one_takes_the_place_of_what_nobody_corrected(filled: House) -> None:
    who = await roos(filled)
    first = await deliver(filled, a_report(), who)
    newer = Written().point("1", "Rust in de klas").decided("We starten in januari met time-out", "1")
    found = await deliver(filled, newer, who)
    assert [one.text for one in found.lines] == ["Rust in de klas", "We starten in januari met time-out"]
    assert found.of(DECISION)[0].id == first.of(DECISION)[0].id  # so that what refers to it still does
    assert [one.id for one in (await deliver(filled, a_report(), who)).lines] == [one.id for one in first.lines]


async def test_what_was_corrected_or_taken_away_stays_so_when_it_comes_again(here: House) -> None:
    who, meeting_id = await roos(here), await id_of(here)
    first = await deliver(here, a_report(), who)
    decided, action, topic = (first.of(kind)[0] for kind in (DECISION, ACTION, LineKind.TOPIC))
    await here.reports.change(meeting_id, decided.id, {"text": "Later beslissen we dat"}, who, MORNING_AFTER)
    await here.reports.remove(meeting_id, action.id, who, MORNING_AFTER)
    await here.reports.change(meeting_id, topic.id, {"certain": False}, who, MORNING_AFTER)
    again = Written().decided("Eerst dit.")
    for written in (a_report().decided("Nog een beslissing over de bel"), a_report().topic("Muziek"), again):
        found = await deliver(here, written, who)
        said = [one.text for one in found.lines]
        assert "Later beslissen we dat" in said
        assert "We starten in januari met time-out op school" not in said
        assert "mailt het CLB" not in said
        assert said.count("NAFT en CLB samen") == 1


async def test_after_the_report_come_the_notes_that_it_does_not_have(here: House) -> None:
    who = await roos(here)
    for text in ("Een bel kopen", "Taart bakken"):
        await note(here, who, text)
    found = await deliver(here, a_report(), who)
    assert [one.text for one in found.lines][-2:] == ["Een bel kopen", "Taart bakken"]
    assert [one.position for one in found.lines] == list(range(16))


# --- cases, and what identifies somebody


def with_a_case(title: str) -> Written:
    """A report in which a case is discussed, with sub-points and with items that do not say where they belong."""
    found = Written().point("1", "Rust", "We bespraken rust.").point("2", title, "Het gezin wil rust. We luisteren.")
    found = found.point("a", "Vragen", "Wie belt de ouders?", parent=1).to_do("belt de ouders", "a", owner="Tarik")
    found = found.decided("We vragen een time-out aan", "2").point("3", "Varia").decided("We kopen een bel", "3")
    return found.carried(title, "2027-03")


@pytest.mark.parametrize(
    "title", ["Casusbespreking", "Casus De Helm", "Niet meer naar school durven", "Naar school durven, niet meer"]
)
async def test_what_stands_under_a_case_is_private(filled: House, title: str) -> None:
    await a_case(filled, "Niet meer naar school durven")
    found = await deliver(filled, with_a_case(title), await roos(filled))
    assert {one.text for one in found.lines if one.private} == {
        title,
        "Het gezin wil rust. We luisteren.",
        "Vragen",
        "Wie belt de ouders?",
        "belt de ouders",
        "We vragen een time-out aan",
    }
    assert {one.text for one in found.lines if not one.private} == {
        "Rust",
        "We bespraken rust.",
        "Varia",
        "We kopen een bel",
    }


async def test_what_stands_in_the_place_of_a_case_is_private_also_when_it_has_no_number(here: House) -> None:
    text = "Casus\nWe vragen een time-out aan. Voor 18 december."
    whole_body = Source(6, len(text))
    written = Written().point("1", "Casus")
    written.text = text
    minutes = written.minutes
    item = minutes.items[0]
    place = Source(6, 33)
    minutes = replace(
        minutes,
        items=(replace(item, source=Source(0, 5), body=whole_body),),
        decisions=(Decision("We vragen een time-out aan", place),),
        deadlines=(Deadline("Voor 18 december", FRIDAY, Source(34, 51)),),
    )
    found = await here.reports.deliver(await id_of(here), "x", text, minutes, await roos(here), MORNING_AFTER)
    assert [one.private for one in found.lines] == [True] * 4


async def test_a_title_that_is_nearer_to_another_point_is_no_case(here: House) -> None:
    await a_case(here, "Rust")
    values = {"meeting_id": await id_of(here), "position": 1, "title": "Rust in de klas", "state": "accepted"}
    await change(here, insert(AgendaPointRow).values(**values))
    found = await deliver(here, Written().point("1", "Rust in de klas").point("2", "Rust"), await roos(here))
    assert [one.private for one in found.lines] == [False, True]


async def test_what_may_identify_a_child_is_private_and_to_be_confirmed(here: House) -> None:
    written = Written().point("1", "Rust", "Jonas, 12 jaar, woont in Zandrade.\n\nWe bespraken rust.")
    written = written.decided("Tarik Aydin belt het CLB", "1")
    found = await deliver(here, written, await roos(here))
    assert [(one.text[:5], one.private, one.certain) for one in found.lines] == [
        ("Rust", False, True),
        ("Jonas", True, False),
        ("We be", False, True),
        ("Tarik", False, True),
    ]


async def test_under_a_title_that_may_identify_somebody_all_is_private(here: House) -> None:
    written = Written().point("1", "Overleg over Jonas, 12 jaar").decided("We vragen een time-out aan", "1")
    found = await deliver(here, written, await roos(here))
    assert [(one.private, one.certain) for one in found.lines] == [(True, False)] * 2


async def test_a_note_that_the_report_has_under_a_case_becomes_private(here: House) -> None:
    line = await note(here, await roos(here), "We vragen een time-out aan")
    await deliver(here, with_a_case("Casus"), await roos(here))
    found = next(one for one in (await whole(here)).lines if one.id == line.id)
    assert (found.private, found.item_title) == (True, "Casus")


async def test_nothing_of_a_line_is_lost_that_was_written(filled: House) -> None:
    await deliver(filled, a_report(), await roos(filled))
    kept = await rows(filled, select(ReportLineRow.kind, ReportLineRow.data).where(ReportLineRow.kind == "attendee"))
    assert kept[0][1] == {"organisation": "De Helm", "role": "ambassadeur"}
