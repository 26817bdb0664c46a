"""Choosing sessions of a network day, sharing them out and ticking who paid: in sentences and with buttons."""

from collections.abc import Callable

import pytest

from dialogs.texts import general
from dialogs.texts import sessions as texts
from dialogs.texts.refusals import SENTENCES
from storage.domain.refusals import (
    MeetingCancelled,
    NoSuchMeeting,
    NoSuchSession,
    NotCoordinator,
    NotRegistered,
    NotYours,
)
from tests.bot.connector import CHANNEL, JONAS, KATRIEN, LOTTE, NELE, SAMIRA, WOUT, Json, Posted, Teams, User
from tests.bot.edges import until

Query = Callable[[str], list[tuple[object, ...]]]

TITLE = "Netwerkdag Samen school maken"
NEW_SESSIONS = "UPDATE registrations SET session_id = NULL WHERE session_id IS NOT NULL"


@pytest.fixture
def network(teams: Teams, query: Query) -> Teams:
    """A Teams where four people come to a network day, nobody has a session yet, and the day costs 10 euro."""
    query(NEW_SESSIONS)
    return teams


async def says(teams: Teams, user: User, text: str) -> Posted:
    """What somebody hears in their own chat."""
    return next(one for one in await teams.say(user, user.chat, text) if one.conversation == user.chat.conversation)


async def press(teams: Teams, user: User, data: Json) -> Posted:
    """What somebody hears when they press a button."""
    told = await teams.press(user, user.chat, data)
    return next(one for one in told if one.conversation == user.chat.conversation)


def buttons(posted: Posted) -> list[str]:
    """The titles of the buttons under a message."""
    return [action["title"] for action in posted.card.get("actions", [])]


def day(query: Query) -> int:
    """The id of the network day."""
    return int(str(query("SELECT id FROM meetings WHERE key = 'netwerkdag-voorjaar'")[0][0]))


def session(query: Query, key: str) -> int:
    """The id of a session."""
    return int(str(query(f"SELECT id FROM sessions WHERE key = '{key}'")[0][0]))


async def sessions(teams: Teams, user: User, query: Query) -> Posted:
    """What somebody is shown who presses "Kies je sessie"."""
    return await press(teams, user, {"action": "ask_meeting", "intent": "registration.choose", "meeting": day(query)})


def seats(query: Query) -> list[tuple[object, ...]]:
    """Who sits where."""
    return query(
        "SELECT p.name, s.key FROM registrations r JOIN people p ON p.id = r.person_id "
        "JOIN sessions s ON s.id = r.session_id ORDER BY p.name"
    )


# Choosing


async def test_sessions_are_shown_with_ones_own_region_first(network: Teams, query: Query) -> None:
    shown = await sessions(network, JONAS, query)
    assert shown.text.startswith(texts.CHOOSE.format(title=TITLE))
    assert "1. Regio Noord (Grote zaal): nog 60 vrij" in shown.text
    assert buttons(shown) == ["Jouw regio: Regio Noord (nog 60 vrij)", "Regio Zuid (nog 60 vrij)"]
    told = await press(network, JONAS, shown.button("Jouw regio: Regio Noord (nog 60 vrij)"))
    assert told.text == f"Je zit in Regio Noord (Grote zaal) op {TITLE}."
    assert seats(query) == [("Jonas Claerhout", "noord")]
    assert "Toch geen sessie" in buttons(told)


@pytest.mark.parametrize(
    "said",
    [
        "ik kies regio Zuid op de netwerkdag",
        "eerst Zuid en anders Noord op de netwerkdag",
    ],
)
async def test_a_session_is_chosen_in_a_sentence(network: Teams, query: Query, said: str) -> None:
    assert (await says(network, JONAS, said)).text == f"Je zit in Regio Zuid (Spiegelzaal) op {TITLE}."
    assert seats(query) == [("Jonas Claerhout", "zuid")]


async def test_after_the_sessions_are_shown_a_bare_name_is_enough(network: Teams, query: Query) -> None:
    await sessions(network, JONAS, query)
    assert (await says(network, JONAS, "doe maar zuid")).text.startswith("Je zit in Regio Zuid")
    assert seats(query) == [("Jonas Claerhout", "zuid")]


