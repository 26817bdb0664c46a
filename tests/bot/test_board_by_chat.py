"""The coordinator's board in chat: shown, and arranged by sentence and by button."""

import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.app import running
from bot.settings import Settings
from dialogs.texts import board as texts
from dialogs.texts import experts, general
from dialogs.texts import registering as registering_texts
from dialogs.texts.refusals import SENTENCES
from storage.domain.refusals import NoSuchMeeting, NoSuchPoint, NotCoordinator, NotYours, PointSettled
from tests.bot.boards import (
    BOARD,
    CASE,
    PARENTS,
    PAUSES,
    RULES,
    THEME,
    VARIA,
    WELCOME,
    actions,
    agenda,
    button,
    everything,
    presses,
    put,
    sends,
    state,
    three,
    titles,
    told,
)
from tests.bot.connector import CHANNEL, JORIS, KATRIEN, LOTTE, NELE, SAMIRA, Json, Posted, Teams, teams_on_loopback
from tests.bot.lists import HOMEWORK, MOTIVATION, Query, everybody, hears, meeting_id, person_id, says
from tests.conftest import NOW

pytestmark = pytest.mark.asyncio(loop_scope="module")

_CHANGED = (
    "agenda_supports",
    "agenda_comments",
    "agenda_points",
    "agendas",
    "notices",
    "changes",
    "memories",
    "meetings",
    "people",
)
"""The tables that these tests change."""


@dataclass(frozen=True)
class Stage:
    """One bot and its Teams for all tests of this module, and its database, which each test finds as it was."""

    teams: Teams
    database: Path

    def query(self, statement: str) -> list[tuple[object, ...]]:
        """Run SQL beside the bot."""
        connection = sqlite3.connect(self.database, timeout=20)
        try:
            with connection:
                return connection.execute(statement).fetchall()
        finally:
            connection.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """The stage, on which the bot has met everybody."""
    database = Path(shutil.copy(filled_database, tmp_path_factory.mktemp("stage")))
    settings = Settings(database_url=f"sqlite:///{database}", port=0, starts_at=NOW)
    async with running(settings) as bot, teams_on_loopback() as teams:
        teams.bot_url = bot.url
        await everybody(teams)
        found = Stage(teams, database)
        for table in _CHANGED:
            found.query(f"CREATE TABLE before_{table} AS SELECT * FROM {table}")
        yield found


@pytest.fixture
def query(stage: Stage) -> Iterator[Query]:
    """Runs SQL on the database, which is put back as it was afterwards."""
    yield stage.query
    for table in _CHANGED:
        stage.query(f"DELETE FROM {table}")
    for table in reversed(_CHANGED):
        stage.query(f"INSERT INTO {table} SELECT * FROM before_{table}")


@pytest.fixture
def network(stage: Stage, query: Query) -> Teams:
    """A Teams in which the bot knows everybody's chat."""
    return stage.teams.quiet()


@pytest.fixture
def proposed(query: Query) -> tuple[int, int, int]:
    """Points 6, 7 and 8 of the next intervisie: of Katrien, of Jonas and of Nele herself."""
    return three(query)


# The board


async def test_the_board_shows_the_agenda_with_its_length_and_then_the_proposals(
    network: Teams, query: Query, proposed: tuple[int, int, int]
) -> None:
    query(f"INSERT INTO agenda_supports VALUES ({proposed[0]}, {person_id(query, LOTTE)}, '2026-11-20 10:00:00')")
    query(f"UPDATE agenda_points SET carried = 2, kind = 'theme', minutes = 30 WHERE id = {proposed[0]}")
    shown = await hears(network, NELE, BOARD)
    assert f"{texts.ON_THE_AGENDA} (2 uur en 30 minuten van 2 uur en 30 minuten)" in shown.text
    assert f"2. {THEME} (thema, 60 min., Ann-Sofie Baeten)" in shown.text
    assert f"6. {PAUSES} (thema, 30 min., van Katrien Poelman, 1 × gesteund, 2 × uitgesteld)" in shown.text
    assert "text" not in shown.activity  # the card says it; here it is only what a notification shows
    assert titles(shown).count(texts.BUTTON_OPEN) == 8
    assert {texts.BUTTON_ACCEPT_ALL, texts.BUTTON_COMPOSE} <= set(titles(shown))


