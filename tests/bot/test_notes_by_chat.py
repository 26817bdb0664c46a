"""Notes during and after a meeting: said, confirmed in one line, listed, changed, taken out; and links."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app import Running
from bot.settings import Settings
from dialogs.texts import gate as gate_texts
from dialogs.texts import general
from dialogs.texts import notes as texts
from dialogs.texts import summary_drafts as drafts
from storage.domain.people import Viewer
from storage.domain.reports import LineKind
from tests.bot.acquaintances import greeted, met
from tests.bot.boards import button, presses, sends, titles
from tests.bot.connector import GROUP, JONAS, KATRIEN, MIRA, NELE, SAMIRA, Posted, Spot, Teams, User
from tests.bot.lists import HOMEWORK, hears, meeting_id, person_id, says
from tests.conftest import BRUSSELS

Query = Callable[[str], list[tuple[Any, ...]]]

DURING = datetime(2026, 12, 3, 10, 30, tzinfo=BRUSSELS)
"""While the meeting about homework is held, of which Samira takes notes, Nele organises, and where Jonas is."""
AFTER = datetime(2026, 12, 4, 8, 0, tzinfo=BRUSSELS)
BEFORE = datetime(2026, 12, 1, 8, 0, tzinfo=BRUSSELS)
CHAT = Spot("19:meeting_huiswerk@thread.v2", "groupChat")
TITLE = "Intervisie huiswerkbegeleiding"
KNOWN = (SAMIRA, NELE, JONAS, KATRIEN)


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    """A bot during a meeting, or at the moment that a test asks for."""
    return replace(settings, starts_at=getattr(request, "param", DURING))


@pytest.fixture(scope="module")
def filled_database(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same file with their chats known."""
    return greeted(filled_database, tmp_path_factory.mktemp("greeted"), KNOWN)


@pytest.fixture
def network(teams: Teams, query: Query) -> Teams:
    """A Teams in which the bot knows them."""
    return met(teams, query, KNOWN)


async def seen_by(bot: Running, who: User) -> Viewer:
    """Somebody, looking."""
    return Viewer(await bot.house.people.by_email(who.mail), member=True)


def lines(query: Query, columns: str = "kind, text") -> list[tuple[Any, ...]]:
    """What was noted and is still there, in order."""
    return query(f"SELECT {columns} FROM report_lines WHERE removed_at IS NULL ORDER BY id")


def post(query: Query) -> None:
    """The summary was posted."""
    query(
        "INSERT INTO reports (meeting_id, posted_at, version, held, asks) "
        f"VALUES ({meeting_id(query, HOMEWORK)}, '2026-12-03 13:00:00', 1, 0, 0)"
    )


def everything(posted: Posted) -> str:
    """All that a message shows."""
    return json.dumps(posted.activity, ensure_ascii=False)


async def test_what_is_said_privately_is_noted_of_the_meeting_that_runs_and_confirmed_in_one_short_line(
    network: Teams, query: Query
) -> None:
    assert await says(network, JONAS, "besluit: we starten in januari") == "Genoteerd als besluit 1."
    assert await says(network, JONAS, "Besluit: iedereen kiest een contactpersoon") == "Genoteerd als besluit 2."
    assert await says(network, JONAS, "actie: Samira mailt het CLB tegen vrijdag") == "Genoteerd als regel 3."
    assert await says(network, JONAS, "actie: een zaal zoeken") == "Genoteerd als regel 4."
    assert await says(network, JONAS, "volgende keer: de gsm op school") == "Genoteerd als regel 5."
    assert await says(network, JONAS, "noteer dat het koud was in de zaal") == "Genoteerd."
    assert lines(query, "kind, owner, due, certain") == [
        ("decision", None, None, 0),
        ("decision", None, None, 0),
        ("action", "Samira", "2026-12-04", 0),
        ("action", None, None, 0),
        ("topic", None, None, 0),
        ("discussion", None, None, 0),
    ]
    assert {one for (one,) in lines(query, "meeting_id")} == {meeting_id(query, HOMEWORK)}


async def test_several_notes_in_one_message_are_kept_line_by_line_and_people_one_by_one(
    network: Teams, query: Query
) -> None:
    said = "besluit: we starten in januari\nactie: ik mail het CLB\naanwezig: An (CLB De Sluis), Piet\n"
    said += "verontschuldigd: Els"
    assert await says(network, SAMIRA, said) == "5 dingen genoteerd."
    assert lines(query, "kind, text, owner, certain") == [
        ("decision", "we starten in januari", None, 1),
        ("action", "ik mail het CLB", SAMIRA.name, 1),
        ("attendee", "An", None, 1),
        ("attendee", "Piet", None, 1),
        ("excused", "Els", None, 1),
    ]
    assert json.loads(str(lines(query, "data")[2][0])) == {"organisation": "CLB De Sluis"}