async def test_pressed_twice_it_stays_one_choice(network: Teams, query: Query) -> None:
    shown = await sessions(network, JONAS, query)
    data = shown.button("Regio Zuid (nog 60 vrij)")
    await press(network, JONAS, data)
    assert (await press(network, JONAS, data)).text == f"Je zat al in Regio Zuid op {TITLE}."
    assert seats(query) == [("Jonas Claerhout", "zuid")]
    assert query("SELECT count(*) FROM changes WHERE field = 'session'") == [(1,)]


async def test_a_full_session_has_a_line_that_moves_up_and_tells(network: Teams, query: Query) -> None:
    query("UPDATE sessions SET capacity = 1")
    zuid = session(query, "zuid")
    await network.say(SAMIRA, SAMIRA.chat, "ik kies regio Zuid op de netwerkdag")
    await says(network, JONAS, "ik kies regio Noord op de netwerkdag")
    shown = await sessions(network, JONAS, query)
    assert "Regio Zuid (VOLZET)" in buttons(shown)
    waits = await press(network, JONAS, shown.button("Regio Zuid (VOLZET)"))
    assert waits.text.startswith(
        "Regio Zuid is volzet: je staat op de wachtlijst, plaats 1. Je houdt intussen je plaats"
    )
    assert seats(query) == [("Jonas Claerhout", "noord"), ("Samira Bensaïd", "zuid")]
    samira = {"action": "choose_session", "meeting": day(query), "session": ""}
    assert (await press(network, SAMIRA, samira)).text == texts.TAKEN_BACK.format(title=TITLE)
    assert seats(query) == [("Jonas Claerhout", "zuid")]
    query("UPDATE notices SET timing = 'urgent'")
    await until(lambda: any("Goed nieuws" in one for one in network.texts_in(JONAS.chat)))
    assert query(f"SELECT count(*) FROM session_choices WHERE session_id = {zuid}") == [(0,)]


async def test_a_place_in_line_is_left_by_a_button(network: Teams, query: Query) -> None:
    query("UPDATE sessions SET capacity = 0 WHERE key = 'zuid'")
    waits = await says(network, JONAS, "ik kies regio Zuid op de netwerkdag")
    data = waits.button("Van de lijst: Regio Zuid")
    for _ in range(2):
        assert (await press(network, JONAS, data)).text == texts.LEFT_LINE.format(session="Regio Zuid", title=TITLE)
    assert query("SELECT count(*) FROM session_choices") == [(0,)]


async def test_excused_one_loses_the_session_to_the_first_in_line(network: Teams, query: Query) -> None:
    query("UPDATE sessions SET capacity = 1 WHERE key = 'zuid'")
    await network.say(SAMIRA, SAMIRA.chat, "ik kies regio Zuid op de netwerkdag")
    await says(network, JONAS, "ik kies regio Zuid op de netwerkdag")
    await network.say(SAMIRA, SAMIRA.chat, "ik kan niet komen naar de netwerkdag")
    assert query(
        "SELECT status FROM registrations r JOIN people p ON p.id = r.person_id WHERE p.name LIKE 'Samira%' "
        f"AND r.meeting_id = {day(query)}"
    ) == [("excused",)]
    assert seats(query) == [("Jonas Claerhout", "zuid")]


async def test_who_is_not_registered_is_asked_to_do_that_first(network: Teams, query: Query) -> None:
    told = await says(network, WOUT, "ik kies regio Zuid op de netwerkdag")
    assert told.text == texts.REGISTER_FIRST.format(title=TITLE)
    assert buttons(told) == ["Schrijf me in"]
    registered = await press(network, WOUT, told.button("Schrijf me in"))
    assert "10 euro" in registered.text
    assert (await says(network, WOUT, "ik kies regio Zuid op de netwerkdag")).text.startswith("Je zit in Regio Zuid")


async def test_who_waits_for_the_day_can_wish(network: Teams, query: Query) -> None:
    query("UPDATE registrations SET status = 'waitlisted' WHERE session_id IS NULL")
    told = await says(network, JONAS, "ik kies regio Zuid op de netwerkdag")
    assert told.text == texts.WAITS_FOR_THE_DAY.format(sessions="Regio Zuid", title=TITLE)
    assert seats(query) == []


async def test_in_a_channel_it_answers_short(network: Teams, query: Query) -> None:
    await network.say(JONAS, CHANNEL, "ik kies regio Zuid op de netwerkdag")
    assert network.texts_in(CHANNEL) == [f"Je zit in Regio Zuid (Spiegelzaal) op {TITLE}."]
    assert network.posted[-1].card == {}