async def test_too_long_an_agenda_says_by_how_much(network: Teams, query: Query) -> None:
    query(f"UPDATE agenda_points SET minutes = 35 WHERE title = '{VARIA}'")
    assert "2 uur en 50 minuten van 2 uur en 30 minuten, 20 minuten te veel" in (await hears(network, NELE, BOARD)).text


async def test_others_see_the_agenda_but_no_board(network: Teams, query: Query, proposed: tuple[int, int, int]) -> None:
    shown = await hears(network, KATRIEN, BOARD)
    assert THEME in shown.text
    assert not {texts.BUTTON_OPEN, texts.BUTTON_ACCEPT_ALL} & set(titles(shown))


async def test_in_a_channel_the_board_goes_to_the_coordinator_alone(
    network: Teams, proposed: tuple[int, int, int]
) -> None:
    await network.say(NELE, CHANNEL, BOARD)
    assert network.texts_in(CHANNEL) == [general.ANSWERED_PRIVATELY]
    assert PAUSES in network.texts_in(NELE.chat)[0]


async def test_sixty_points_are_shared_out_over_cards_that_fit(network: Teams, query: Query) -> None:
    for number in range(60):
        put(query, f"{number} " + "é" * 190, KATRIEN, explanation=f"'{'ç' * 2000}'")
    seen: list[int] = []
    page = await hears(network, NELE, BOARD)
    assert "60. " in page.text
    while True:
        assert len(str(page.card).encode()) < 28_000
        seen += [one["data"]["point"] for one in actions(page.card) if one["title"] == texts.BUTTON_OPEN]
        if texts.BUTTON_NEXT not in titles(page):
            break
        page = await presses(network, NELE, page, texts.BUTTON_NEXT)
    assert len(seen) == len(set(seen)) == 65
    opened = await presses(network, NELE, page, texts.BUTTON_OPEN)
    assert opened.card


async def test_an_opened_point_shows_all_of_it_and_what_can_be_done(
    network: Teams, query: Query, proposed: tuple[int, int, int]
) -> None:
    query(f"UPDATE agenda_points SET explanation = 'Wanneer mag wie buiten?' WHERE id = {proposed[0]}")
    opened = await presses(network, NELE, await hears(network, NELE, BOARD), texts.BUTTON_OPEN, 5)
    assert "Wanneer mag wie buiten?" in opened.text
    assert [one["title"] for one in opened.card["actions"]] == [
        texts.BUTTON_ACCEPT,
        texts.BUTTON_DECLINE,
        texts.BUTTON_MERGE,
        texts.BUTTON_ASK,
        texts.BUTTON_MOVE,
        texts.BUTTON_ARRANGE,
    ]


# By sentence


@pytest.mark.parametrize(
    ("said", "states"),
    [
        ("aanvaard punt 6", ("accepted", "proposed", "proposed")),
        ("aanvaard punt 6 en 8", ("accepted", "proposed", "accepted")),
        ("aanvaard alles", ("accepted", "accepted", "accepted")),
        ("weiger punt 7 want te ruim", ("proposed", "declined", "proposed")),
        ("punt 6 en 7 samenvoegen", ("proposed", "merged", "proposed")),
    ],
)
async def test_a_sentence_decides_at_once_and_can_be_undone(
    network: Teams, query: Query, proposed: tuple[int, int, int], said: str, states: tuple[str, ...]
) -> None:
    await says(network, NELE, BOARD)
    done = await hears(network, NELE, said)
    assert tuple(state(query, one) for one in proposed) == states
    await presses(network, NELE, done, texts.BUTTON_UNDO)
    assert {state(query, one) for one in proposed} == {"proposed"}


