"""Announcements of a coordinator and questions to the coordinator: to whom they go, and who may decide what."""

from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select

from storage.domain.announcements import LONGEST_TEXT, AnnouncementState
from storage.domain.notices import POSTING_CHANNEL, to_person
from storage.domain.people import Viewer
from storage.domain.places import Place, PlaceKind
from storage.domain.refusals import (
    AlreadyAnswered,
    AlreadyDecided,
    NobodyToTell,
    NoChannelChosen,
    NoSuchAnnouncement,
    NoSuchQuestion,
    NotCoordinator,
    NothingSaid,
    NotKnown,
    Refusal,
    TooLong,
)
from storage.services.announcements import ANNOUNCEMENT, ANSWER, KEPT, QUESTION, FaqEntry
from storage.services.house import House
from storage.tables.announcements import AnnouncementRow, AskedRow
from storage.tables.network import QuestionRow
from storage.tables.notices import NoticeRow
from tests.conftest import NOW
from tests.storage.support import ANS, MEMBER, MIEL, ROOS, STRANGER, TARIK, bring, network, person, rows, viewer

CHANNEL = Place("19:kanaal", PlaceKind.CHANNEL, "https://teams.example/emea/", None, "19:team")
MARIE = "marie@duinen.example"


@pytest_asyncio.fixture(loop_scope="session")
async def roos(house: House) -> Viewer:
    """A coordinator; Marie is another one."""
    file = network()
    file["people"].append({"name": "Marie Devos", "email": MARIE, "organisation": "De Helm", "role": "coordinator"})
    await bring(house, file)
    return await viewer(house, ROOS)


async def planned(house: House, kind: str) -> list[Any]:
    """The targets and timings of the notices of a kind."""
    statement = select(NoticeRow.target, NoticeRow.timing).where(NoticeRow.kind == kind).order_by(NoticeRow.id)
    return [tuple(one) for one in await rows(house, statement)]


async def targets(house: House, *emails: str) -> set[str]:
    """The targets of these people."""
    return {to_person((await person(house, email)).id) for email in emails}


# Announcements


async def test_one_goes_to_all_but_its_author_and_those_who_are_explored(house: House, roos: Viewer) -> None:
    drafted, count = await house.announcements.draft("hallo", roos, False, NOW)
    assert count == 3
    assert await planned(house, ANNOUNCEMENT) == []
    assert await house.announcements.send(drafted.id, roos, NOW) == 3
    sent = await planned(house, ANNOUNCEMENT)
    assert {target for target, _ in sent} == await targets(house, TARIK, ANS, MARIE)
    assert {timing for _, timing in sent} == {"normal"}


async def test_sent_at_once_it_does_not_wait_for_sending_hours(house: House, roos: Viewer) -> None:
    drafted, _ = await house.announcements.draft("hallo", roos, False, NOW)
    await house.announcements.send(drafted.id, roos, NOW, urgent=True)
    assert {timing for _, timing in await planned(house, ANNOUNCEMENT)} == {"urgent"}


async def test_one_for_the_channel_is_posted_there(house: House, roos: Viewer) -> None:
    with pytest.raises(NoChannelChosen):
        await house.announcements.draft("hallo", roos, True, NOW)
    await house.places.post_here(CHANNEL, roos)
    drafted, count = await house.announcements.draft("hallo", roos, True, NOW)
    assert (count, await house.announcements.send(drafted.id, roos, NOW)) == (0, 1)
    assert await planned(house, ANNOUNCEMENT) == [(POSTING_CHANNEL, "normal")]


async def test_only_its_author_decides_and_only_once(house: House, roos: Viewer) -> None:
    drafted, _ = await house.announcements.draft("hallo", roos, False, NOW)
    marie, tarik = await viewer(house, MARIE), await viewer(house, TARIK)
    for other, refusal in ((marie, NoSuchAnnouncement), (tarik, NotCoordinator), (STRANGER, NotCoordinator)):
        with pytest.raises(refusal):
            await house.announcements.send(drafted.id, other, NOW)
        with pytest.raises(refusal):
            await house.announcements.drop(drafted.id, other)
    await house.announcements.drop(drafted.id, roos)
    with pytest.raises(AlreadyDecided):
        await house.announcements.send(drafted.id, roos, NOW)
    assert await planned(house, ANNOUNCEMENT) == []
    found = await house.announcements.get(drafted.id)
    assert found is not None
    assert found.state is AnnouncementState.DROPPED


async def test_one_that_does_not_exist_is_refused(house: House, roos: Viewer) -> None:
    with pytest.raises(NoSuchAnnouncement):
        await house.announcements.send(2_147_483_647, roos, NOW)