async def test_in_a_group_everybody_reads_one_line_and_the_same_note_twice_is_one(network: Teams, query: Query) -> None:
    (answer,) = await network.say(JONAS, GROUP, "besluit: we starten in januari")
    assert (answer.conversation, answer.text, answer.card) == (GROUP.conversation, "Genoteerd als besluit 1.", {})
    (again,) = await network.say(SAMIRA, GROUP, "besluit: we starten in januari")
    assert again.text == "Genoteerd als besluit 1."
    assert lines(query) == [("decision", "we starten in januari")]
    assert await network.say(JONAS, GROUP, "besluit: niet voor de bot", mention=False) == []


async def test_in_the_chat_of_a_meeting_a_note_is_of_that_one_also_from_who_is_on_no_list(
    network: Teams, query: Query
) -> None:
    query(
        "INSERT INTO meeting_chats (conversation_id, meeting_id, at) "
        f"VALUES ('{CHAT.conversation}', {meeting_id(query, HOMEWORK)}, '2026-12-03 09:00:00')"
    )
    network.rosters[CHAT.conversation] = [KATRIEN]
    query(f"DELETE FROM registrations WHERE person_id = {person_id(query, KATRIEN)}")
    (answer,) = await network.say(KATRIEN, CHAT, "besluit: we starten in januari")
    assert answer.text == f"Genoteerd als besluit 1 (bij {TITLE})."
    (next_,) = await network.say(KATRIEN, CHAT, "besluit: en we stoppen in juni")
    assert next_.text == "Genoteerd als besluit 2."


@pytest.mark.parametrize("settings", [AFTER], indirect=True)
async def test_afterwards_it_says_once_of_which_meeting_the_note_is(network: Teams, query: Query) -> None:
    assert await says(network, JONAS, "besluit: we starten") == f"Genoteerd als besluit 1 (bij {TITLE})."
    assert await says(network, JONAS, "besluit: we stoppen") == "Genoteerd als besluit 2."


@pytest.mark.parametrize("settings", [BEFORE], indirect=True)
async def test_without_a_meeting_at_hand_a_decision_is_proposed_for_the_agenda_and_the_rest_told_why_not(
    network: Teams, query: Query
) -> None:
    before = query("SELECT count(*) FROM agenda_points")[0][0]
    said = await says(network, JONAS, "besluit: starten we in januari met de huiswerkklas")
    assert "huiswerkklas" in said
    assert query("SELECT count(*) FROM agenda_points")[0][0] == before + 1
    assert await says(network, JONAS, "actie: Samira mailt het CLB") == texts.NO_MEETING
    assert lines(query) == []


async def test_who_is_not_known_is_asked_who_they_are_and_nothing_is_noted(network: Teams, query: Query) -> None:
    said = await says(network, MIRA, "actie: Samira mailt het CLB")
    assert said.startswith("Ik ken je nog niet als lid van het netwerk")
    assert lines(query) == []


async def test_the_list_has_numbers_and_buttons_under_ones_own_only(network: Teams, query: Query) -> None:
    await says(network, JONAS, "besluit: we starten in januari")
    await says(network, SAMIRA, "actie: Lotte belt de school tegen 10 december")
    await says(network, JONAS, "aanwezig: An")
    listed = await hears(network, JONAS, "wat is er al genoteerd?")
    shown = everything(listed)
    assert f"Genoteerd bij {TITLE}" in listed.text
    assert "1\\\\. Besluit: We starten in januari" in shown
    assert "2\\\\. Actie: Lotte belt de school" in shown
    assert "Aanwezig: An" in shown
    assert titles(listed).count(texts.BUTTON_CHANGE) == titles(listed).count(texts.BUTTON_REMOVE) == 1
    everything_of_hers = await hears(network, SAMIRA, "toon de notities")
    assert titles(everything_of_hers).count(texts.BUTTON_REMOVE) == 2


async def test_in_company_the_list_comes_in_person(network: Teams) -> None:
    await says(network, JONAS, "besluit: we starten in januari")
    answers = await network.say(JONAS, GROUP, "wat is er al genoteerd?")
    assert {one.conversation for one in answers} == {GROUP.conversation, JONAS.chat.conversation}
    assert "januari" not in next(one.text for one in answers if one.conversation == GROUP.conversation)