async def test_what_was_accepted_has_a_number_before_what_closes_the_meeting(
    network: Teams, query: Query, proposed: tuple[int, int, int]
) -> None:
    assert (await says(network, NELE, "aanvaard punt 6")).startswith(
        "'Pauzes' staat op de agenda van de intervisie van donderdag 3 december 2026, als punt 5."
    )
    assert agenda(query) == [WELCOME, THEME, CASE, RULES, PAUSES, VARIA]


@pytest.mark.parametrize(
    "sentence",
    [f"zet {PAUSES.lower()} op de agenda", f"zet da punt van de {PAUSES.lower()} ook maar op de agenda"],
)
async def test_who_arranges_the_agenda_means_the_proposal_that_is_there(
    network: Teams, query: Query, proposed: tuple[int, int, int], sentence: str
) -> None:
    await says(network, NELE, BOARD)
    await says(network, NELE, sentence)
    assert agenda(query) == [WELCOME, THEME, CASE, RULES, PAUSES, VARIA]


async def test_a_reason_is_read_by_who_proposed_it(
    network: Teams, query: Query, proposed: tuple[int, int, int]
) -> None:
    assert "“te ruim”" in await says(network, NELE, "weiger punt 6 want te ruim")
    assert query(f"SELECT declined_why FROM agenda_points WHERE id = {proposed[0]}") == [("te ruim",)]


async def test_a_question_is_passed_on(network: Teams, query: Query, proposed: tuple[int, int, int]) -> None:
    assert "Katrien" in await says(network, NELE, "vraag bij punt 6: over welke leeftijd gaat het?")
    assert query("SELECT point_id, text FROM agenda_comments") == [(proposed[0], "over welke leeftijd gaat het?")]


async def test_what_nobody_else_proposed_can_be_asked_of_nobody(
    network: Teams, query: Query, proposed: tuple[int, int, int]
) -> None:
    for number, title in ((2, THEME), (8, PARENTS)):
        answer = await says(network, NELE, f"vraag bij punt {number}: wat bedoel je?")
        assert answer == texts.NOBODY_PROPOSED.format(title=f"'{title}'")
    assert query("SELECT count(*) FROM agenda_comments") == [(0,)]


@pytest.mark.parametrize(
    ("said", "key"),
    [("verplaats punt 6 naar de intervisie van 4 februari", MOTIVATION), ("zet punt 6 op de plank", None)],
)
async def test_a_point_is_moved(
    network: Teams, query: Query, proposed: tuple[int, int, int], said: str, key: str | None
) -> None:
    await says(network, NELE, BOARD)
    moved = await hears(network, NELE, said)
    where = meeting_id(query, key) if key else None
    assert query(f"SELECT meeting_id, state FROM agenda_points WHERE id = {proposed[0]}") == [(where, "proposed")]
    await presses(network, NELE, moved, texts.BUTTON_UNDO)
    home = meeting_id(query, HOMEWORK)
    assert query(f"SELECT meeting_id, state FROM agenda_points WHERE id = {proposed[0]}") == [(home, "proposed")]


async def test_to_the_next_one_means_the_one_after_that(
    network: Teams, query: Query, proposed: tuple[int, int, int]
) -> None:
    await says(network, NELE, BOARD)
    await says(network, NELE, "verplaats punt 6 naar de volgende intervisie")
    where = query(f"SELECT meeting_id FROM agenda_points WHERE id = {proposed[0]}")
    assert where == [(meeting_id(query, MOTIVATION),)]


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ("punt 3 bovenaan", [CASE, WELCOME, THEME, RULES, VARIA]),
        ("zet punt 2 onderaan", [WELCOME, CASE, RULES, THEME, VARIA]),
        ("zet punt 4 na punt 1", [WELCOME, RULES, THEME, CASE, VARIA]),
        ("zet punt 2 na punt 3", [WELCOME, CASE, THEME, RULES, VARIA]),
        ("zet punt 4 een plaats naar boven", [WELCOME, THEME, RULES, CASE, VARIA]),
        ("punt 4 twee plaatsen hoger", [WELCOME, RULES, THEME, CASE, VARIA]),
    ],
)
async def test_a_point_gets_another_place(network: Teams, query: Query, said: str, after: list[str]) -> None:
    await says(network, NELE, BOARD)
    await says(network, NELE, said)
    assert agenda(query) == after


