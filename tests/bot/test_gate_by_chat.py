"""A text in which somebody can be recognised: only its author sees it, and nothing is kept before they chose."""

import logging
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

import pytest

from dialogs.conversations import gate
from dialogs.texts import gate as texts
from dialogs.texts import general, outbox, planning
from dialogs.texts import registering as enrolment
from tests.bot.acquaintances import greeted, met
from tests.bot.connector import CHANNEL, JONAS, NELE, Posted, Teams
from tests.bot.edges import until
from tests.bot.lists import (
    EMRE,
    HOMEWORK,
    Query,
    buttons,
    hears,
    meeting_id,
    person_id,
    presses,
    says,
    status,
)

CANNOT = "ik kan niet komen op 3 december"
CHILD = f"{CANNOT} omdat mijn dochter Lien ziek is"
NEUTRAL = "mijn dochter ziek is"
ASK = "vraag aan Nele of mijn dochter Lien mee mag"
REGISTER = "85.07.30-033-28"
CANARY = "Zonnewijzer"


KNOWN = (JONAS, NELE)


@pytest.fixture(scope="module")
def filled_database(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same file with their chats known."""
    return greeted(filled_database, tmp_path_factory.mktemp("greeted"), KNOWN)


@pytest.fixture
def network(teams: Teams, query: Query) -> Teams:
    """A Teams in which the bot knows the chats of an ambassador and of the coordinator."""
    return met(teams, query, KNOWN)


def reasons(query: Query) -> list[object]:
    """The reasons that are kept."""
    return [row[0] for row in query("SELECT reason FROM registrations WHERE reason IS NOT NULL AND reason <> ''")]


def proposed(posted: Posted, field: str) -> str:
    """What stands in the field of a card."""
    return str({one.get("id"): one.get("value") for one in posted.card["body"]}[field])


# In one's own chat


async def test_the_excuse_counts_and_only_its_reason_is_held_back(network: Teams, query: Query) -> None:
    told = await hears(network, JONAS, CHILD)
    assert "mijn dochter **Lien** ziek is" in told.text
    assert (status(query, JONAS), reasons(query)) == ("excused", [])
    assert (proposed(told, "reason"), buttons(told)) == (NEUTRAL, [texts.BUTTON_KEEP, texts.BUTTON_DROP])


async def test_the_proposal_is_kept_by_the_button(network: Teams, query: Query) -> None:
    told = await hears(network, JONAS, CHILD)
    kept = await presses(network, JONAS, told, texts.BUTTON_KEEP, reason=NEUTRAL)
    assert (kept.text, reasons(query)) == (enrolment.REASON_TOLD, [NEUTRAL])


async def test_the_proposal_is_kept_by_a_typed_yes(network: Teams, query: Query) -> None:
    await says(network, JONAS, CHILD)
    assert await says(network, JONAS, "ja, doe maar") == enrolment.REASON_TOLD
    assert reasons(query) == [NEUTRAL]


async def test_a_second_yes_is_about_nothing(network: Teams) -> None:
    await says(network, JONAS, CHILD)
    await says(network, JONAS, "ja")
    assert await says(network, JONAS, "ja") == general.YES_TO_WHAT


async def test_after_the_button_a_yes_is_about_nothing(network: Teams, query: Query) -> None:
    told = await hears(network, JONAS, CHILD)
    await presses(network, JONAS, told, texts.BUTTON_KEEP, reason="ziek kind")
    assert await says(network, JONAS, "ja") == general.YES_TO_WHAT
    assert reasons(query) == ["ziek kind"]


async def test_after_a_restart_the_button_still_knows(
    network: Teams, query: Query, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = await hears(network, JONAS, CHILD)
    monkeypatch.setattr(gate, "_proposed", OrderedDict())
    assert await says(network, JONAS, "ja") == texts.PRESS_THE_BUTTON
    await presses(network, JONAS, told, texts.BUTTON_KEEP, reason=NEUTRAL)
    assert reasons(query) == [NEUTRAL]


async def test_what_is_reworded_and_still_tells_may_be_kept_by_choice(network: Teams, query: Query) -> None:
    told = await hears(network, JONAS, CHILD)
    again = await presses(network, JONAS, told, texts.BUTTON_KEEP, reason="Lien heeft griep")
    assert reasons(query) == []
    assert buttons(again) == [texts.BUTTON_KEEP, texts.BUTTON_KEEP_SO, texts.BUTTON_DROP]
    assert proposed(again, "reason") == "Lien heeft griep"
    await presses(network, JONAS, again, texts.BUTTON_KEEP_SO, reason="Lien heeft griep")
    assert reasons(query) == ["Lien heeft griep"]


async def test_that_choice_may_be_typed(network: Teams, query: Query) -> None:
    told = await hears(network, JONAS, CHILD)
    assert await says(network, JONAS, "toch zo bewaren") == texts.REWORD_FIRST
    await presses(network, JONAS, told, texts.BUTTON_KEEP, reason="Lien heeft griep")
    await says(network, JONAS, "toch zo bewaren")
    assert reasons(query) == ["Lien heeft griep"]


async def test_a_register_number_is_never_kept(network: Teams, query: Query) -> None:
    told = await hears(network, JONAS, f"{CANNOT} omdat {REGISTER} ziek is")
    again = await presses(network, JONAS, told, texts.BUTTON_KEEP, reason=f"nummer {REGISTER}")
    assert texts.NEVER in again.text
    assert buttons(again) == [texts.BUTTON_KEEP, texts.BUTTON_DROP]
    forged = {**told.button(texts.BUTTON_KEEP), "reason": f"nummer {REGISTER}", "chosen": True}
    await network.press(JONAS, JONAS.chat, forged)
    assert reasons(query) == []


@pytest.mark.parametrize("said", ["laat maar", "nee"])
async def test_it_can_be_dropped_by_a_word(network: Teams, query: Query, said: str) -> None:
    await says(network, JONAS, CHILD)
    assert await says(network, JONAS, said) == texts.DROPPED
    assert await says(network, JONAS, "ja") == general.YES_TO_WHAT
    assert (status(query, JONAS), reasons(query)) == ("excused", [])


async def test_it_can_be_dropped_by_a_button(network: Teams, query: Query) -> None:
    told = await hears(network, JONAS, CHILD)
    assert (await presses(network, JONAS, told, texts.BUTTON_DROP)).text == texts.DROPPED
    assert await says(network, JONAS, "ja") == general.YES_TO_WHAT
    assert reasons(query) == []


async def test_a_question_in_between_is_answered_and_the_proposal_waits(network: Teams, query: Query) -> None:
    await says(network, JONAS, CHILD)
    assert "Bovenzaal" in await says(network, JONAS, "waar is de intervisie van 3 december?")
    await says(network, JONAS, "ja")
    assert reasons(query) == [NEUTRAL]


async def test_a_reason_that_is_typed_afterwards_is_held_back_too(network: Teams, query: Query) -> None:
    await says(network, JONAS, CANNOT)
    assert "**Lien**" in await says(network, JONAS, "omdat mijn dochter Lien ziek is")
    await says(network, JONAS, "ja")
    assert reasons(query) == [NEUTRAL]


async def test_of_others_too_the_coordinator_excuses_them_and_words_the_reason(network: Teams, query: Query) -> None:
    await says(network, NELE, "Emre kan niet komen op 3 december omdat zijn zoon Lars ziek is")
    told = await hears(network, NELE, "ja")
    assert "**Lars**" in told.text
    assert (status(query, EMRE), reasons(query)) == ("excused", [])
    await says(network, NELE, "ja")
    assert reasons(query) == ["zijn zoon ziek is"]


# In company


async def test_in_a_channel_only_the_author_hears_what_it_is(network: Teams, query: Query) -> None:
    told = await network.say(JONAS, CHANNEL, CHILD)
    public = [one.text for one in told if one.conversation != JONAS.chat.conversation]
    assert len(public) == 1
    assert texts.DELETE_IT in public[0]
    assert "Lien" not in public[0]
    assert "**Lien**" in network.texts_in(JONAS.chat)[-1]
    await says(network, JONAS, "ja")
    assert reasons(query) == [NEUTRAL]


async def test_a_yes_of_somebody_else_in_the_channel_keeps_nothing(network: Teams, query: Query) -> None:
    await network.say(JONAS, CHANNEL, CHILD)
    await network.say(NELE, CHANNEL, "ja")
    assert reasons(query) == []


async def test_what_is_only_asked_alarms_nobody(network: Teams) -> None:
    told = await network.say(JONAS, CHANNEL, "komt Lien Zomers (14) naar de intervisie van 3 december?")
    assert not [one for one in told if texts.DELETE_IT in one.text or texts.PROPOSAL in one.text]


# Every place where one writes


async def test_a_question_for_the_coordinator_waits_for_other_words(network: Teams, query: Query) -> None:
    told = await hears(network, JONAS, ASK)
    assert (query("SELECT count(*) FROM asked"), proposed(told, "text")) == ([(0,)], "of mijn dochter mee mag")
    await presses(network, JONAS, told, texts.BUTTON_PASS_ON, text="of mijn dochter mee mag")
    await until(lambda: network.texts_in(NELE.chat))
    assert [row[0] for row in query("SELECT question FROM asked")] == ["of mijn dochter mee mag"]


async def test_pressed_twice_it_is_asked_once(network: Teams, query: Query) -> None:
    told = await hears(network, JONAS, ASK)
    data = {**told.button(texts.BUTTON_PASS_ON), "text": "mag mijn dochter mee?"}
    await network.press(JONAS, JONAS.chat, data)
    await network.press(JONAS, JONAS.chat, data)
    assert query("SELECT count(*) FROM asked") == [(1,)]


async def test_the_words_of_a_frequent_question_come_one_by_one(network: Teams, query: Query) -> None:
    await says(network, JONAS, "vraag aan Nele of er parking is")
    await until(lambda: network.texts_in(NELE.chat))
    asked = next(one for one in network.posted if one.conversation == NELE.chat.conversation and one.card)
    typed = {"answer": "ja", "faq": "true", "wording": "Mag Lien mee?", "also": "Mag Milan mee?"}
    first = await presses(network, NELE, asked, outbox.BUTTON_ANSWER, **typed)
    second = await presses(network, NELE, first, texts.BUTTON_PASS_ON, wording="Mag Lien mee?")
    third = await presses(network, NELE, second, texts.BUTTON_KEEP_SO, wording="Mag Lien mee?")
    assert "**Milan**" in third.text
    assert texts.BUTTON_KEEP_SO not in buttons(third)
    await presses(network, NELE, third, texts.BUTTON_PASS_ON, also="Mag een jongere mee?")
    assert query("SELECT question, also FROM questions WHERE question LIKE '%Lien%'") == [
        ("Mag Lien mee?", '["Mag een jongere mee?"]')
    ]


async def test_an_announcement_is_shown_with_a_warning_before_it_is_drafted(network: Teams, query: Query) -> None:
    told = await hears(network, NELE, "stuur naar iedereen: Lien (14) is terug op school")
    assert query("SELECT count(*) FROM announcements") == [(0,)]
    assert texts.BUTTON_KEEP_SO in buttons(told)
    draft = await hears(network, NELE, "ja")
    assert "Lien" not in draft.text
    assert outbox.IS_THAT_RIGHT in draft.text


async def test_an_announcement_may_be_kept_as_it_is_with_that_said(network: Teams, query: Query) -> None:
    said = "Lien (14) is terug op school"
    told = await hears(network, NELE, f"stuur naar iedereen: {said}")
    draft = await presses(network, NELE, told, texts.BUTTON_KEEP_SO, text=said)
    assert texts.STILL_IN_IT in draft.text
    assert [row[0] for row in query("SELECT text FROM announcements")] == [said]


async def test_a_remark_waits_for_other_words(network: Teams, query: Query) -> None:
    remark = {"who": str(person_id(query, EMRE)), "remark": "brengt zijn zoon Lars mee"}
    data = {"action": "note_remark", "meeting": meeting_id(query, HOMEWORK), **remark}
    told = (await network.press(NELE, NELE.chat, data))[-1]
    assert "**Lars**" in told.text
    await presses(network, NELE, told, texts.BUTTON_KEEP, remark="brengt zijn zoon mee")
    assert [row[0] for row in query("SELECT remark FROM registrations WHERE remark IS NOT NULL")] == [
        "brengt zijn zoon mee"
    ]


async def test_a_change_of_a_meeting_waits_for_other_words(network: Teams, query: Query) -> None:
    values = {"description": "Over Lien (14)", "practical": "Soep voorzien"}
    data = {"action": "change_meeting", "meeting": meeting_id(query, HOMEWORK), "values": values, "nonce": "een"}
    told = (await network.press(NELE, NELE.chat, data))[-1]
    found = f"SELECT description, practical FROM meetings WHERE key = '{HOMEWORK}'"
    assert "**Lien**" in told.text
    assert query(found)[0][1] != "Soep voorzien"
    await presses(network, NELE, told, texts.BUTTON_KEEP, text="Over een jongere")
    assert query(found) == [("Over een jongere", "Soep voorzien")]


async def test_of_two_texts_of_a_meeting_each_is_chosen_by_itself(network: Teams, query: Query) -> None:
    values = {"description": "Over Lien (14)", "practical": "Breng Milan (15) mee"}
    data = {"action": "change_meeting", "meeting": meeting_id(query, HOMEWORK), "values": values, "nonce": "een"}
    first = (await network.press(NELE, NELE.chat, data))[-1]
    second = await presses(network, NELE, first, texts.BUTTON_KEEP_SO, text=proposed(first, "text"))
    assert {"**Lien**" in one.text for one in (first, second)} == {True, False}
    await presses(network, NELE, second, texts.BUTTON_KEEP_SO, text=proposed(second, "text"))
    assert query(f"SELECT description, practical FROM meetings WHERE key = '{HOMEWORK}'") == [
        ("Over Lien (14)", "Breng Milan (15) mee")
    ]


async def test_why_a_meeting_is_cancelled_waits_for_other_words(network: Teams, query: Query) -> None:
    asked = await hears(network, NELE, "annuleer de intervisie van 3 december")
    told = await presses(network, NELE, asked, planning.BUTTON_CANCEL, why="Lien (14) is ziek")
    cancelled = f"SELECT cancelled_at IS NOT NULL, cancelled_why FROM meetings WHERE key = '{HOMEWORK}'"
    assert query(cancelled) == [(0, None)]
    await presses(network, NELE, told, texts.BUTTON_KEEP, why="ziekte")
    assert query(cancelled) == [(1, "ziekte")]


async def test_a_rule_s_text_waits_for_other_words(network: Teams, query: Query) -> None:
    told = await hears(network, NELE, "zet in de herinnering voor intervisies: breng Lien (14) mee")
    assert not query("SELECT value FROM rules WHERE value LIKE '%Lien%'")
    sure = await presses(network, NELE, told, texts.BUTTON_KEEP, text="breng iedereen mee")
    assert "breng iedereen mee" in sure.text
    await says(network, NELE, "ja")
    assert query("SELECT value FROM rules WHERE name = 'reminder_text'") == [("breng iedereen mee",)]


async def test_a_session_s_title_waits_for_other_words(network: Teams, query: Query) -> None:
    data = {"action": "add_session", "meeting": meeting_id(query, "netwerkdag-voorjaar"), "title": "Casus Lien (14)"}
    told = (await network.press(NELE, NELE.chat, data))[-1]
    await network.press(NELE, NELE.chat, {**told.button(texts.BUTTON_KEEP), "title": "Casus"})
    assert not query("SELECT title FROM sessions WHERE title LIKE '%Lien%'")
    assert query("SELECT count(*) FROM sessions WHERE title = 'Casus'") == [(1,)]


# It is nowhere


class Kept(logging.Handler):
    """Keeps all that is logged."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.written: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record down."""
        self.written.append(logging.Formatter().format(record))


@pytest.fixture
def log() -> Iterator[Kept]:
    """Everything of the bot that is logged during the test, however little it matters."""
    handler, ours = Kept(), [logging.getLogger(name) for name in ("bot", "dialogs", "storage")]
    levels = [one.level for one in ours]
    for one in ours:
        one.addHandler(handler)
        one.setLevel(logging.DEBUG)
    yield handler
    for one, level in zip(ours, levels, strict=True):
        one.removeHandler(handler)
        one.setLevel(level)


def kept_in(database: Path) -> bytes:
    """All that is in the database's files."""
    return b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*"))


SAID = [
    (JONAS, f"{CANNOT} omdat mijn dochter Lien {CANARY} ziek is"),
    (JONAS, f"vraag aan Nele of mijn dochter Lien {CANARY} mee mag"),
    (NELE, f"Emre kan niet komen op 3 december omdat zijn zoon Lars {CANARY} ziek is"),
    (NELE, f"stuur naar iedereen: Lien {CANARY} (14) is terug"),
    (NELE, f"zet in de herinnering voor intervisies: breng Lien {CANARY} (14) mee"),
    (NELE, f"annuleer de intervisie van 3 december want Lien {CANARY} (14) is ziek"),
]


@pytest.mark.parametrize("where", ["chat", "channel"])
async def test_the_text_is_in_no_log_and_no_table(network: Teams, database: Path, log: Kept, where: str) -> None:
    for who, said in SAID:
        network.quiet()
        await network.say(who, who.chat if where == "chat" else CHANNEL, said)
        if CANARY not in "".join(network.texts_in(who.chat)):
            await says(network, who, "ja")
        assert CANARY in "".join(network.texts_in(who.chat)), said
        await says(network, who, "laat maar")
    assert CANARY not in "".join(log.written)
    assert CANARY.encode() not in kept_in(database)


async def test_nor_when_its_author_cannot_be_reached(network: Teams, database: Path, log: Kept) -> None:
    network.mute.add(JONAS.chat.conversation)
    told = await network.say(JONAS, CHANNEL, SAID[0][1])
    assert texts.DELETE_IT in told[-1].text
    assert "private answer not delivered" in "".join(log.written)
    assert CANARY not in "".join([*log.written, *(one.text for one in told)])
    assert CANARY.encode() not in kept_in(database)


async def test_nor_when_the_turn_fails(
    network: Teams, database: Path, log: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "gate_card", None)
    await network.say(JONAS, JONAS.chat, SAID[0][1])
    assert "turn failed" in "".join(log.written)
    assert CANARY not in "".join(log.written)
    assert CANARY.encode() not in kept_in(database)