async def test_a_note_is_changed_and_taken_out_by_its_buttons_and_both_are_undone(network: Teams, query: Query) -> None:
    await says(network, JONAS, "actie: Lotte belt de school")
    listed = await hears(network, JONAS, "toon de notities")
    form = await presses(network, JONAS, listed, texts.BUTTON_CHANGE)
    changed = await presses(
        network, JONAS, form, texts.BUTTON_SAVE, text="Lotte mailt de school", owner="Lotte", due="2026-12-11"
    )
    assert changed.text.startswith("In orde: 1\\. Actie: Lotte mailt de school (tegen ")
    assert lines(query, "text, owner, due") == [("Lotte mailt de school", "Lotte", "2026-12-11")]
    removed = await presses(network, JONAS, listed, texts.BUTTON_REMOVE)
    assert removed.text.startswith("Geschrapt: 1\\. Actie: Lotte mailt de school")
    assert lines(query) == []
    await presses(network, JONAS, removed, texts.BUTTON_RESTORE)
    assert lines(query) == [("action", "Lotte mailt de school")]


SENTENCES: dict[str, tuple[str, str, str | None, str | None]] = {
    "regel 2 moet zijn: Piet belt de school tegen 11 december": (
        "action",
        "Piet belt de school tegen 11 december",
        "Piet",
        "2026-12-11",
    ),
    "vervang Lotte door Piet in regel 2": ("action", "Piet mailt het CLB tegen vrijdag", "Piet", "2026-12-04"),
    "actie 1 is voor Samira": ("action", "Lotte mailt het CLB tegen vrijdag", "Samira", "2026-12-04"),
    "regel 2 moet zijn: besluit: we mailen het CLB": ("decision", "we mailen het CLB", "Lotte", "2026-12-04"),
}


async def test_a_sentence_changes_the_line_that_it_names_and_the_button_puts_it_back(
    network: Teams, query: Query
) -> None:
    await says(network, JONAS, "besluit: we starten in januari")
    await says(network, JONAS, "actie: Lotte mailt het CLB tegen vrijdag")
    before = ("action", "Lotte mailt het CLB tegen vrijdag", "Lotte", "2026-12-04")
    for sentence, after in SENTENCES.items():
        changed = await hears(network, JONAS, sentence)
        assert changed.text.startswith("In orde: 2\\. "), sentence
        assert lines(query, "kind, text, owner, due")[1] == after
        await presses(network, JONAS, changed, texts.BUTTON_RESTORE)
        assert lines(query, "kind, text, owner, due")[1] == before


TIME_OUT = "we doen geen time-out langer dan 2 weken zonder terugkeerplan"


async def test_a_piece_of_a_line_does_not_replace_the_whole_and_is_asked_for(network: Teams, query: Query) -> None:
    await says(network, JONAS, f"besluit: {TIME_OUT}")
    asked = await hears(network, JONAS, "besluit 1 klopt niet, het was 3 weken")
    assert asked.text.startswith("Ik heb nog niets gewijzigd: “3 weken”")
    assert TIME_OUT in everything(asked)
    assert lines(query) == [("decision", TIME_OUT)]
    await says(network, JONAS, "het was 3 weken")
    assert lines(query) == [("decision", TIME_OUT)]
    longer = TIME_OUT.replace("2", "3")
    assert (await says(network, JONAS, longer)).startswith("In orde: 1")
    assert lines(query) == [("decision", longer)]
    await says(network, JONAS, "besluit 1 klopt niet, het is niet 3 weken maar 4 weken")
    assert lines(query) == [("decision", TIME_OUT.replace("2", "4"))]


async def test_who_lets_it_be_keeps_the_line(network: Teams, query: Query) -> None:
    await says(network, JONAS, f"besluit: {TIME_OUT}")
    form = await hears(network, JONAS, "besluit 1 klopt niet, het was 3 weken")
    assert await says(network, JONAS, "laat maar") == texts.LET_BE
    assert lines(query) == [("decision", TIME_OUT)]
    await presses(network, JONAS, form, texts.BUTTON_SAVE, text="hoogstens 3 weken")
    assert lines(query) == [("decision", "hoogstens 3 weken")]