async def test_who_and_how_long_are_said_in_one_sentence(network: Teams, query: Query) -> None:
    await says(network, NELE, BOARD)
    assert await says(network, NELE, "punt 2: 20 minuten, door griet") == f"'{THEME}': 20 minuten, door Griet Maes."
    assert query(f"SELECT minutes, presenter FROM agenda_points WHERE title = '{THEME}'") == [(20, "Griet Maes")]


@pytest.mark.parametrize("said", ["punt 2: 20 minuten, door Griet", "punt 3 bovenaan"])
async def test_what_was_set_of_a_point_is_set_back(network: Teams, query: Query, said: str) -> None:
    of = f"WHERE meeting_id = {meeting_id(query, HOMEWORK)} ORDER BY position, id"
    values = f"SELECT title, minutes, presenter FROM agenda_points {of}"
    before = query(values)
    await says(network, NELE, BOARD)
    done = await hears(network, NELE, said)
    assert query(values) != before
    await presses(network, NELE, done, texts.BUTTON_UNDO)
    assert query(values) == before


async def test_a_number_that_is_not_there_is_said(network: Teams, query: Query) -> None:
    before = everything(query)
    await says(network, NELE, BOARD)
    assert await says(network, NELE, "aanvaard punt 9") == "Punt 9 is er niet: er zijn er 5."
    assert everything(query) == before


async def test_a_point_of_the_backlog_goes_to_the_next_intervisie(network: Teams, query: Query) -> None:
    point = put(query, PAUSES, KATRIEN, None)
    await says(network, NELE, "wat ligt er nog op de plank?")
    done = await hears(network, NELE, "aanvaard punt 1")
    assert done.text.startswith("'Pauzes' staat op de agenda van de intervisie van donderdag 3 december 2026")
    assert query(f"SELECT meeting_id, state FROM agenda_points WHERE id = {point}") == [
        (meeting_id(query, HOMEWORK), "accepted")
    ]


async def test_what_came_from_the_backlog_goes_back_there_and_one_message_tells_its_proposer(
    network: Teams, query: Query
) -> None:
    point = put(query, PAUSES, KATRIEN, None)
    await says(network, NELE, "wat ligt er nog op de plank?")
    done = await hears(network, NELE, "aanvaard punt 1")
    assert told(query) == ["point_accepted"]
    undone = await presses(network, NELE, done, texts.BUTTON_UNDO)
    assert undone.text == texts.BACK_ON_SHELF.format(titles="'Pauzes'")
    assert query(f"SELECT meeting_id, state FROM agenda_points WHERE id = {point}") == [(None, "proposed")]


async def test_of_several_experts_at_once_each_mail_is_a_button_away(network: Teams, query: Query) -> None:
    for title in ("Steunpunt Leerrecht", "Bednet"):
        put(query, title, KATRIEN, kind="'organisation'")
    await says(network, NELE, BOARD)
    done = await hears(network, NELE, "aanvaard punt 6 en 7")
    mails = [one["title"] for one in done.card["actions"]]
    assert mails == [experts.BUTTON_MAIL.format(title=one) for one in ("Steunpunt Leerrecht", "Bednet")]
    assert "Bednet" in (await presses(network, NELE, done, mails[1])).text


async def test_with_an_expert_on_the_agenda_comes_the_mail_to_invite_them(network: Teams, query: Query) -> None:
    put(query, "Steunpunt Leerrecht uitnodigen", KATRIEN, kind="'organisation'")
    told_ = await says(network, NELE, "aanvaard punt 6")
    assert "als punt 5" in told_
    assert "Steunpunt Leerrecht" in told_.partition("\n\n")[2]
    assert query("SELECT invite FROM agenda_points WHERE kind = 'organisation'") == [("to_invite",)]