@pytest.mark.parametrize(("text", "refusal"), [("", NothingSaid), (" \n\t", NothingSaid), ("x" * 4001, TooLong)])
async def test_an_announcement_says_something_that_one_reads(
    house: House, roos: Viewer, text: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        await house.announcements.draft(text, roos, False, NOW)


async def test_nobody_but_a_coordinator_announces(house: House, roos: Viewer) -> None:
    for other in (await viewer(house, TARIK), MEMBER, STRANGER):
        with pytest.raises(NotCoordinator):
            await house.announcements.draft("hallo", other, False, NOW)


# Questions to the coordinator


async def test_a_question_goes_to_every_coordinator_at_once(house: House, roos: Viewer) -> None:
    told = await house.asking.ask("  is er parking? ", await viewer(house, TARIK), NOW)
    assert {one.email for one in told} == {ROOS, MARIE}
    sent = await planned(house, QUESTION)
    assert {target for target, _ in sent} == await targets(house, ROOS, MARIE)
    assert {timing for _, timing in sent} == {"urgent"}


async def test_a_coordinator_asks_the_others(house: House, roos: Viewer) -> None:
    assert [one.email for one in await house.asking.ask("is er parking?", roos, NOW)] == [MARIE]


async def test_a_coordinator_alone_has_nobody_to_ask(house: House) -> None:
    await bring(house, network())
    with pytest.raises(NobodyToTell):
        await house.asking.ask("is er parking?", await viewer(house, ROOS), NOW)


async def test_who_is_not_known_asks_nothing(house: House, roos: Viewer) -> None:
    for other in (MEMBER, STRANGER):
        with pytest.raises(NotKnown):
            await house.asking.ask("is er parking?", other, NOW)


async def test_the_first_answer_goes_to_the_asker_and_counts(house: House, roos: Viewer) -> None:
    asked_id = await one_question(house)
    answered = await house.asking.answer(asked_id, "ja", roos, NOW)
    assert (answered.answer, answered.answered_by) == ("ja", roos.person)
    with pytest.raises(AlreadyAnswered):
        await house.asking.answer(asked_id, "nee", await viewer(house, MARIE), NOW)
    assert await planned(house, ANSWER) == [((await targets(house, TARIK)).pop(), "urgent")]
    kept = await house.asking.get(asked_id)
    assert kept is not None
    assert kept.answer == "ja"


async def one_question(house: House, text: str = "is er parking?", chosen: bool = False) -> int:
    """The id of a question of Tarik's."""
    await house.asking.ask(text, await viewer(house, TARIK), NOW, chosen=chosen)
    return int((await rows(house, select(AskedRow.id)))[-1][0])


@pytest.mark.parametrize(("answer", "refusal"), [(" ", NothingSaid), ("x" * (LONGEST_TEXT + 1), TooLong)])
async def test_an_answer_that_is_none_leaves_the_question_open(
    house: House, roos: Viewer, answer: str, refusal: type[Refusal]
) -> None:
    asked_id = await one_question(house)
    with pytest.raises(refusal):
        await house.asking.answer(asked_id, answer, roos, NOW)
    assert await planned(house, ANSWER) == []
    await house.asking.answer(asked_id, "ja", roos, NOW)


async def test_only_a_coordinator_answers_and_only_what_was_asked(house: House, roos: Viewer) -> None:
    asked_id = await one_question(house)
    for other in (await viewer(house, TARIK), await viewer(house, MIEL), MEMBER, STRANGER):
        with pytest.raises(NotCoordinator):
            await house.asking.answer(asked_id, "ja", other, NOW)
    with pytest.raises(NoSuchQuestion):
        await house.asking.answer(asked_id + 1, "ja", roos, NOW)


async def test_a_ticked_answer_is_asked_frequently_from_then_on(house: House, roos: Viewer) -> None:
    asked_id = await one_question(house, "is er\nparking?")
    await house.asking.answer(
        asked_id, "ja, gratis", roos, NOW, FaqEntry(" Is er  parking aan de school? ", ("is er\nparking?", " "))
    )
    found = await rows(house, select(QuestionRow.question, QuestionRow.also, QuestionRow.answer))
    assert ("Is er parking aan de school?", ["is er parking?"], "ja, gratis") in found


async def test_only_the_words_that_the_coordinator_sends_are_asked_frequently(house: House, roos: Viewer) -> None:
    asked_id = await one_question(house, "mag de mama van Sander ook komen?", chosen=True)
    await house.asking.answer(asked_id, "ja", roos, NOW, FaqEntry("Mogen ouders komen?"))
    found = await rows(house, select(QuestionRow.question, QuestionRow.also))
    assert ("Mogen ouders komen?", []) in found
    assert "Sander" not in str(found)


async def test_an_answer_under_a_known_wording_renews_it(house: House, roos: Viewer) -> None:
    await house.asking.answer(
        await one_question(house), "ja", roos, NOW, FaqEntry("Hoe doe ik mee?", ("is er parking?",))
    )
    found = await rows(house, select(QuestionRow.question, QuestionRow.also, QuestionRow.answer))
    assert found == [("Hoe doe ik mee?", ["Kan ik meedoen?", "is er parking?"], "ja")]


async def test_what_is_old_is_forgotten(house: House, roos: Viewer) -> None:
    await one_question(house)
    await house.announcements.draft("hallo", roos, False, NOW)
    await house.announcements.forget_old(NOW + KEPT - timedelta(minutes=1))
    assert len(await rows(house, select(AskedRow.id))) == len(await rows(house, select(AnnouncementRow.id))) == 1
    await house.announcements.forget_old(NOW + KEPT + timedelta(minutes=1))
    assert await rows(house, select(AskedRow.id)) == await rows(house, select(AnnouncementRow.id)) == []


# Odd text


@pytest.mark.parametrize("odd", ["a\x00b", "a\ud800b", "\x00"], ids=["nul", "surrogate", "only_nul"])
async def test_text_that_no_database_keeps_is_no_error(house: House, roos: Viewer, odd: str) -> None:
    text = f"parking {odd}"
    await house.announcements.draft(text, roos, False, NOW)
    asked_id = await one_question(house, text)
    answered = await house.asking.answer(asked_id, text, roos, NOW, FaqEntry(text))
    assert (answered.question or "").startswith("parking")
    assert "\x00" not in (answered.answer or "")