async def test_a_number_that_was_told_is_of_that_line_whatever_others_note(network: Teams, query: Query) -> None:
    assert await says(network, SAMIRA, "volgende keer: de gsm op school") == "Genoteerd als regel 1."
    assert await says(network, JONAS, "besluit: we starten in januari") == "Genoteerd als besluit 2."
    await says(network, NELE, "actie: Lotte belt de school")
    changed = await says(network, JONAS, "besluit 2 moet zijn: we starten in februari")
    assert changed == "In orde: 2\\. Besluit: We starten in februari"


async def test_who_is_on_a_line_that_is_no_action_is_told_why_not_and_can_make_it_one(
    network: Teams, query: Query
) -> None:
    await says(network, JONAS, "besluit: we mailen het CLB")
    told = await hears(network, JONAS, "regel 1 is voor Lotte")
    assert texts.ONLY_ACTIONS.format(number=1) in told.text
    assert lines(query, "kind, owner") == [("decision", None)]
    await presses(network, JONAS, told, texts.BUTTON_ACTION)
    assert lines(query, "kind, owner") == [("action", "Lotte")]


async def test_people_are_one_row_that_who_corrects_may_change(network: Teams, query: Query) -> None:
    await says(network, SAMIRA, "aanwezig: An, Piet, Els, Noor en Bram")
    await says(network, JONAS, "besluit: we starten in januari")
    listed = await hears(network, SAMIRA, "toon de notities")
    assert "Aanwezig: An, Piet, Els, Noor, Bram" in everything(listed)
    assert titles(listed).count(texts.BUTTON_CHANGE) == 2
    assert titles(await hears(network, JONAS, "toon de notities")).count(texts.BUTTON_CHANGE) == 1
    form = await sends(network, SAMIRA, button(listed, texts.BUTTON_CHANGE, 1))
    said = await presses(network, SAMIRA, form, drafts.BUTTON_SAVE, present="An\nPiet (CLB De Sluis)", excused="Els")
    assert said.text == "In orde. Aanwezig (2): An en Piet; Verontschuldigd (1): Els"
    assert sorted(lines(query)) == [
        ("attendee", "An"),
        ("attendee", "Piet"),
        ("decision", "we starten in januari"),
        ("excused", "Els"),
    ]


@pytest.mark.parametrize("settings", [AFTER], indirect=True)
async def test_after_posting_who_corrects_still_adds_and_others_hear_what_they_can_do(
    network: Teams, query: Query
) -> None:
    await says(network, SAMIRA, "besluit: we starten in januari")
    post(query)
    added = await hears(network, NELE, "actie: Lotte belt de school")
    assert added.text == texts.ADDED_AFTER.format(noted="Genoteerd als regel 2.", title=TITLE)
    assert await says(network, JONAS, "actie: Lotte belt het CLB") == texts.NO_MEETING
    assert [text for _, text in lines(query)] == ["we starten in januari", "Lotte belt de school"]
    await presses(network, NELE, added, texts.BUTTON_REMOVE)
    assert [text for _, text in lines(query)] == ["we starten in januari"]


async def test_the_last_note_goes_where_somebody_says_so_and_comes_back(network: Teams, query: Query) -> None:
    await says(network, JONAS, "besluit: we starten in januari")
    await says(network, JONAS, "besluit: we stoppen in juni")
    await says(network, SAMIRA, "besluit: we beginnen om 9 uur")
    removed = await hears(network, JONAS, "de laatste notitie mag weg")
    assert removed.text == "Geschrapt: 2\\. Besluit: We stoppen in juni"
    assert [text for _, text in lines(query)] == ["we starten in januari", "we beginnen om 9 uur"]
    await presses(network, JONAS, removed, texts.BUTTON_RESTORE)
    assert len(lines(query)) == 3
    await says(network, JONAS, "schrap het besluit over januari")
    assert [text for _, text in lines(query)] == ["we stoppen in juni", "we beginnen om 9 uur"]


async def test_a_number_that_is_not_there_is_told_with_the_list(network: Teams, query: Query) -> None:
    await says(network, JONAS, "besluit: we starten in januari")
    said = await says(network, JONAS, "schrap regel 7")
    assert said.startswith(f"Een regel 7 staat er niet bij {TITLE}.")
    assert "We starten in januari" in said
    assert len(lines(query)) == 1