@pytest.mark.parametrize(
    "said",
    ["aanvaard punt 6", "weiger punt 6 want te ruim", "punt 6 en 7 samenvoegen", "zet punt 6 op de plank"],
)
async def test_who_does_not_coordinate_hears_no(
    network: Teams, query: Query, proposed: tuple[int, int, int], said: str
) -> None:
    before = everything(query)
    assert await says(network, LOTTE, said) == SENTENCES[NotCoordinator]
    assert everything(query) == before


async def test_who_organises_a_meeting_arranges_its_agenda(
    network: Teams, query: Query, proposed: tuple[int, int, int]
) -> None:
    query(f"UPDATE meetings SET organiser_id = {person_id(query, LOTTE)} WHERE key = '{HOMEWORK}'")
    await says(network, LOTTE, "aanvaard punt 6")
    assert state(query, proposed[0]) == "accepted"


# What the bot asks


async def test_without_a_reason_the_bot_asks_for_one(
    network: Teams, query: Query, proposed: tuple[int, int, int]
) -> None:
    asked = await hears(network, NELE, "weiger punt 6")
    assert asked.text == texts.WHY_NOT.format(titles="'Pauzes'")
    assert state(query, proposed[0]) == "proposed"
    assert "te ruim" in await says(network, NELE, "omdat het te ruim is")
    assert query(f"SELECT state, declined_why FROM agenda_points WHERE id = {proposed[0]}") == [
        ("declined", "het te ruim is")
    ]


@pytest.mark.parametrize(
    ("typed", "after"), [("zonder reden", "declined"), ("laat maar", "proposed"), ("nee", "proposed")]
)
async def test_the_reason_may_be_left_out_or_the_declining_dropped(
    network: Teams, query: Query, proposed: tuple[int, int, int], typed: str, after: str
) -> None:
    await says(network, NELE, "weiger punt 6")
    await says(network, NELE, typed)
    assert state(query, proposed[0]) == after
    await says(network, NELE, "te ruim")
    assert query("SELECT count(*) FROM agenda_points WHERE declined_why IS NOT NULL") == [(0,)]


async def test_the_card_takes_the_reason_too_or_none(
    network: Teams, query: Query, proposed: tuple[int, int, int]
) -> None:
    asked = await hears(network, NELE, "weiger punt 6")
    await presses(network, NELE, asked, texts.BUTTON_LET_BE)
    assert (await hears(network, NELE, "te ruim")).text != registering_texts.LEFT_SO
    assert state(query, proposed[0]) == "proposed"
    await presses(network, NELE, asked, texts.BUTTON_DECLINE, why="te ruim")
    assert query(f"SELECT declined_why FROM agenda_points WHERE id = {proposed[0]}") == [("te ruim",)]


async def test_what_to_ask_may_be_typed_after_it(network: Teams, query: Query, proposed: tuple[int, int, int]) -> None:
    await says(network, NELE, "vraag iets bij punt 6")
    await says(network, NELE, "laat maar")
    await says(network, NELE, "vraag iets bij punt 6")
    assert "De Vuurtoren" in await says(network, NELE, "waar is de intervisie van 3 december?")
    await says(network, NELE, "in welke graad speelt dat")
    assert query("SELECT text FROM agenda_comments") == [("in welke graad speelt dat",)]


async def test_a_question_in_between_leaves_open_where_to_move_it(
    network: Teams, query: Query, proposed: tuple[int, int, int]
) -> None:
    await says(network, NELE, BOARD)
    await says(network, NELE, "verplaats punt 6")
    assert "De Vuurtoren" in await says(network, NELE, "waar is de intervisie van 3 december?")
    await says(network, NELE, "op de plank")
    assert query(f"SELECT meeting_id FROM agenda_points WHERE id = {proposed[0]}") == [(None,)]


@pytest.mark.parametrize(
    ("typed", "key"),
    [("naar de intervisie van 4 februari", MOTIVATION), ("op de plank", None), ("laat maar", HOMEWORK)],
)
async def test_where_to_move_it_may_be_said_after_it(
    network: Teams, query: Query, proposed: tuple[int, int, int], typed: str, key: str | None
) -> None:
    asked = await hears(network, NELE, "verplaats punt 6")
    assert asked.text == texts.MOVE_WHERE.format(titles="'Pauzes'")
    await says(network, NELE, typed)
    where = meeting_id(query, key) if key else None
    assert query(f"SELECT meeting_id FROM agenda_points WHERE id = {proposed[0]}") == [(where,)]


