"""The coordinator plans in chat: forms, changes shown before they are made, series, what is cancelled, the history."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dialogs.texts import general
from dialogs.texts import planning as texts
from dialogs.texts.refusals import SENTENCES
from storage.domain.refusals import AlreadyPlanned, MeetingCancelled, NoSuchMeeting, NotCoordinator
from tests.bot.connector import CHANNEL, JONAS, MIRA, NELE, Json, Posted, Teams, User

Query = Callable[[str], list[tuple[object, ...]]]

NEW = "nieuwe intervisie op 11 juni om 9u30 in De Wallekes, thema spijbelen, 25 plaatsen, organisator Nele"
MOVE = "verplaats de intervisie van 3 december naar 10 december om 13u"
CANCEL = "annuleer de intervisie van 3 december"
SERIES = "plan vier intervisies per jaar, telkens de derde vrijdag"
DECEMBER = "intervisie-huiswerk"


async def nele(teams: Teams, text: str) -> Posted:
    """What the coordinator hears in her own chat."""
    return (await teams.say(NELE, NELE.chat, text))[-1]


async def press(teams: Teams, posted: Posted, label: str, who: User = NELE, **typed: Any) -> Posted:
    """What somebody hears who presses a button, with the card's fields as they stand or as typed."""
    return (await teams.press(who, who.chat, {**posted.button(label), **fields(posted), **typed}))[-1]


def elements(card: Any) -> Iterator[Json]:
    """Everything on a card."""
    if isinstance(card, dict):
        yield card
        for value in card.values():
            yield from elements(value)
    elif isinstance(card, list):
        for value in card:
            yield from elements(value)


def fields(posted: Posted) -> Json:
    """The inputs of a card as Teams sends them."""
    inputs = [one for one in elements(posted.card) if str(one.get("type", "")).startswith("Input.")]
    return {one["id"]: one["value"] for one in inputs if one.get("value") is not None}


def warnings(posted: Posted) -> list[str]:
    """What the card says is wrong."""
    return [one["text"] for one in elements(posted.card) if one.get("color") == "Attention"]


def titles(posted: Posted) -> list[str]:
    """The titles of the buttons under a message."""
    return [action["title"] for action in posted.card.get("actions", [])]


def row(query: Query, columns: str, key: str = DECEMBER) -> tuple[object, ...]:
    """Columns of one meeting."""
    return query(f"SELECT {columns} FROM meetings WHERE key = '{key}'")[0]


def count(query: Query, table: str = "meetings") -> object:
    """How many rows a table has."""
    return query(f"SELECT count(*) FROM {table}")[0][0]


# Making


async def test_a_sentence_fills_in_the_form_and_makes_nothing_yet(teams: Teams, query: Query) -> None:
    before = count(query)
    shown = await nele(teams, NEW)
    assert shown.text == texts.FILL_IN
    assert fields(shown) == {
        "kind": "intervisie",
        "title": "Intervisie spijbelen",
        "day": "2027-06-11",
        "starts": "09:30",
        "ends": "12:00",
        "place": "De Wallekes",
        "themes": "spijbelen",
        "capacity": 25.0,
        "organiser": "Nele Verhaegen",
        "audience": "network",
    }
    assert count(query) == before


async def test_the_form_makes_the_meeting_and_offers_to_invite(teams: Teams, query: Query) -> None:
    shown = await nele(teams, NEW)
    made = await press(teams, shown, texts.BUTTON_MAKE, room="Zolder", fee="7,50", guests="Ilse Moens (Vzw Golfslag)")
    assert made.text.startswith("Intervisie spijbelen staat gepland op vrijdag 11 juni 2027, van 9.30 tot 12 uur.")
    assert titles(made)[0] == texts.BUTTON_INVITE
    key = "intervisie-spijbelen-2027-06-11"
    told = row(query, "starts_local, location_name, location_room, capacity, fee_eur, guests", key)
    guests = '[{"name": "Ilse Moens", "organisation": "Vzw Golfslag"}]'
    assert told == ("2027-06-11 09:30:00.000000", "De Wallekes", "Zolder", 25, 7.5, guests)
    found = (await nele(teams, "wanneer is de intervisie over spijbelen?")).text
    assert found.startswith("Intervisie spijbelen is op vrijdag 11 juni 2027")