async def test_somebody_elses_note_is_theirs_but_who_takes_notes_corrects_all(network: Teams, query: Query) -> None:
    await says(network, JONAS, "besluit: we starten in januari")
    said = await says(network, KATRIEN, "schrap regel 1")
    assert "Geschrapt" not in said
    await says(network, NELE, "aanwezig: An")
    await says(network, JONAS, "actie: Lotte belt de school")
    await says(network, SAMIRA, "besluit: we stoppen in juni")
    said = await says(network, JONAS, "regel 3 moet zijn: we stoppen in mei")
    assert said == texts.NOT_YOURS.format(name=SAMIRA.name)
    assert await says(network, JONAS, "regel 3 klopt niet") == said
    assert (await says(network, SAMIRA, "regel 1 moet zijn: we starten in februari")).startswith("In orde: 1")
    assert lines(query, "text, certain")[0] == ("we starten in februari", 1)


@pytest.mark.parametrize("settings", [AFTER], indirect=True)
async def test_of_a_posted_report_a_correction_is_an_objection_for_who_may_not_correct(
    network: Teams, query: Query
) -> None:
    await says(network, SAMIRA, "besluit: we starten in januari")
    post(query)
    said = await says(network, JONAS, "regel 1 moet zijn: we starten in februari")
    assert "ik geef het door aan wie het verslag nakijkt" in said
    assert query("SELECT text, taken FROM report_objections") == [("we starten in februari", None)]
    assert lines(query) == [("decision", "we starten in januari")]
    assert "In orde: 1" in await says(network, SAMIRA, "regel 1 moet zijn: we starten in maart")
    assert query(f"SELECT version FROM reports WHERE meeting_id = {meeting_id(query, HOMEWORK)}") == [(2,)]


async def test_what_may_identify_somebody_is_shown_to_its_author_and_the_rest_is_kept(
    network: Teams, query: Query
) -> None:
    said = "besluit: Jonas Vermeulen, 12 jaar, gaat naar een time-out\nactie: Lotte belt de school"
    asked = await hears(network, JONAS, said)
    assert "Genoteerd als regel 1." in asked.text
    assert lines(query) == [("action", "Lotte belt de school")]
    kept = await presses(network, JONAS, asked, gate_texts.BUTTON_KEEP, text="een leerling gaat naar een time-out")
    assert kept.text == "Genoteerd als besluit 2."
    assert ("decision", "een leerling gaat naar een time-out") in lines(query)


async def test_who_takes_notes_gives_the_link_to_the_recording_and_others_find_it(network: Teams, query: Query) -> None:
    await says(network, SAMIRA, "besluit: we starten in januari")
    said = await says(network, SAMIRA, "de opname staat op https://video.example/opname")
    assert said == f"In orde, de link staat bij {TITLE}."
    here = f"meeting_id = {meeting_id(query, HOMEWORK)}"
    found = query(f"SELECT recording_url, report_url FROM reports WHERE {here}")
    assert found == [("https://video.example/opname", None)]
    query("UPDATE reports SET posted_at = '2026-12-03 10:00:00', version = 1 WHERE " + here)
    told = await says(network, JONAS, "waar vind ik de opname?")
    assert "https://video.example/opname" in told
    assert "https" not in await says(network, JONAS, "de opname staat op https://elders.example/x")
    assert await says(network, SAMIRA, "de opname staat op http://video.example/opname") == texts.NOT_A_LINK


async def test_nothing_of_a_button_is_trusted(network: Teams, bot: Running, query: Query) -> None:
    await says(network, SAMIRA, "besluit: we starten in januari")
    line = query("SELECT id FROM report_lines")[0][0]
    here = meeting_id(query, HOMEWORK)
    for data in (
        {"action": "settle_note", "meeting": here, "line": line, "verb": "remove"},
        {"action": "save_note", "meeting": here, "line": line, "text": "niets"},
        {"action": "keep_note", "meeting": 999_999, "kind": "decision", "text": "x"},
        {"action": "keep_note", "meeting": here, "kind": "poll", "text": "x"},
        {"action": "take_report", "draft": "u1", "meeting": here, "verb": "take"},
        {"action": "take_report", "draft": "../x", "meeting": here, "verb": "take"},
    ):
        answers = await network.press(KATRIEN, KATRIEN.chat, data)
        assert answers, data
    assert lines(query) == [("decision", "we starten in januari")]
    jonas = await seen_by(bot, JONAS)
    assert [one.kind for one in await bot.house.reports.notes(here, jonas)] == [LineKind.DECISION]
    assert general.TOO_OLD in network.texts_in(KATRIEN.chat)


async def test_a_label_without_words_is_asked_for(network: Teams, query: Query) -> None:
    assert await says(network, JONAS, "besluit:") == texts.WHAT
    assert lines(query) == []