async def test_a_reason_with_a_name_in_it_is_shown_and_not_kept(
    network: Teams, query: Query, proposed: tuple[int, int, int]
) -> None:
    shown = await hears(network, NELE, "weiger punt 6 want het gaat over 85.07.30-033 28")
    assert state(query, proposed[0]) == "proposed"
    kept = await sends(network, NELE, {**button(shown, texts.BUTTON_DECLINE), "why": "te persoonlijk"})
    assert "te persoonlijk" in kept.text
    assert state(query, proposed[0]) == "declined"


# By button


async def opened(network: Teams, query: Query, point: int) -> Posted:
    """The card of one point, for the coordinator."""
    return await sends(network, NELE, {"action": "show_point", "point": point})


async def test_every_button_of_a_point_does_what_it_says(
    network: Teams, query: Query, proposed: tuple[int, int, int]
) -> None:
    first, second, _ = proposed
    card = await opened(network, query, first)
    await presses(network, NELE, card, texts.BUTTON_SAVE, presenter="Griet", minutes=25, position="7")
    row = query(f"SELECT presenter, minutes FROM agenda_points WHERE id = {first}")
    assert row == [("Griet", 25)]
    await presses(network, NELE, card, texts.BUTTON_SEND_QUESTION, text="Welke graad?")
    assert query("SELECT text FROM agenda_comments") == [("Welke graad?",)]
    await presses(network, NELE, card, texts.BUTTON_ACCEPT)
    assert state(query, first) == "accepted"
    await presses(network, NELE, card, texts.BUTTON_UP)
    assert agenda(query).index(PAUSES) == 3
    await presses(network, NELE, card, texts.BUTTON_DO_MERGE, into=str(second))
    assert (state(query, first), state(query, second)) == ("accepted", "merged")  # what is on the agenda remains
    moved = next(one for one in actions(card.card) if one.get("data", {}).get("action") == "move_points")["data"]
    await sends(network, NELE, {**moved, "where": "0"})
    assert query(f"SELECT meeting_id FROM agenda_points WHERE id = {first}") == [(None,)]


async def test_what_belongs_to_every_meeting_is_only_taken_off_or_arranged(network: Teams, query: Query) -> None:
    welcome = int(str(query(f"SELECT min(id) FROM agenda_points WHERE title = '{WELCOME}'")[0][0]))
    card = await opened(network, query, welcome)
    assert [one["title"] for one in card.card["actions"]] == [texts.BUTTON_OFF, texts.BUTTON_ARRANGE]
    done = await presses(network, NELE, card, texts.BUTTON_OFF)
    assert state(query, welcome) == "declined"
    await presses(network, NELE, done, texts.BUTTON_UNDO)
    assert state(query, welcome) == "accepted"


async def test_a_button_pressed_twice_does_it_once(
    network: Teams, query: Query, proposed: tuple[int, int, int]
) -> None:
    card = await opened(network, query, proposed[0])
    for title in (texts.BUTTON_ACCEPT, texts.BUTTON_UP):
        await presses(network, NELE, card, title)
        before, planned = everything(query), told(query)
        await network.press(NELE, NELE.chat, button(card, title))
        assert (everything(query), told(query)) == (before, planned)
    assert told(query) == ["point_accepted"]