async def test_pressed_twice_it_is_made_once(teams: Teams, query: Query) -> None:
    before = count(query)
    shown = await nele(teams, NEW)
    await press(teams, shown, texts.BUTTON_MAKE)
    assert (await press(teams, shown, texts.BUTTON_MAKE)).text == SENTENCES[AlreadyPlanned]
    assert count(query) == int(str(before)) + 1


@pytest.mark.parametrize(
    ("typed", "warning"),
    [
        ({"title": " "}, "Geef een titel."),
        ({"day": ""}, "Kies een dag."),
        ({"day": "11 juni"}, "“11 juni” begrijp ik niet als dag."),
        ({"day": "2026-11-20"}, "Dat moment is al voorbij: kies een dag en een uur die nog komen."),
        ({"day": "2207-06-11"}, "Die dag ligt meer dan vijf jaar ver. Kijk het jaar na."),
        ({"day": "2027-03-28", "starts": "02:30"}, "Dat uur bestaat niet: die nacht begint het zomeruur."),
        ({"starts": ""}, "Vul in wanneer het begint."),
        ({"ends": "09:30"}, "Het einde moet na het begin vallen."),
        ({"ends": "26:00"}, "“26:00” begrijp ik niet als einde."),
        ({"capacity": "-1"}, "Het aantal plaatsen is een getal vanaf 0."),
        ({"capacity": "2,5"}, "“2,5” begrijp ik niet als aantal plaatsen."),
        ({"capacity": "NaN"}, "“NaN” begrijp ik niet als aantal plaatsen."),
        ({"capacity": "Infinity"}, "“Infinity” begrijp ik niet als aantal plaatsen."),
        ({"capacity": "1e99999999"}, "Het aantal plaatsen is een getal vanaf 0."),
        ({"capacity": 10**400}, "Het aantal plaatsen is een getal vanaf 0."),
        ({"day": "0001-01-01"}, "“0001-01-01” begrijp ik niet als dag."),
        ({"day": "9999-12-31"}, "“9999-12-31” begrijp ik niet als dag."),
        ({"fee": "veel"}, "“veel” begrijp ik niet als prijs in euro."),
        ({"fee": "Infinity"}, "De prijs is een bedrag vanaf 0 euro, zoals 7,50."),
        ({"online_url": "teams.be"}, "Een link begint met https:// en heeft geen spaties."),
        ({"register_until": "2027-06-12"}, "Dat is na de bijeenkomst zelf: kies een dag ervoor."),
        ({"organiser": "Lotte"}, "Er is meer dan één Lotte: vul de volledige naam in."),
        ({"organiser": "Piet"}, "Piet ken ik niet. Vul de volledige naam in van iemand uit het netwerk."),
        ({"place": "", "address": "Zeedijk 8, 9998 Kustrade"}, "Vul de naam van de plaats in, niet alleen het adres."),
        ({"description": "x" * 4001}, "Dat is te lang, maak het korter."),
        ({"kind": "feest"}, "“feest” begrijp ik niet als soort."),
    ],
)
async def test_what_is_wrong_is_told_at_its_field_and_the_form_is_kept(
    teams: Teams, query: Query, typed: Json, warning: str
) -> None:
    before = count(query)
    again = await press(teams, await nele(teams, NEW), texts.BUTTON_MAKE, **typed)
    assert warnings(again) == [warning]
    assert warning in again.text
    assert fields(again)["themes"] == "spijbelen"
    assert count(query) == before


