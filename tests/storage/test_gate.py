"""The gate for free texts: what identifies somebody is written down nowhere before its author chose."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio

from storage.database import Database
from storage.domain.identifying import Identifier
from storage.domain.meetings import MeetingKind
from storage.domain.people import Viewer
from storage.domain.planning import as_new
from storage.domain.refusals import IdentifiesSomebody
from storage.domain.registrations import RegistrationStatus
from storage.domain.sessions import NewSession
from storage.services.announcements import FaqEntry
from storage.services.gate import Use, check, passed
from storage.services.house import House
from storage.unit_of_work import Units
from tests.conftest import NOW
from tests.storage.support import ROOS, TARIK, bring, everything, network, person, the_meeting, viewer

CHILD = "mijn dochter Lien is ziek"
REGISTER = "zijn nummer is 85.07.30-033-28"
IBAN = "BE68 5390 0754 7034"


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """One database is enough: what is asked of it is the same on each."""
    return sqlite_database


@pytest_asyncio.fixture(loop_scope="session")
async def roos(house: House) -> Viewer:
    """The coordinator of a network."""
    await bring(house, network())
    return await viewer(house, ROOS)


async def stopped(database: Database, text: str, use: Use = Use.ABOUT_PEOPLE) -> set[Identifier]:
    """What of a text is stopped."""
    try:
        await Units(database).read(lambda unit: check(unit, text, "text", use))
    except IdentifiesSomebody as refusal:
        return {one.what for one in refusal.found}
    return set()


async def kept(database: Database, text: str, **how: Any) -> str:
    """What passes."""
    return await Units(database).read(lambda unit: passed(unit, text, "text", **how))


# What passes


async def test_a_colleague_is_called_by_first_name(database: Database, roos: Viewer) -> None:
    assert await stopped(database, "mag Tarik mee naar de intervisie?") == set()


async def test_beside_an_age_a_first_name_may_be_a_childs(database: Database, roos: Viewer) -> None:
    assert await stopped(database, "Tarik (14) komt niet meer naar school") >= {Identifier.NAME, Identifier.AGE}


async def test_in_a_case_a_first_name_of_a_colleague_counts(database: Database, roos: Viewer) -> None:
    assert await stopped(database, "Tarik blijft thuis", Use.CASE) == {Identifier.NAME}


async def test_a_harmless_text_passes_tidied_with_its_lines(database: Database, roos: Viewer) -> None:
    assert await kept(database, "  ik ben   ziek\n\n ook\x00 morgen ") == "ik ben ziek\n\nook morgen"


async def test_an_empty_text_passes(database: Database, roos: Viewer) -> None:
    assert await kept(database, " \n ") == ""


async def test_what_was_found_is_told_and_the_text_is_in_no_message(database: Database, roos: Viewer) -> None:
    with pytest.raises(IdentifiesSomebody) as raised:
        await kept(database, CHILD)
    refusal = raised.value
    assert [(refusal.text[one.start : one.end], one.what) for one in refusal.found] == [("Lien", Identifier.NAME)]
    assert (refusal.text, refusal.field, refusal.may_keep, str(refusal)) == (CHILD, "text", True, "text")


async def test_the_network_s_own_people_and_organisations_are_no_finding(database: Database, roos: Viewer) -> None:
    assert await stopped(database, "Tarik Aydin van School Strandpad komt in mijn plaats") == set()


async def test_in_a_case_they_are(database: Database, roos: Viewer) -> None:
    assert Identifier.NAME in await stopped(database, "Tarik Aydin van School Strandpad", Use.CASE)


async def test_what_its_author_chose_to_keep_passes(database: Database, roos: Viewer) -> None:
    assert await kept(database, CHILD, chosen=True) == CHILD
    assert await kept(database, CHILD, case=True, chosen=True) == CHILD


async def test_of_several_texts_only_the_chosen_ones_pass(database: Database, roos: Viewer) -> None:
    assert await kept(database, CHILD, chosen="title text") == CHILD
    with pytest.raises(IdentifiesSomebody):
        await kept(database, CHILD, chosen="title")


@pytest.mark.parametrize("text", [REGISTER, f"Lien Peeters, {IBAN}"], ids=["register_number", "iban"])
@pytest.mark.parametrize("case", [True, False], ids=["case", "elsewhere"])
async def test_some_things_never_pass(database: Database, roos: Viewer, text: str, case: bool) -> None:
    with pytest.raises(IdentifiesSomebody) as raised:
        await kept(database, text, case=case, chosen=True)
    assert not raised.value.may_keep


async def test_in_a_case_no_phone_ever_passes_but_elsewhere_it_may(database: Database, roos: Viewer) -> None:
    text = "bel naar 0470 12 34 56"
    assert await kept(database, text, chosen=True) == text
    with pytest.raises(IdentifiesSomebody) as raised:
        await kept(database, text, case=True, chosen=True)
    assert not raised.value.may_keep


# What coordinators write about meetings


@pytest.mark.parametrize(
    "text",
    [
        "Gastspreker: An Verlinden (Vzw Golfslag), an.verlinden@golfslag.example of 0470 12 34 56",
        "We komen samen in de Kerkstraat 12, 9999 Zandrade",
        "Voor wie werkt met 14-jarigen",
        f"Betaal vooraf op {IBAN}",
        "Met An Verlinden van het Sint-Jozefcollege",
    ],
)
async def test_speakers_places_and_whom_to_reach_are_work(database: Database, roos: Viewer, text: str) -> None:
    assert await stopped(database, text, Use.WORK) == set()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Casus: Lien (14) komt niet meer", {Identifier.NAME, Identifier.AGE}),
        ("Lien van het Sint-Jozefcollege spijbelt", {Identifier.NAME, Identifier.SCHOOL}),
        (REGISTER, {Identifier.REGISTER_NUMBER}),
        (f"Betaal aan Lien Peeters, {IBAN}", {Identifier.IBAN}),
    ],
)
async def test_a_child_is_not(database: Database, roos: Viewer, text: str, what: set[Identifier]) -> None:
    assert await stopped(database, text, Use.WORK) == what


# Every text that there is


async def _excuse(house: House, roos: Viewer, text: str) -> object:
    meeting, tarik = await the_meeting(house), await viewer(house, TARIK)
    assert tarik.person is not None
    return await house.registrations.excuse(meeting.id, tarik.person.id, tarik, NOW, text)


async def _remark(house: House, roos: Viewer, text: str) -> object:
    return await house.attendance.remark((await the_meeting(house)).id, (await person(house, TARIK)).id, text, roos)


async def _ask(house: House, roos: Viewer, text: str) -> object:
    return await house.asking.ask(text, await viewer(house, TARIK), NOW)


async def _announce(house: House, roos: Viewer, text: str) -> object:
    return await house.announcements.draft(text, roos, False, NOW)


async def _plan(house: House, roos: Viewer, text: str) -> object:
    new = as_new(await the_meeting(house, by=roos))
    return await house.planning.create_all([replace(new, title="Nieuw", description=text)], roos, NOW)


async def _change(house: House, roos: Viewer, text: str) -> object:
    return await house.planning.change((await the_meeting(house)).id, {"themes": ("rust", text)}, roos, NOW)


async def _cancel(house: House, roos: Viewer, text: str) -> object:
    return await house.planning.cancel((await the_meeting(house)).id, roos, NOW, text)


async def _session(house: House, roos: Viewer, text: str) -> object:
    return await house.sessions.add_session((await the_meeting(house)).id, NewSession(text), roos, NOW)


async def _rule(house: House, roos: Viewer, text: str) -> None:
    await house.invitations.set_rule(MeetingKind.INTERVISIE, "invitation_text", text, roos)


async def _rules(house: House, roos: Viewer, text: str) -> None:
    await house.invitations.set_rules(MeetingKind.INTERVISIE, {"nudge_text": text}, roos)


async def _rule_to_confirm(house: House, roos: Viewer, text: str) -> object:
    return await house.invitations.draft_rule(None, "reminder_text", text, roos)


Write = Callable[[House, Viewer, str], Awaitable[object]]
WRITES = [
    _excuse,
    _remark,
    _ask,
    _announce,
    _plan,
    _change,
    _cancel,
    _session,
    _rule,
    _rules,
    _rule_to_confirm,
]


@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.__name__)
async def test_nothing_is_written_of_a_text_that_tells_of_a_child(house: House, roos: Viewer, write: Write) -> None:
    before = await everything(house)
    with pytest.raises(IdentifiesSomebody):
        await write(house, roos, "Lien (14) van hier")
    assert await everything(house) == before


@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.__name__)
async def test_a_harmless_one_is_written(house: House, roos: Viewer, write: Write) -> None:
    before = await everything(house)
    await write(house, roos, "Rust en groepsdruk")
    assert await everything(house) != before


async def test_an_excuse_without_its_reason_still_counts(house: House, roos: Viewer) -> None:
    await _excuse(house, roos, "")
    tarik = await person(house, TARIK)
    standing = await house.registrations.standing(tarik, await the_meeting(house))
    assert standing is not None
    assert standing.status is RegistrationStatus.EXCUSED


@pytest.mark.parametrize(
    ("answer", "faq", "field"),
    [
        ("Lien (14) mag mee", None, "answer"),
        ("ja", FaqEntry("Mag Lien mee?"), "wording"),
        ("ja", FaqEntry("Mag een jongere mee?", ("Mag Lien mee?",)), "also"),
        ("ja", FaqEntry(""), "wording"),
    ],
    ids=["answer", "wording", "also", "as_it_was_asked"],
)
async def test_of_an_answer_each_text_is_looked_at(
    house: House, roos: Viewer, answer: str, faq: FaqEntry | None, field: str
) -> None:
    await house.asking.ask("mag Lien mee?", await viewer(house, TARIK), NOW, "sleutel", chosen=True)
    before = await everything(house)
    with pytest.raises(IdentifiesSomebody) as raised:
        await house.asking.answer(1, answer, roos, NOW, faq)
    assert raised.value.field == field
    assert await everything(house) == before
