"""What the bot can't answer goes to the coordinator, and the answer comes back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.teams.messenger import plain
from dialogs.texts import general
from dialogs.texts import outbox as texts
from dialogs.texts.refusals import SENTENCES
from storage.domain.refusals import AlreadyAnswered, NoSuchQuestion, NotCoordinator, NothingSaid, NotKnown, TooLong
from tests.bot.acquaintances import greeted, met
from tests.bot.connector import CHANNEL, JONAS, JORIS, KATRIEN, MIRA, NELE, Json, Posted, Teams, User
from tests.bot.edges import until

Query = Callable[[str], list[tuple[object, ...]]]

STRANGE = "wat is de hoofdstad van Frankrijk?"
ASK = "vraag aan Nele of er parking is"
BUTTON = "Vraag het aan Nele"
PASSED_ON = "Ik geef het door aan Nele. Zodra er een antwoord is, hoor je het van mij."


KNOWN = (NELE, JONAS, KATRIEN)


@pytest.fixture(scope="module")
def filled_database(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same file with their chats known."""
    return greeted(filled_database, tmp_path_factory.mktemp("greeted"), KNOWN)


@pytest.fixture
def network(teams: Teams, query: Query) -> Teams:
    """A Teams where the bot knows the chats of the coordinator and two others."""
    return met(teams, query, KNOWN)


def coordinates(query: Query, user: User) -> None:
    """Make somebody a coordinator too."""
    query(f"UPDATE people SET role = 'coordinator' WHERE email = '{user.mail}'")
    query("UPDATE network SET revision = revision + 1")


def buttons(posted: Posted) -> list[str]:
    """The titles of the buttons under a message."""
    return [action["title"] for action in posted.card.get("actions", [])]


async def asked(teams: Teams, text: str = ASK, to: User = NELE) -> Posted:
    """What the coordinator gets when Jonas has something asked."""
    await teams.say(JONAS, JONAS.chat, text)
    await until(lambda: received(teams, to))
    return received(teams, to)[0]


def received(teams: Teams, who: User) -> list[Posted]:
    """The questions in somebody's chat."""
    return [one for one in teams.posted if one.conversation == who.chat.conversation and "Jonas Claerhout" in one.text]


async def answer(teams: Teams, who: User, card: Posted, text: str = "Ja, gratis.", **more: str) -> list[str]:
    """What somebody hears who answers."""
    data = {**card.button("Antwoorden"), "answer": text, **more}
    return [one.text for one in await teams.press(who, who.chat, data) if one.conversation == who.chat.conversation]


# Asking


async def test_below_what_is_not_understood_one_can_ask_the_coordinator(network: Teams) -> None:
    refused = (await network.say(JONAS, JONAS.chat, STRANGE))[0]
    assert buttons(refused)[-1] == BUTTON
    told = await network.press(JONAS, JONAS.chat, refused.button(BUTTON))
    assert told[0].text == PASSED_ON
    await until(lambda: network.texts_in(NELE.chat))
    assert network.texts_in(NELE.chat) == [f"Jonas Claerhout (De Vuurtoren) vraagt:\n\n> {STRANGE}"]


async def test_unpressed_nobody_is_told(network: Teams, query: Query) -> None:
    await network.say(JONAS, JONAS.chat, STRANGE)
    assert query("SELECT count(*) FROM asked") == query("SELECT count(*) FROM notices") == [(0,)]


async def test_the_coordinator_is_not_offered_to_ask_herself(network: Teams) -> None:
    assert BUTTON not in buttons((await network.say(NELE, NELE.chat, STRANGE))[0])
    assert (await network.say(NELE, NELE.chat, ASK))[0].text == texts.ASK_YOURSELF


async def test_who_is_not_known_is_not_offered_to_ask(network: Teams, query: Query) -> None:
    refused = (await network.say(MIRA, CHANNEL, STRANGE))[0]
    assert BUTTON not in buttons(refused)
    await network.say(MIRA, CHANNEL, ASK)
    assert SENTENCES[NotKnown] in network.texts_in(MIRA.chat)
    pressed = {"action": "ask_coordinator", "text": "iets", "nonce": "n"}
    await network.press(MIRA, CHANNEL, pressed)
    await network.press(JORIS, JORIS.chat, pressed)
    assert query("SELECT count(*) FROM asked") == [(0,)]


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        (ASK, "vraagt:\n\n> of er parking is"),
        (
            "vraag aan de coördinator: mag mijn collega mee? Ze is nieuw.",
            "vraagt:\n\n> mag mijn collega mee? Ze is nieuw.",
        ),
        ("laat Nele weten dat ik wat later kom", "laat weten:\n\n> dat ik wat later kom"),
        ("vraag aan Nele: *vet* [hier](http://x.example)", "vraagt:\n\n> \\*vet\\* \\[hier\\](http://x.example)"),
    ],
    ids=["whether", "colon", "tell", "markdown"],
)
async def test_typed_it_is_passed_on_too(network: Teams, said: str, quoted: str) -> None:
    assert (await asked(network, said)).text == plain(f"Jonas Claerhout (De Vuurtoren) {quoted}")
    assert network.texts_in(JONAS.chat) == [PASSED_ON]


async def test_without_a_question_the_bot_asks_for_it(network: Teams) -> None:
    for said in ("vraag aan Nele", "ik heb een vraag voor Nele", "kan je dat aan Nele vragen?"):
        assert (await network.say(JONAS, JONAS.chat, said))[0].text == texts.ASK_WHAT.format(name="Nele")