async def test_a_form_that_was_put_right_makes_the_meeting(teams: Teams) -> None:
    again = await press(teams, await nele(teams, NEW), texts.BUTTON_MAKE, title="")
    assert (await press(teams, again, texts.BUTTON_MAKE, title="Rust")).text.startswith("Rust staat gepland")


@pytest.mark.parametrize("said", [NEW, MOVE, CANCEL, SERIES, "wie heeft de intervisie van 3 december veranderd?"])
async def test_planning_is_the_coordinators_alone(teams: Teams, query: Query, said: str) -> None:
    assert [one.text for one in await teams.say(JONAS, JONAS.chat, said)] == [SENTENCES[NotCoordinator]]
    await teams.say(MIRA, CHANNEL, said)
    assert count(query, "changes") == 0


async def test_in_a_channel_the_form_goes_to_the_coordinator_alone(teams: Teams) -> None:
    await nele(teams, "dag")
    teams.quiet()
    await teams.say(NELE, CHANNEL, NEW)
    assert teams.texts_in(CHANNEL) == [general.ANSWERED_PRIVATELY]
    assert teams.texts_in(NELE.chat) == [texts.FILL_IN]


# Moving and changing


@pytest.mark.parametrize("yes", ["button", "ja", "ja graag"])
async def test_a_move_is_shown_with_who_hears_it_and_made_after_a_yes(teams: Teams, query: Query, yes: str) -> None:
    shown = await nele(teams, MOVE)
    old, new = "donderdag 3 december 2026, van 9.30 tot 12 uur", "donderdag 10 december 2026, van 13 tot 15.30 uur"
    assert f"- Wanneer: {old} → **{new}**" in shown.text
    assert "- Inschrijven tot en met: maandag 30 november 2026 → **maandag 7 december 2026**" in shown.text
    assert "5 mensen krijgen daar dan bericht van." in shown.text
    assert row(query, "revision") == (0,)
    done = await (press(teams, shown, texts.BUTTON_CHANGE) if yes == "button" else nele(teams, yes))
    assert done.text == f"In orde, Intervisie huiswerkbegeleiding is aangepast: {new}. Ik laat het weten aan 5 mensen."
    assert row(query, "starts_local, revision") == ("2026-12-10 13:00:00.000000", 1)
    assert query("SELECT count(*) FROM notices WHERE kind = 'meeting_changed'") == [(5,)]


@pytest.mark.parametrize("no", ["button", "nee", "laat maar"])
async def test_a_move_can_be_thought_better_of(teams: Teams, query: Query, no: str) -> None:
    shown = await nele(teams, MOVE)
    done = await (press(teams, shown, texts.BUTTON_NO) if no == "button" else nele(teams, no))
    assert done.text == texts.NOT_DONE
    assert (await nele(teams, "ja")).text == general.YES_TO_WHAT
    assert row(query, "revision") == (0,)


async def test_another_question_in_between_leaves_the_proposal_open(teams: Teams, query: Query) -> None:
    await nele(teams, MOVE)
    assert "Netwerkdag" in (await nele(teams, "waar is de netwerkdag?")).text
    assert (await nele(teams, "ja")).text.startswith("In orde, Intervisie huiswerkbegeleiding")
    assert row(query, "revision") == (1,)


async def test_a_move_to_the_past_is_refused_with_the_form(teams: Teams, query: Query) -> None:
    shown = await nele(teams, "verplaats de intervisie van 3 december naar 1 november 2026")
    assert warnings(shown) == ["Dat moment is al voorbij: kies een dag en een uur die nog komen."]
    assert row(query, "starts_local") == ("2026-12-03 09:30:00.000000",)