async def test_with_many_sessions_one_picks_from_a_list(network: Teams, query: Query) -> None:
    query(
        "INSERT INTO sessions (meeting_id, key, title) "
        f"SELECT {day(query)}, 'extra' || id, 'Werkgroep ' || name FROM organisations LIMIT 8"
    )
    shown = await sessions(network, JONAS, query)
    (pick,) = shown.card["body"]
    assert (len(pick["choices"]), pick["value"]) == (10, str(session(query, "noord")))
    data = {**shown.button("Kies"), "session": str(session(query, "zuid"))}
    assert (await press(network, JONAS, data)).text.startswith("Je zit in Regio Zuid")


# Buttons that were tampered with


async def test_a_session_of_another_meeting_is_refused(network: Teams, query: Query) -> None:
    query(
        "INSERT INTO sessions (meeting_id, key, title) SELECT id, 'x', 'Elders' FROM meetings WHERE key = "
        "'intervisie-huiswerk'"
    )
    for other in (session(query, "x"), 99_999):
        data = {"action": "choose_session", "meeting": day(query), "session": str(other)}
        assert (await press(network, JONAS, data)).text == SENTENCES[NoSuchSession]
        data = {"action": "leave_session", "meeting": day(query), "session": other}
        assert (await press(network, JONAS, data)).text == SENTENCES[NoSuchSession]
    assert seats(query) == []


async def test_a_meeting_that_is_not_there_is_refused(network: Teams, query: Query) -> None:
    data = {"action": "choose_session", "meeting": 99_999, "session": str(session(query, "zuid"))}
    assert (await press(network, JONAS, data)).text == SENTENCES[NoSuchMeeting]


@pytest.mark.parametrize(
    "data",
    [
        {"action": "choose_session", "meeting": 0, "session": "1"},
        {"action": "choose_session", "meeting": 1, "session": "-1"},
        {"action": "choose_session", "meeting": 1, "session": "1; DROP TABLE"},
        {"action": "rank_sessions", "meeting": 1, "first": "9" * 12},
        {"action": "seat_somebody", "meeting": 1, "person": 1, "sessions": []},
        {"action": "set_session_way", "meeting": 1, "way": "lottery"},
        {"action": "tick_paid", "meeting": 1, "who": "1,,2"},
    ],
)
async def test_a_button_that_makes_no_sense_is_an_old_one(network: Teams, query: Query, data: Json) -> None:
    assert (await press(network, NELE, data)).text == general.TOO_OLD
    assert seats(query) == []


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        ({"action": "seat_somebody", "person": 1, "sessions": [1], "nonce": "a"}, NotYours),
        ({"action": "share_sessions", "apply": True, "nonce": "b"}, NotCoordinator),
        ({"action": "share_sessions"}, NotCoordinator),
        ({"action": "set_session_way", "way": "ranked", "sure": True, "nonce": "c"}, NotCoordinator),
        ({"action": "tick_paid", "who": "1,2", "nonce": "d"}, NotCoordinator),
    ],
)
async def test_the_coordinators_buttons_are_not_for_others(
    network: Teams, query: Query, data: Json, refusal: type[Exception]
) -> None:
    before = query("SELECT person_id, session_id, paid_at FROM registrations ORDER BY id")
    told = await press(network, JONAS, {**data, "meeting": day(query)})
    assert told.text == SENTENCES[refusal]  # type: ignore[index]
    assert query("SELECT person_id, session_id, paid_at FROM registrations ORDER BY id") == before
    assert query("SELECT DISTINCT session_choice FROM meetings") == [("first_come",)]


async def test_once_it_began_nothing_is_chosen(network: Teams, query: Query) -> None:
    shown = await sessions(network, JONAS, query)
    query(
        "UPDATE meetings SET starts_at = '2026-11-21 08:00:00', starts_local = '2026-11-21 09:00:00', "
        f"ends_at = '2026-11-21 18:00:00', ends_local = '2026-11-21 19:00:00' WHERE id = {day(query)}"
    )
    told = await press(network, JONAS, shown.button("Regio Zuid (nog 60 vrij)"))
    assert told.text == texts.STARTED.format(title=TITLE)
    assert seats(query) == []


async def test_after_registration_closed_one_still_chooses(network: Teams, query: Query) -> None:
    query("UPDATE meetings SET closed_at = '2026-11-20 08:00:00'")
    assert (await says(network, JONAS, "ik kies regio Zuid op de netwerkdag")).text.startswith("Je zit in Regio Zuid")