async def test_a_question_that_is_too_long_is_refused(network: Teams, query: Query) -> None:
    told = await network.say(JONAS, JONAS.chat, ASK + " x" * 2000)
    assert [one.text for one in told] == [SENTENCES[TooLong]]
    assert query("SELECT count(*) FROM asked") == [(0,)]


async def test_in_a_channel_no_button_keeps_what_tells_of_somebody(network: Teams) -> None:
    (answer_,) = await network.say(JONAS, CHANNEL, "blabla Yassine (15) blabla")
    assert "Yassine" not in str(answer_.activity)


async def test_asked_in_a_channel_the_answer_comes_in_person(network: Teams) -> None:
    await network.say(JONAS, CHANNEL, ASK)
    await until(lambda: received(network, NELE))
    await answer(network, NELE, received(network, NELE)[0])
    await until(lambda: network.texts_in(JONAS.chat))
    assert network.texts_in(CHANNEL) == [PASSED_ON]


# Answering


async def test_the_answer_comes_back_with_the_question(network: Teams) -> None:
    card = await asked(network)
    assert await answer(network, NELE, card, "Ja.\n\nAchteraan, *gratis*") == ["Je antwoord is onderweg naar Jonas."]
    await until(lambda: len(network.texts_in(JONAS.chat)) == 2)
    assert network.texts_in(JONAS.chat)[1] == (
        "**Nele** antwoordt op “of er parking is”:\n\n> Ja.\n\n> Achteraan, \\*gratis\\*"
    )


async def test_once_answered_the_card_shows_the_answer_to_all_coordinators(network: Teams, query: Query) -> None:
    coordinates(query, KATRIEN)
    card = await asked(network)
    await until(lambda: received(network, KATRIEN))
    await answer(network, NELE, card)
    await until(lambda: len(network.updates) == 2)
    shown = {one.conversation: one for one in network.updates}
    assert set(shown) == {NELE.chat.conversation, KATRIEN.chat.conversation}
    assert {one.id for one in network.updates} == {card.id, received(network, KATRIEN)[0].id}
    assert shown[KATRIEN.chat.conversation].text.endswith("Beantwoord door Nele Verhaegen:\n\n> Ja, gratis.")
    assert "actions" not in shown[KATRIEN.chat.conversation].card


async def test_the_second_answer_is_refused(network: Teams, query: Query) -> None:
    coordinates(query, KATRIEN)
    card = await asked(network)
    await answer(network, NELE, card)
    assert await answer(network, KATRIEN, card, "Nee!") == [SENTENCES[AlreadyAnswered]]
    assert await answer(network, NELE, card, "Toch niet") == [SENTENCES[AlreadyAnswered]]
    assert query("SELECT answer FROM asked") == [("Ja, gratis.",)]


@pytest.mark.parametrize(("text", "refusal"), [("", NothingSaid), (" \n ", NothingSaid)])
async def test_an_empty_answer_can_be_made_up_for(network: Teams, text: str, refusal: type) -> None:
    card = await asked(network)
    assert await answer(network, NELE, card, text) == [SENTENCES[refusal]]
    assert await answer(network, NELE, card) == ["Je antwoord is onderweg naar Jonas."]


async def test_an_answer_that_is_longer_than_the_card_allows_leaves_the_question_open(
    network: Teams, query: Query
) -> None:
    card = await asked(network)
    assert await answer(network, NELE, card, "x" * 4001) == [general.TOO_OLD]
    assert query("SELECT answer FROM asked") == [(None,)]


async def test_only_a_coordinator_answers(network: Teams, query: Query) -> None:
    card = await asked(network)
    assert await answer(network, KATRIEN, card) == [SENTENCES[NotCoordinator]]
    assert await answer(network, JONAS, card) == [SENTENCES[NotCoordinator]]
    assert query("SELECT answer FROM asked") == [(None,)]


@pytest.mark.parametrize("changed", [{"asked": 99_999}, {"asked": 0}, {"asked": "x"}, {"answer": 12}])
async def test_a_card_that_was_tampered_with_answers_nothing(network: Teams, query: Query, changed: Json) -> None:
    data = {**(await asked(network)).button("Antwoorden"), "answer": "ja", **changed}
    told = await network.press(NELE, NELE.chat, data)
    assert [one.text for one in told] in ([SENTENCES[NoSuchQuestion]], [general.TOO_OLD])
    assert query("SELECT answer FROM asked") == [(None,)]


async def test_a_ticked_answer_is_the_bots_from_then_on(network: Teams) -> None:
    refused = (await network.say(JONAS, JONAS.chat, STRANGE))[0]
    await network.press(JONAS, JONAS.chat, refused.button(BUTTON))
    await until(lambda: received(network, NELE))
    wording = "Wat is de hoofdstad van Frankrijk, voor op de quiz?"
    told = await answer(network, NELE, received(network, NELE)[0], "Parijs.", faq="true", wording=wording, also=STRANGE)
    assert told == ["Je antwoord is onderweg naar Jonas, en het staat nu bij de veelgestelde vragen."]
    for question in (STRANGE, wording):
        assert "Parijs." in [one.text for one in await network.say(KATRIEN, KATRIEN.chat, question)]


async def test_unticked_the_bot_learns_nothing(network: Teams, query: Query) -> None:
    before = query("SELECT count(*) FROM questions")
    await answer(network, NELE, await asked(network), faq="false", wording="Is er parking?")
    assert query("SELECT count(*) FROM questions") == before