@pytest.mark.parametrize(
    ("said", "line", "column", "value"),
    [
        (
            "verander de titel van de intervisie van 3 december in Huiswerk zonder strijd",
            "- Titel: Intervisie huiswerkbegeleiding → **Huiswerk zonder strijd**",
            "title",
            "Huiswerk zonder strijd",
        ),
        (
            "de organisator van de intervisie van 3 december is Jonas",
            "- Organisator: Nele Verhaegen → **Jonas Claerhout**",
            "organiser_id",
            2,
        ),
    ],
)
async def test_any_field_is_changed_in_a_sentence(
    teams: Teams, query: Query, said: str, line: str, column: str, value: object
) -> None:
    assert line in (await nele(teams, said)).text
    await nele(teams, "ja")
    assert row(query, column) == (value,)


async def test_a_change_by_form_is_shown_before_it_is_made(teams: Teams, query: Query) -> None:
    form = await nele(teams, "pas de intervisie van 3 december aan")
    assert form.text.startswith("Wat wil je veranderen aan Intervisie huiswerkbegeleiding")
    shown = await press(teams, form, texts.BUTTON_SAVE, note_taker="Jonas Claerhout", themes="huiswerk, rust")
    assert "- Verslaggever: Samira Bensaïd → **Jonas Claerhout**" in shown.text
    assert "- Thema’s: huiswerkbegeleiding → **huiswerk en rust**" in shown.text
    await press(teams, shown, texts.BUTTON_CHANGE)
    assert row(query, "themes, note_taker_id") == ('["huiswerk", "rust"]', 2)
    same = await press(teams, await nele(teams, "pas de intervisie van 3 december aan"), texts.BUTTON_SAVE)
    assert same.text == texts.SAME.format(title="Intervisie huiswerkbegeleiding")


async def test_a_yes_pressed_twice_changes_once(teams: Teams, query: Query) -> None:
    shown = await nele(teams, MOVE)
    for _ in range(2):
        await teams.press(NELE, NELE.chat, shown.button(texts.BUTTON_CHANGE))
    assert row(query, "revision") == (1,)
    assert count(query, "changes") == 4


# Cancelling


@pytest.mark.parametrize(
    ("yes", "why"),
    [
        ("button", "de zaal is niet vrij"),
        ("ja", None),
        ("ja, want de spreker is ziek", "de spreker is ziek"),
        ("annuleer maar", None),
    ],
)
async def test_cancelling_is_confirmed_and_may_have_a_reason(
    teams: Teams, query: Query, yes: str, why: str | None
) -> None:
    shown = await nele(teams, CANCEL)
    assert "5 mensen krijgen dan meteen bericht." in shown.text
    assert row(query, "cancelled_at") == (None,)
    pressed = press(teams, shown, texts.BUTTON_CANCEL, why=why) if yes == "button" else nele(teams, yes)
    assert (await pressed).text.endswith("is geannuleerd. Ik laat het nu weten aan 5 mensen.")
    assert row(query, "cancelled_why, revision") == (why, 1)


async def test_a_reason_in_the_first_sentence_is_taken_along(teams: Teams, query: Query) -> None:
    shown = await nele(teams, f"{CANCEL} want de spreker is ziek")
    assert fields(shown) == {"why": "de spreker is ziek"}
    await nele(teams, "ja")
    assert row(query, "cancelled_why") == ("de spreker is ziek",)


async def test_what_is_cancelled_is_said_so_everywhere_and_is_never_the_next(teams: Teams) -> None:
    await nele(teams, CANCEL)
    await nele(teams, "ja, want de spreker is ziek")
    told = "Intervisie huiswerkbegeleiding van donderdag 3 december 2026 **gaat niet door**. Reden: de spreker is ziek."
    for said in ("wanneer is de intervisie van 3 december?", "waar is die?", "wat staat er op de agenda?"):
        assert (await nele(teams, said)).text == told
    assert "schoolmotivatie" in (await nele(teams, "wanneer is de volgende intervisie?")).text
    assert "Intervisie huiswerkbegeleiding, **gaat niet door**" in (await nele(teams, "wat is er in december?")).text
    assert (await nele(teams, MOVE)).text == SENTENCES[MeetingCancelled]
    assert (await nele(teams, CANCEL)).text == SENTENCES[MeetingCancelled]