# The coordinator


async def ranking(teams: Teams) -> None:
    """The coordinator has people rank."""
    shown = await says(teams, NELE, "verdeel de sessies van de netwerkdag")
    asking = await press(teams, NELE, shown.button("Laat rangschikken"))
    assert asking.text == texts.SURE_RANKED.format(title=TITLE)
    assert (await says(teams, NELE, "ja")).text == texts.DONE_RANKED.format(title=TITLE)


async def test_ranked_wishes_are_shared_out_after_a_yes(network: Teams, query: Query) -> None:
    await ranking(network)
    query("UPDATE sessions SET capacity = 1 WHERE key = 'noord'")
    noord, zuid = str(session(query, "noord")), str(session(query, "zuid"))
    for user in (JONAS, LOTTE):
        shown = await sessions(network, user, query)
        assert [one["id"] for one in shown.card["body"]] == ["first", "second"]
        data = {**shown.button("Geef mijn voorkeur door"), "first": noord, "second": zuid}
        assert "Regio Noord en dan Regio Zuid" in (await press(network, user, data)).text
    await network.say(SAMIRA, SAMIRA.chat, "eerst Zuid en anders Noord op de netwerkdag")
    assert seats(query) == []
    proposal = await says(network, NELE, "verdeel de sessies van de netwerkdag")
    assert "2 eerste keuze, 1 tweede" in proposal.text
    assert "Zonder voorkeur: Fatma Yilmaz." in proposal.text
    assert seats(query) == []
    done = await press(network, NELE, proposal.button("Ja, verdeel zo"))
    assert done.text.startswith(f"De sessies van {TITLE} zijn verdeeld: 2 eerste keuze, 1 tweede.")
    assert sorted(str(key) for _, key in seats(query)) == ["noord", "zuid", "zuid"]
    assert query("SELECT count(*) FROM notices WHERE kind = 'session_assigned'") == [(3,)]
    query("UPDATE notices SET timing = 'urgent'")
    await until(lambda: any("zijn verdeeld: je zit in" in one for one in network.texts_in(JONAS.chat)))
    again = await says(network, NELE, "verdeel de sessies van de netwerkdag")
    assert again.text.startswith(texts.NOTHING_TO_ASSIGN.format(title=TITLE))


async def test_sharing_out_can_be_thought_better_of(network: Teams, query: Query) -> None:
    await ranking(network)
    await network.say(SAMIRA, SAMIRA.chat, "eerst Zuid en anders Noord op de netwerkdag")
    await says(network, NELE, "verdeel de sessies van de netwerkdag")
    assert (await says(network, NELE, "nee")).text == texts.LEFT_SO
    assert seats(query) == []
    await says(network, NELE, "verdeel de sessies van de netwerkdag")
    assert (await says(network, NELE, "ja")).text.startswith(f"De sessies van {TITLE} zijn verdeeld: 1 eerste keuze.")
    assert seats(query) == [("Samira Bensaïd", "zuid")]


async def test_sharing_out_is_the_coordinators(network: Teams) -> None:
    assert (await says(network, JONAS, "verdeel de sessies van de netwerkdag")).text == SENTENCES[NotCoordinator]


async def test_the_coordinator_seats_somebody_after_a_yes(network: Teams, query: Query) -> None:
    asking = await says(network, NELE, "zet Lotte Segers in regio Zuid op de netwerkdag")
    assert asking.text == f"Zet ik Lotte Segers in Regio Zuid op {TITLE}?"
    assert seats(query) == []
    assert (await says(network, NELE, "ja")).text == f"Lotte Segers zit in Regio Zuid (Spiegelzaal) op {TITLE}."
    assert seats(query) == [("Lotte Segers", "zuid")]
    assert query("SELECT count(*) FROM notices WHERE kind = 'session_given'") == [(1,)]
    refused = await says(network, JONAS, "zet Lotte Segers in regio Noord op de netwerkdag")
    assert refused.text == SENTENCES[NotYours]