async def test_two_coordinators_on_the_same_card_make_one_decision(
    network: Teams, query: Query, proposed: tuple[int, int, int]
) -> None:
    query(f"UPDATE people SET role = 'coordinator' WHERE email = '{SAMIRA.mail}'")
    card = await opened(network, query, proposed[0])
    accept = button(card, texts.BUTTON_ACCEPT)
    decline = button(card, texts.BUTTON_DECLINE)
    answers = await network.together(
        [
            {**network.activity(NELE, NELE.chat, "message"), "value": accept},
            {**network.activity(SAMIRA, SAMIRA.chat, "message"), "value": {**accept, "nonce": "other"}},
        ]
    )
    assert len(answers) == 2
    assert (state(query, proposed[0]), told(query)) == ("accepted", ["point_accepted"])
    await sends(network, SAMIRA, {**decline, "nonce": "a", "why": "te ruim"})
    late = await sends(network, NELE, {**accept, "nonce": "b"})
    assert late.text == SENTENCES[PointSettled]


@pytest.mark.parametrize(
    "data",
    [
        {"action": "decide_points", "accept": [0]},
        {"action": "decide_points", "reopen": [0], "put_back": [0]},
        {"action": "decline_points", "points": [0], "why": "nee"},
        {"action": "merge_point", "point": 0, "into": "0"},
        {"action": "ask_point", "point": 0, "text": "wat?"},
        {"action": "move_points", "points": [0], "where": "0"},
        {"action": "arrange_point", "point": 0, "minutes": 5, "presenter": "Ik"},
        {"action": "nudge_point", "point": 0},
        {"action": "show_point", "point": 0},
        {"action": "show_board", "meeting": 0},
        {"action": "answer_point", "point": 0, "text": "ja"},
    ],
    ids=lambda data: str(data["action"]),
)
async def test_a_copied_button_gives_nobody_else_a_say(
    network: Teams, query: Query, proposed: tuple[int, int, int], data: Json
) -> None:
    before = (everything(query), told(query))
    other = proposed[1]
    aimed = {name: _aimed(name, value, proposed[0], other) for name, value in data.items()}
    for who in (LOTTE, JORIS):
        answers = [one.text for one in await network.press(who, who.chat, aimed)]
        if who is LOTTE:
            assert answers[-1] in {SENTENCES[NotCoordinator], SENTENCES[NotYours]}
        assert not any(PAUSES in one for one in answers)
    assert (everything(query), told(query)) == before


def _aimed(name: str, value: object, point: int, other: int) -> object:
    if name == "into":
        return str(other)
    return [point] if value == [0] else point if name == "point" else value


async def test_ids_that_are_none_of_ours_change_nothing(
    network: Teams, query: Query, proposed: tuple[int, int, int]
) -> None:
    before = (everything(query), told(query))
    first = proposed[0]
    for data, answer in (
        ({"action": "move_points", "points": [first], "where": "99999"}, SENTENCES[NoSuchMeeting]),
        ({"action": "decide_points", "accept": [99_999]}, SENTENCES[NoSuchPoint]),
        ({"action": "merge_point", "point": first, "into": "99999"}, SENTENCES[NoSuchPoint]),
        ({"action": "merge_point", "point": first, "into": ""}, texts.PICK_ONE),
        ({"action": "move_points", "points": [first], "where": ""}, texts.PICK_ONE),
        ({"action": "show_board", "meeting": 99_999}, SENTENCES[NoSuchMeeting]),
        ({"action": "arrange_point", "point": first, "minutes": "veel"}, texts.A_NUMBER),
        ({"action": "move_points", "points": [first], "where": "-1"}, general.TOO_OLD),
        ({"action": "decide_points", "accept": list(range(1, 70))}, general.TOO_OLD),
        ({"action": "decline_points", "points": []}, general.TOO_OLD),
        ({"action": "merge_point", "point": 2**40, "into": "1"}, general.TOO_OLD),
    ):
        assert (await sends(network, NELE, data)).text == answer
    assert (everything(query), told(query)) == before


# Its history


async def test_the_history_of_a_meeting_tells_of_its_points(
    network: Teams, query: Query, proposed: tuple[int, int, int]
) -> None:
    await says(network, NELE, "aanvaard punt 6")
    await says(network, NELE, "punt 2: 20 minuten, door Griet")
    shown = await says(network, NELE, "wat is er veranderd aan de intervisie van 3 december?")
    assert "'Pauzes': voorstel → op de agenda" in shown
    assert f"'{THEME}', minuten: 60 → 20" in shown