@pytest.mark.parametrize(
    "said",
    [
        "ok, toch niet, want de zaal is vrij",
        "oke laat maar want ze gaat toch door",
        "ja maar wacht, want ik ben nog niet zeker",
        "ja, maar wacht even",
        "doe de netwerkdag van 18 maart nog eens op 9 september want de zaal is vrij",
        "ok wanneer is de netwerkdag want ik weet het niet meer",
    ],
)
async def test_only_a_plain_yes_cancels(teams: Teams, query: Query, said: str) -> None:
    await nele(teams, CANCEL)
    await nele(teams, said)
    assert row(query, "cancelled_at") == (None,)


async def test_a_reason_alone_is_taken_along_and_asked_again(teams: Teams, query: Query) -> None:
    await nele(teams, CANCEL)
    again = await nele(teams, "omdat de spreker ziek is")
    assert fields(again) == {"why": "omdat de spreker ziek is"}
    assert row(query, "cancelled_at") == (None,)
    await nele(teams, "ja")
    assert row(query, "cancelled_why") == ("omdat de spreker ziek is",)


async def test_a_reason_is_kept_without_control_characters(teams: Teams, query: Query) -> None:
    data = {"action": "cancel_meeting", "meeting": 2, "why": "\x02ziek\u202e\x1f", "nonce": "n"}
    await teams.press(NELE, NELE.chat, data)
    assert row(query, "cancelled_why") == ("ziek",)


async def test_a_move_is_made_by_a_plain_yes_only(teams: Teams, query: Query) -> None:
    await nele(teams, MOVE)
    assert (await nele(teams, "ja, maar wacht even")).text == texts.PRESS_THE_BUTTON
    assert row(query, "revision") == (0,)


@pytest.mark.parametrize("no", ["button", "nee"])
async def test_cancelling_can_be_thought_better_of(teams: Teams, query: Query, no: str) -> None:
    shown = await nele(teams, CANCEL)
    done = await (press(teams, shown, texts.BUTTON_KEEP) if no == "button" else nele(teams, no))
    assert done.text == texts.NOT_DONE
    assert row(query, "cancelled_at") == (None,)


# Copies and series


async def test_a_copy_shows_the_form_with_everything_on_the_new_day(teams: Teams, query: Query) -> None:
    shown = await nele(teams, "doe de netwerkdag van 18 maart nog eens op 9 september")
    form = fields(shown)
    assert (form["day"], form["register_until"], form["place"]) == ("2027-09-09", "2027-08-26", "Cultuurhuis De Golf")
    made = await press(teams, shown, texts.BUTTON_MAKE)
    assert made.text.startswith("Netwerkdag Samen school maken staat gepland op donderdag 9 september 2027")
    sessions = "SELECT count(*) FROM sessions JOIN meetings ON meetings.id = meeting_id WHERE starts_local > '2027-09'"
    assert query(sessions) == [(2,)]


async def test_a_series_is_chosen_from_and_made_in_one_go(teams: Teams, query: Query) -> None:
    before = int(str(count(query)))
    shown = await nele(teams, SERIES)
    assert fields(shown)["days"] == "2026-12-18,2027-03-19,2027-06-18,2027-09-17"
    assert count(query) == before
    done = await press(teams, shown, texts.BUTTON_SERIES, days="2026-12-18,2027-06-18", title="Intervisie vrijdag")
    assert done.text.startswith("Deze 2 bijeenkomsten staan gepland.")
    assert "- Vrijdag 18 juni 2027, van 13.30 tot 16 uur: Intervisie vrijdag" in done.text
    assert (await press(teams, shown, texts.BUTTON_SERIES, days="2026-12-18", title="Intervisie vrijdag")).text == (
        SENTENCES[AlreadyPlanned]
    )
    assert count(query) == before + 2