async def test_who_paid_is_listed_noted_and_undone(network: Teams, query: Query) -> None:
    listed = await says(network, NELE, "wie heeft nog niet betaald voor de netwerkdag?")
    assert listed.text.startswith(f"Voor {TITLE} (10 euro) hebben nog niet betaald: Fatma Yilmaz, Jonas Claerhout")
    (who,) = listed.card["body"]
    ids = {one["title"]: one["value"] for one in who["choices"]}
    data = {**listed.button("Betaald"), "who": f"{ids['Jonas Claerhout']},{ids['Fatma Yilmaz']}"}
    noted = await press(network, NELE, data)
    assert noted.text == f"Genoteerd: Fatma Yilmaz en Jonas Claerhout hebben betaald voor {TITLE}."
    assert query("SELECT count(*) FROM registrations WHERE paid_at IS NOT NULL") == [(2,)]
    await press(network, NELE, noted.button("Toch niet betaald"))
    assert query("SELECT count(*) FROM registrations WHERE paid_at IS NOT NULL") == [(0,)]
    told = await says(network, NELE, "Jonas Claerhout heeft betaald voor de netwerkdag")
    assert told.text == f"Genoteerd: Jonas Claerhout heeft betaald voor {TITLE}."
    stranger = await says(network, NELE, "Katrien Poelman heeft betaald voor de netwerkdag")
    assert stranger.text == SENTENCES[NotRegistered]
    own = await says(network, JONAS, "wie heeft nog niet betaald voor de netwerkdag?")
    assert own.text == texts.YOU_PAID.format(title=TITLE)
    assert (await says(network, KATRIEN, "wie heeft er betaald voor de netwerkdag?")).text == SENTENCES[NotCoordinator]


@pytest.mark.parametrize(
    "said", ["zeker niet", "graag niet", "goed, laat maar", "ja wacht", "doe dat later", "ok wie komt er"]
)
async def test_only_a_plain_yes_puts_somebody_in_a_session(network: Teams, query: Query, said: str) -> None:
    await says(network, NELE, "zet Lotte Segers in regio Zuid op de netwerkdag")
    await network.say(NELE, NELE.chat, said)
    assert seats(query) == []


async def test_of_a_network_day_that_is_cancelled_nothing_is_chosen(network: Teams, query: Query) -> None:
    query(f"UPDATE meetings SET cancelled_at = '2026-11-20 08:00:00' WHERE id = {day(query)}")
    for user in (JONAS, LOTTE):
        assert (await sessions(network, user, query)).text == SENTENCES[MeetingCancelled]


# A coordinator makes sessions


def new_session(**typed: str) -> Json:
    return {"action": "add_session", "meeting": 2, **typed}


async def test_a_coordinator_makes_sessions_with_a_form_below_the_list(network: Teams, query: Query) -> None:
    shown = await says(network, NELE, "welke sessies zijn er op de netwerkdag?")
    assert buttons(shown) == [texts.BUTTON_ADD, texts.BUTTON_PICK]
    [(meeting,)] = query("SELECT id FROM meetings WHERE kind = 'netwerkdag'")
    typed = {"title": "Regio Waas", "room": "Kelder", "places": "12"}
    told = await press(network, NELE, {**new_session(**typed), "meeting": meeting})
    assert "Regio Waas" in told.text
    assert query("SELECT room, capacity FROM sessions WHERE title = 'Regio Waas'") == [("Kelder", 12)]
    await press(network, NELE, {**new_session(**typed), "meeting": meeting})
    assert query("SELECT count(*) FROM sessions WHERE title = 'Regio Waas'") == [(1,)]
    assert query("SELECT field, new FROM changes") == [("new_session", "Regio Waas")]


async def test_a_member_makes_no_session(network: Teams, query: Query) -> None:
    [(meeting,)] = query("SELECT id FROM meetings WHERE kind = 'netwerkdag'")
    before = query("SELECT count(*) FROM sessions")
    told = await press(network, JONAS, {**new_session(title="Regio Waas"), "meeting": meeting})
    assert told.text == SENTENCES[NotCoordinator]
    assert query("SELECT count(*) FROM sessions") == before


@pytest.mark.parametrize(
    "typed", [{"title": " "}, {"title": "x" * 201}, {"title": "A", "places": "-1"}, {"title": "A", "places": "veel"}]
)
async def test_a_session_that_makes_no_sense_is_not_made(network: Teams, query: Query, typed: dict[str, str]) -> None:
    [(meeting,)] = query("SELECT id FROM meetings WHERE kind = 'netwerkdag'")
    before = query("SELECT count(*) FROM sessions")
    await press(network, NELE, {**new_session(**typed), "meeting": meeting})
    assert query("SELECT count(*) FROM sessions") == before