async def test_a_series_avoids_holidays_and_says_so(teams: Teams) -> None:
    shown = await nele(teams, "plan om de zes weken een infomoment op donderdag vanaf 7 januari")
    assert "- Donderdag 1 april 2027 is schoolvakantie: het wordt donderdag 15 april 2027." in shown.text
    assert "2027-04-01" not in fields(shown)["days"]


@pytest.mark.parametrize("days", ["", ",,", "2026-01-01", "morgen", "2027-02-30"])
async def test_a_series_with_days_of_no_use_makes_nothing(teams: Teams, query: Query, days: str) -> None:
    before = count(query)
    again = await press(teams, await nele(teams, SERIES), texts.BUTTON_SERIES, days=days)
    assert again.text == texts.NO_DAY_CHOSEN or warnings(again) or again.text.startswith(texts.MISTAKES)
    assert titles(again) == [texts.BUTTON_SERIES]
    assert count(query) == before


async def test_without_a_rhythm_it_says_how_to_ask(teams: Teams) -> None:
    assert (await nele(teams, "plan een reeks intervisies")).text == texts.NO_RHYTHM


# The history


async def test_the_history_tells_who_changed_what_and_when(teams: Teams) -> None:
    await nele(teams, MOVE)
    await nele(teams, "ja")
    told = (await nele(teams, "wat is er veranderd aan de intervisie van 10 december?")).text
    assert "- za 21 nov 2026, 10 uur (Nele Verhaegen): begin: donderdag 3 december 2026, 9.30 uur → " in told


async def test_the_history_tells_in_dutch_who_paid_and_chose_a_session(teams: Teams, query: Query) -> None:
    query("UPDATE sessions SET title = '**Noord**' WHERE key = 'noord'")
    [(day, session)] = query("SELECT meeting_id, id FROM sessions WHERE key = 'noord'")
    lotte = query("SELECT id FROM people WHERE name = 'Lotte Segers'")[0][0]
    query("UPDATE registrations SET session_id = NULL")
    seat = {"action": "seat_somebody", "meeting": day, "person": lotte, "sessions": [session], "nonce": "a"}
    for data in (seat, {"action": "tick_paid", "meeting": day, "who": str(lotte), "nonce": "b"}):
        await teams.press(NELE, NELE.chat, data)
    asked = {"action": "ask_meeting", "intent": "meeting.history", "meeting": day}
    told = (await teams.press(NELE, NELE.chat, asked))[-1].text
    assert "(Nele Verhaegen): Lotte Segers in sessie \\*\\*Noord\\*\\*" in told
    assert told.endswith("Lotte Segers betaald")


# Buttons that were tampered with


def forged(**data: Any) -> Json:
    """What somebody sends who makes the data of a button up."""
    return {"meeting": 2, "nonce": "n", "values": {"title": "Gekaapt"}, **data}


@pytest.mark.parametrize("action", ["change_meeting", "cancel_meeting", "save_meeting", "make_meeting", "make_series"])
async def test_a_button_is_not_for_others(teams: Teams, query: Query, action: str) -> None:
    before = query("SELECT title, cancelled_at, revision FROM meetings ORDER BY id")
    data = {**forged(action=action), "title": "Gekaapt", "day": "2027-06-11", "starts": "09:30", "ends": "12:00"}
    assert [one.text for one in await teams.press(JONAS, JONAS.chat, data)] == [SENTENCES[NotCoordinator]]
    assert query("SELECT title, cancelled_at, revision FROM meetings ORDER BY id") == before


@pytest.mark.parametrize("action", ["change_meeting", "cancel_meeting", "save_meeting"])
async def test_a_meeting_that_is_not_there_is_told(teams: Teams, action: str) -> None:
    data = forged(action=action, meeting=99_999)
    assert [one.text for one in await teams.press(NELE, NELE.chat, data)] == [SENTENCES[NoSuchMeeting]]


@pytest.mark.parametrize(
    "data",
    [
        forged(action="change_meeting", meeting=0),
        forged(action="change_meeting", meeting=10**30),
        forged(action="change_meeting", values="alles"),
        forged(action="change_meeting", values={"title": ["x"]}),
        forged(action="change_meeting", values={"title": "x" * 6001}),
        forged(action="cancel_meeting", why={"a": 1}),
        forged(action="make_meeting", title=True),
        forged(action="make_meeting", copy_of=-1),
    ],
)
async def test_a_button_that_was_tampered_with_is_an_old_one(teams: Teams, query: Query, data: Json) -> None:
    assert [one.text for one in await teams.press(NELE, NELE.chat, data)] == [general.TOO_OLD]
    assert count(query, "changes") == 0


async def test_fields_that_no_form_has_change_nothing(teams: Teams, query: Query) -> None:
    data = forged(action="change_meeting", values={"key": "weg", "cancelled_at": "2026-01-01", "revision": "99"})
    told = [one.text for one in await teams.press(NELE, NELE.chat, data)]
    assert told == [texts.SAME.format(title="Intervisie huiswerkbegeleiding")]
    assert row(query, "revision, cancelled_at") == (0, None)


async def test_an_audience_left_open_is_that_of_the_kind(teams: Teams, query: Query) -> None:
    query("UPDATE meetings SET audience = 'participants' WHERE id = 2")
    await teams.press(NELE, NELE.chat, forged(action="change_meeting", values={"audience": ""}))
    assert row(query, "audience") == ("network",)


async def test_a_card_of_a_meeting_that_was_cancelled_since_says_so(teams: Teams, query: Query) -> None:
    query("UPDATE meetings SET cancelled_at = '2026-11-20 08:00:00' WHERE id = 2")
    for values in ({"title": "Nieuw"}, {"ends": "08:00"}):
        told = await teams.press(NELE, NELE.chat, forged(action="change_meeting", values=values, nonce=str(values)))
        assert [(one.text, one.card) for one in told] == [(SENTENCES[MeetingCancelled], {})]


async def test_experts_between_endless_spaces_are_read(teams: Teams) -> None:
    form = await press(teams, await nele(teams, NEW), texts.BUTTON_MAKE, guests="Ilse" + " " * 5_900 + "(", title="")
    assert warnings(form) == ["Geef een titel."]


async def test_a_change_that_makes_no_sense_any_more_comes_back_as_a_form(teams: Teams, query: Query) -> None:
    data = forged(action="change_meeting", values={"ends": "08:00"})
    shown = (await teams.press(NELE, NELE.chat, data))[-1]
    assert warnings(shown) == ["Het einde moet na het begin vallen."]
    assert row(query, "revision") == (0,)


# What an impatient coordinator tries first


async def test_a_hall_alone_is_the_place(teams: Teams, query: Query) -> None:
    shown = await nele(teams, NEW.replace("De Wallekes", "Zaal Kompas"))
    assert fields(shown)["place"] == "Zaal Kompas"
    told = await press(teams, shown, texts.BUTTON_MAKE)
    assert titles(told) == [texts.BUTTON_INVITE, texts.BUTTON_EDIT]
    assert row(query, "location_name", "intervisie-spijbelen-2027-06-11") == ("Zaal Kompas",)


async def test_a_hall_that_is_typed_where_the_place_is_empty_is_the_place(teams: Teams, query: Query) -> None:
    await press(teams, await nele(teams, NEW), texts.BUTTON_MAKE, place="", address="", room="Zolder")
    assert row(query, "location_name, location_room", "intervisie-spijbelen-2027-06-11") == ("Zolder", None)


@pytest.mark.parametrize(
    "said", ["verplaats de intervisie van 11 juni naar 18 juni", "annuleer de intervisie van 11 juni"]
)
async def test_on_a_day_without_a_meeting_no_other_is_offered(teams: Teams, said: str) -> None:
    told = await nele(teams, said)
    assert told.text.startswith("Er staat op vrijdag 11 juni 2027 geen intervisie gepland.")
    assert told.card == {}
