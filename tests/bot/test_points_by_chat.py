"""Agenda points in chat: proposing with only a title, forms, one's own points, support, comments and the backlog."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app import running
from bot.settings import Settings
from dialogs.texts import points as texts
from dialogs.texts.refusals import SENTENCES
from storage.domain.refusals import MeetingOver, NoSuchPoint, PointSettled
from tests.bot.connector import CHANNEL, JONAS, JORIS, KATRIEN, LOTTE, NELE, WOUT, Json, Posted, Teams, User
from tests.bot.lists import HOMEWORK, MOTIVATION, Query, buttons, hears, meeting_id, presses, says
from tests.conftest import NOW

DECEMBER = "de intervisie van donderdag 3 december 2026"
FEBRUARY = "de intervisie van donderdag 4 februari 2027"
PROPOSE = "zet spijbelen op de agenda"
PROPOSED = f"'Spijbelen' staat bij de voorstellen voor {DECEMBER}."
ASK = "ik heb een agendapunt"
ASKED = f"Wat wil je op de agenda zetten van {DECEMBER}? Een korte titel is genoeg."
REGISTER_NUMBER = "85.07.30-033.28"


def points(query: Query) -> list[tuple[object, ...]]:
    """Title, meeting and state of what people proposed."""
    return query("SELECT title, meeting_id, state FROM agenda_points WHERE proposer_id IS NOT NULL ORDER BY id")


def snapshot(query: Query) -> Json:
    """Everything about points, to see that nothing changed."""
    tables = ("agenda_points", "agenda_supports", "agenda_comments", "cases", "drafts")
    return {table: query(f"SELECT * FROM {table}") for table in tables}


def inputs(posted: Posted) -> dict[str, Json]:
    """The fields of a form, by id."""
    return {part["id"]: part for part in posted.card["body"] if "id" in part}


async def submit(teams: Teams, who: User, card: Posted, label: str, typed: Json) -> Posted:
    """What somebody hears who presses a button, with what they typed on its card."""
    return (await teams.press(who, who.chat, {**card.button(label), **typed}))[-1]


async def press(teams: Teams, who: User, data: Json) -> str:
    """What somebody hears who presses a button with such data, ours or not."""
    return "\n\n".join(one.text for one in await teams.press(who, who.chat, data))


# Proposing


async def test_only_a_title_is_needed(teams: Teams, query: Query) -> None:
    told = await hears(teams, KATRIEN, PROPOSE)
    assert told.text == f"{PROPOSED} {texts.COMPLETE_HINT}"
    assert buttons(told) == ["Aanvullen", "Toch niet"]
    assert points(query) == [("Spijbelen", meeting_id(query, HOMEWORK), "proposed")]


async def test_the_same_said_twice_is_one_point(teams: Teams, query: Query) -> None:
    await says(teams, KATRIEN, PROPOSE)
    assert (await says(teams, KATRIEN, PROPOSE)).startswith(PROPOSED)
    assert len(points(query)) == 1


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ("zet spijbelen op de agenda van de intervisie van 4 februari", f"staat bij de voorstellen voor {FEBRUARY}"),
        ("zet spijbelen op de plank", "ligt op de plank"),
        ("zet spijbelen op de agenda voor september", "ligt op de plank, voor september 2027"),
    ],
    ids=["named", "backlog", "month"],
)
async def test_a_point_goes_where_it_is_said_to(teams: Teams, said: str, where: str) -> None:
    assert (await says(teams, KATRIEN, said)).startswith(f"'Spijbelen' {where}.")


async def test_without_a_meeting_it_is_for_the_one_talked_about(teams: Teams) -> None:
    await says(teams, KATRIEN, "wanneer is de intervisie van 4 februari?")
    assert f"voorstellen voor {FEBRUARY}" in await says(teams, KATRIEN, PROPOSE)


async def test_an_intervisie_whose_deadline_is_past_is_passed_over(teams: Teams, query: Query) -> None:
    query(f"UPDATE meetings SET agenda_until = '2026-11-20' WHERE key = '{HOMEWORK}'")
    assert f"voorstellen voor {FEBRUARY}" in await says(teams, KATRIEN, PROPOSE)


async def test_after_the_deadline_of_a_named_one_it_is_taken_and_the_coordinator_decides(
    teams: Teams, query: Query
) -> None:
    query(f"UPDATE meetings SET agenda_until = '2026-11-20' WHERE key = '{HOMEWORK}'")
    told = await says(teams, KATRIEN, "zet spijbelen op de agenda van de intervisie van 3 december")
    late = "Punten doorgeven kon tot en met vrijdag 20 november 2026, dus de coördinator beslist of dit er nog bij kan."
    assert told.startswith(f"{PROPOSED} {late}")
    assert points(query)[0][2] == "proposed"


async def test_what_a_coordinator_proposes_stands_on_the_agenda(teams: Teams, query: Query) -> None:
    assert (await says(teams, NELE, PROPOSE)).startswith(f"'Spijbelen' staat op de agenda van {DECEMBER}.")
    assert points(query)[0][2] == "accepted"


async def test_markup_in_a_title_is_shown_as_it_was_typed(teams: Teams, query: Query) -> None:
    form = await hears(teams, KATRIEN, "formulier agendapunt")
    title = "**Vet** <b>dik</b> [hier](https://kwaad.example)"
    told = await submit(teams, KATRIEN, form, "Bewaren", {"title": title, "where": "0"})
    assert r"\*\*Vet\*\*" in told.text
    assert "](" not in told.text.replace(r"\](", "")
    assert points(query) == [(title, None, "proposed")]


async def test_whom_the_network_does_not_know_proposes_nothing(teams: Teams, query: Query) -> None:
    teams.rosters[JORIS.chat.conversation] = [JORIS]
    before = snapshot(query)
    await says(teams, JORIS, PROPOSE)
    assert snapshot(query) == before


# The question for a title


async def test_without_a_title_only_that_is_asked(teams: Teams, query: Query) -> None:
    asked = await hears(teams, KATRIEN, ASK)
    assert asked.text == ASKED
    assert (await says(teams, KATRIEN, "Hoe betrekken we ouders? Ideeën uitwisselen.")).startswith(
        "'Hoe betrekken we ouders? Ideeën uitwisselen' staat bij de voorstellen"
    )
    assert len(points(query)) == 1
    await says(teams, KATRIEN, "appels en peren")
    assert len(points(query)) == 1


async def test_the_question_can_be_dropped(teams: Teams, query: Query) -> None:
    for said in ("laat maar", "Nee.", "stop", "annuleer"):
        await says(teams, KATRIEN, ASK)
        assert await says(teams, KATRIEN, said) == texts.NOT_PROPOSED
    await teams.press(KATRIEN, KATRIEN.chat, (await hears(teams, KATRIEN, ASK)).button("Laat maar"))
    await says(teams, KATRIEN, "appels en peren")
    assert points(query) == []


async def test_other_questions_are_answered_and_the_title_still_awaited(teams: Teams, query: Query) -> None:
    await says(teams, KATRIEN, ASK)
    for between, answer in (
        ("wanneer is de volgende netwerkdag?", "donderdag 18 maart 2027"),
        ("wie is de coördinator?", "Nele Verhaegen"),
        ("ben ik ingeschreven voor de netwerkdag?", "niet ingeschreven"),
        ("dankjewel", "Graag gedaan"),
    ):
        assert answer in await says(teams, KATRIEN, between)
    assert (await says(teams, KATRIEN, "Spijbelen")).startswith(PROPOSED)
    assert len(points(query)) == 1


async def test_a_half_entered_point_survives_a_restart(teams: Teams, settings: Settings) -> None:
    await says(teams, KATRIEN, ASK)
    async with running(replace(settings, starts_at=NOW + timedelta(minutes=5))) as restarted:
        teams.bot_url = restarted.url
        assert (await says(teams, KATRIEN, "Spijbelen")).startswith(PROPOSED)


async def test_what_looks_like_a_question_is_a_title_between_quotes(teams: Teams, query: Query) -> None:
    await says(teams, KATRIEN, ASK)
    await says(teams, KATRIEN, "“Wie is de coördinator?”")
    assert points(query)[0][0] == "Wie is de coördinator?"


async def test_a_title_too_long_comes_back_on_a_form(teams: Teams, query: Query) -> None:
    await says(teams, KATRIEN, ASK)
    form = await hears(teams, KATRIEN, "woord " * 60)
    assert texts.MISTAKES["title"] in form.text
    assert points(query) == []
    told = await submit(teams, KATRIEN, form, "Bewaren", {"title": "Kort", "where": str(meeting_id(query, MOTIVATION))})
    assert told.text.startswith(f"'Kort' staat bij de voorstellen voor {FEBRUARY}.")


# In company


async def test_in_a_channel_everybody_reads_it_and_the_proposer_gets_the_buttons(teams: Teams) -> None:
    await says(teams, KATRIEN, "dag")
    private, public = await teams.say(KATRIEN, CHANNEL, PROPOSE)
    assert public.text.startswith(PROPOSED)
    assert buttons(public) == ["Dat wil ik ook"]
    assert private.conversation == KATRIEN.chat.conversation
    assert buttons(private) == ["Aanvullen", "Toch niet"]


async def test_in_a_channel_a_title_is_not_asked_but_a_form_sent(teams: Teams, query: Query) -> None:
    await says(teams, KATRIEN, "dag")
    form, public = await teams.say(KATRIEN, CHANNEL, ASK)
    assert ASKED not in public.text
    assert list(inputs(form)) == ["title", "kind", "explanation", "minutes", "link", "where"]
    await teams.say(WOUT, CHANNEL, "appels en peren")
    assert points(query) == []


async def test_what_identifies_somebody_goes_on_in_private_and_is_kept_nowhere(teams: Teams, query: Query) -> None:
    await says(teams, KATRIEN, "dag")
    before = snapshot(query)
    said = f"zet het dossier van {REGISTER_NUMBER} op de agenda"
    private, public = await teams.say(KATRIEN, CHANNEL, said)
    assert REGISTER_NUMBER not in json.dumps(public.activity)
    assert REGISTER_NUMBER in private.text
    assert snapshot(query) == before


async def test_after_other_words_the_point_is_kept(teams: Teams, query: Query) -> None:
    refused = await hears(teams, KATRIEN, f"zet het dossier van {REGISTER_NUMBER} op de agenda")
    told = await submit(teams, KATRIEN, refused, "Zo bewaren", {"title": "Een dossier bespreken"})
    assert told.text.startswith(f"'Een dossier bespreken' staat bij de voorstellen voor {DECEMBER}.")
    assert [one[0] for one in points(query)] == ["Een dossier bespreken"]


# The form


async def test_a_point_is_completed_on_a_form_in_which_nothing_is_demanded(teams: Teams, query: Query) -> None:
    told = await hears(teams, KATRIEN, PROPOSE)
    form = await presses(teams, KATRIEN, told, "Aanvullen")
    fields = inputs(form)
    assert {name for name, field in fields.items() if field.get("isRequired")} == {"title"}
    assert fields["title"]["value"] == "Spijbelen"
    assert fields["where"]["value"] == str(meeting_id(query, HOMEWORK))
    typed = {
        "title": "Spijbelen",
        "kind": "theme",
        "explanation": "Wat werkt?",
        "minutes": "20",
        "link": "https://school.example/nota",
        "where": str(meeting_id(query, MOTIVATION)),
    }
    kept = await submit(teams, KATRIEN, form, "Bewaren", typed)
    assert kept.text.startswith(f"In orde, aangepast. 'Spijbelen' staat bij de voorstellen voor {FEBRUARY}.")
    assert "Soort: thema. Duur: 20 minuten." in kept.text
    row = query("SELECT kind, explanation, minutes, link, meeting_id FROM agenda_points WHERE title = 'Spijbelen'")
    assert row == [("theme", "Wat werkt?", 20, "https://school.example/nota", meeting_id(query, MOTIVATION))]
    back = await presses(teams, KATRIEN, kept, "Ongedaan maken")
    assert f"voorstellen voor {DECEMBER}" in back.text
    row = query("SELECT kind, explanation, minutes, link FROM agenda_points WHERE title = 'Spijbelen'")
    assert row == [(None, None, None, None)]


async def test_the_button_on_an_agenda_gives_a_form_for_that_meeting(teams: Teams, query: Query) -> None:
    shown = await hears(teams, KATRIEN, "wat staat er op de agenda van de intervisie van 4 februari?")
    form = await presses(teams, KATRIEN, shown, "Agendapunt toevoegen")
    assert inputs(form)["where"]["value"] == str(meeting_id(query, MOTIVATION))
    typed = {"title": "Rapporten", "where": str(meeting_id(query, MOTIVATION))}
    for _ in range(2):
        told = await submit(teams, KATRIEN, form, "Bewaren", typed)
        assert told.text.startswith(f"'Rapporten' staat bij de voorstellen voor {FEBRUARY}.")
    assert len(points(query)) == 1


async def test_what_a_form_can_not_mean_comes_back_with_why(teams: Teams, query: Query) -> None:
    for field, value in (
        ("title", " "),
        ("title", "x" * 201),
        ("minutes", "0"),
        ("minutes", "veel"),
        ("minutes", 9999),
        ("link", "javascript:alert(1)"),
        ("kind", "feest"),
        ("where", "nergens"),
        ("explanation", "x" * 2001),
    ):
        data = {"action": "save_point", "title": "Spijbelen", "where": "0", field: value}
        told = await teams.press(KATRIEN, KATRIEN.chat, data)
        assert texts.MISTAKES[field] in told[-1].text
    assert points(query) == []


async def test_a_tampered_form_changes_nothing(teams: Teams, query: Query) -> None:
    await says(teams, KATRIEN, PROPOSE)
    before = snapshot(query)
    for tampered in (
        {"where": "999999"},
        {"where": "99999999999"},
        {"point": 999_999},
        {"point": 2**40},
        {"title": "x" * 10_000},
        {"title": None, "explanation": {"a": 1}},
        {"point": "abc"},
        {"month": "2026-13-99"},
    ):
        assert await press(teams, JONAS, {"action": "save_point", "title": "Gekaapt", "where": "0", **tampered})
    assert snapshot(query) == before


async def test_another_persons_point_can_be_neither_changed_nor_withdrawn(teams: Teams, query: Query) -> None:
    told = await hears(teams, KATRIEN, PROPOSE)
    before = snapshot(query)
    id_ = told.button("Aanvullen")["point"]
    for data in (
        {"action": "show_point_form", "point": id_},
        {"action": "save_point", "point": id_, "title": "Gekaapt", "where": "0"},
        {"action": "take_back_point", "point": id_},
        {"action": "start_case", "point": id_},
        {"action": "save_case", "point": id_, "form": True, "situation": "Gekaapt"},
    ):
        assert "Aanvullen" not in await press(teams, JONAS, data)
    assert snapshot(query) == before
    assert await press(teams, JONAS, {"action": "take_back_point", "point": 999_999}) == SENTENCES[NoSuchPoint]


async def test_a_point_for_what_is_over_meanwhile_is_refused(teams: Teams, query: Query) -> None:
    form = await hears(teams, KATRIEN, "formulier agendapunt")
    begins, ends = "2026-11-20 09:30", "2026-11-20 12:00"
    query(f"UPDATE meetings SET starts_local = '{begins}', ends_local = '{ends}' WHERE key = '{HOMEWORK}'")
    typed = {"title": "Te laat", "where": str(meeting_id(query, HOMEWORK))}
    told = await submit(teams, KATRIEN, form, "Bewaren", typed)
    assert told.text == SENTENCES[MeetingOver]
    assert points(query) == []


# One's own points


async def test_one_sees_ones_own_points_and_where_they_stand(teams: Teams) -> None:
    assert await says(teams, KATRIEN, "welke punten heb ik ingediend?") == texts.NOTHING_PROPOSED
    await says(teams, KATRIEN, PROPOSE)
    await says(teams, KATRIEN, "zet smartphones op de plank")
    told = await says(teams, KATRIEN, "welke punten heb ik ingediend?")
    assert f"**1.** Spijbelen: staat bij de voorstellen voor {DECEMBER}." in told
    assert "**2.** Smartphones: ligt op de plank." in told
    assert "Spijbelen" not in await says(teams, JONAS, "welke punten heb ik ingediend?")


async def test_a_point_is_withdrawn_and_brought_back(teams: Teams, query: Query) -> None:
    await says(teams, KATRIEN, PROPOSE)
    await says(teams, KATRIEN, "zet smartphones op de plank")
    gone = await hears(teams, KATRIEN, "trek mijn punt over spijbelen in")
    assert gone.text == "In orde, 'Spijbelen' is ingetrokken."
    assert points(query)[0][2] == "withdrawn"
    back = await presses(teams, KATRIEN, gone, "Ongedaan maken")
    assert back.text == f"In orde. {PROPOSED}"
    assert [one[2] for one in points(query)] == ["proposed", "proposed"]


async def test_by_its_number_in_the_list_shown_last_the_right_one_is_withdrawn(teams: Teams, query: Query) -> None:
    await says(teams, KATRIEN, PROPOSE)
    await says(teams, KATRIEN, "zet smartphones op de plank")
    await says(teams, KATRIEN, "welke punten heb ik ingediend?")
    assert "'Smartphones' is ingetrokken" in await says(teams, KATRIEN, "trek punt 2 in")
    assert [one[2] for one in points(query)] == ["proposed", "withdrawn"]


async def test_where_several_may_be_meant_one_chooses(teams: Teams, query: Query) -> None:
    await says(teams, KATRIEN, PROPOSE)
    await says(teams, KATRIEN, "zet smartphones op de plank")
    asked = await hears(teams, KATRIEN, "trek mijn punt in")
    assert buttons(asked) == ["Spijbelen", "Smartphones"]
    for _ in range(2):
        await teams.press(KATRIEN, KATRIEN.chat, asked.button("Smartphones"))
    assert [one[2] for one in points(query)] == ["proposed", "withdrawn"]


async def test_a_coordinator_hears_to_decline_what_is_anothers(teams: Teams, query: Query) -> None:
    await says(teams, KATRIEN, PROPOSE)
    told = await press(teams, NELE, {"action": "take_back_point", "point": _last(query)})
    assert told == "'Spijbelen' is niet jouw punt. Als coördinator kan je het wel weigeren, verplaatsen of samenvoegen."
    assert points(query)[0][2] == "proposed"


async def test_what_was_declined_can_not_be_changed_any_more(teams: Teams, query: Query) -> None:
    told = await hears(teams, KATRIEN, PROPOSE)
    query("UPDATE agenda_points SET state = 'declined', declined_why = 'te kort' WHERE proposer_id IS NOT NULL")
    assert (await presses(teams, KATRIEN, told, "Toch niet")).text == SENTENCES[PointSettled]
    assert "niet opgenomen" in await says(teams, KATRIEN, "welke punten heb ik ingediend?")


def _last(query: Query) -> int:
    return int(str(query("SELECT max(id) FROM agenda_points")[0][0]))


# The agenda, support and comments


async def test_the_agenda_has_what_was_proposed_and_how_many_want_it(teams: Teams, query: Query) -> None:
    before = await says(teams, JONAS, "wat staat er op de agenda van de volgende intervisie?")
    assert "Voorgesteld" not in before
    assert "- 9.30 uur: Verwelkoming" in before
    await says(teams, KATRIEN, PROPOSE)
    shown = await hears(teams, JONAS, "wat staat er op de agenda van de volgende intervisie?")
    assert "**1.** 9.30 uur: Verwelkoming" in shown.text
    assert shown.text.endswith("Voorgesteld (nog te bevestigen):\n\n**6.** Spijbelen")
    assert buttons(shown) == ["Punt 6: dat wil ik ook", "Agendapunt toevoegen", "Als Word-document"]
    for _ in range(2):
        told = await presses(teams, JONAS, shown, "Punt 6: dat wil ik ook")
        assert told.text == "In orde, 'Spijbelen' is nu 1 keer gesteund."
    assert query("SELECT count(*) FROM agenda_supports") == [(1,)]
    await presses(teams, JONAS, told, "Toch niet meer")
    assert query("SELECT count(*) FROM agenda_supports") == [(0,)]


async def test_a_draft_is_called_so_and_the_coordinator_finds_the_board(teams: Teams, query: Query) -> None:
    columns = "meeting_id, composed_at, published, held"
    query(f"INSERT INTO agendas ({columns}) VALUES ({meeting_id(query, HOMEWORK)}, '2026-11-20', '[]', 0)")
    shown = await hears(teams, NELE, "wat staat er op de agenda van de volgende intervisie?")
    assert "Deze agenda is nog niet definitief." in shown.text
    assert buttons(shown) == ["Agendapunt toevoegen", "Als Word-document", "Bord"]
    query("UPDATE agendas SET published_at = '2026-11-20'")
    shown = await hears(teams, NELE, "wat staat er op de agenda van de volgende intervisie?")
    assert "definitief" not in shown.text


async def test_one_supports_by_number_and_in_a_channel_nobody_is_named(teams: Teams, query: Query) -> None:
    await says(teams, KATRIEN, PROPOSE)
    public = await teams.say(JONAS, CHANNEL, "ik steun punt 6 van de intervisie van 3 december")
    assert [one.text for one in public] == ["In orde, 'Spijbelen' is nu 1 keer gesteund."]
    await teams.say(WOUT, CHANNEL, "ik steun punt 6")
    shown = await teams.say(JONAS, CHANNEL, "wat staat er op de agenda van de intervisie van 3 december?")
    assert "Spijbelen, 2 keer gesteund" in shown[0].text
    assert "Jonas" not in shown[0].text
    assert query("SELECT count(*) FROM agenda_supports") == [(2,)]


async def test_ones_own_point_needs_no_support(teams: Teams, query: Query) -> None:
    await says(teams, KATRIEN, PROPOSE)
    assert await says(teams, KATRIEN, "ik steun punt 6") == texts.own_point("Spijbelen")
    assert await says(teams, KATRIEN, "ik steun punt 9") == "Punt 9 is er niet: er zijn er 6."
    assert query("SELECT count(*) FROM agenda_supports") == [(0,)]


async def test_what_belongs_to_every_meeting_needs_no_support(teams: Teams, query: Query) -> None:
    await says(teams, JONAS, "wat staat er op de agenda van de volgende intervisie?")
    assert (await says(teams, JONAS, "punt 1 wil ik ook")).endswith("hoort bij elke bijeenkomst: dat hoeft geen steun.")
    assert query("SELECT count(*) FROM agenda_supports") == [(0,)]


async def test_a_comment_is_told_at_once_or_asked(teams: Teams, query: Query) -> None:
    await says(teams, KATRIEN, PROPOSE)
    kept = "Je opmerking staat bij 'Spijbelen'. Wie het punt indiende en de coördinatoren kunnen ze lezen."
    assert await says(teams, JONAS, "opmerking bij punt 6: graag met voorbeelden") == kept
    assert await says(teams, JONAS, "opmerking bij punt 6") == "Wat wil je zeggen bij 'Spijbelen'?"
    assert "18 maart" in await says(teams, JONAS, "wanneer is de netwerkdag?")
    assert await says(teams, JONAS, "Hou het kort. Dan is er tijd.") == kept
    found = query("SELECT text FROM agenda_comments ORDER BY id")
    assert found == [("graag met voorbeelden",), ("Hou het kort. Dan is er tijd.",)]
    assert "- Jonas Claerhout: graag met voorbeelden" in await says(teams, KATRIEN, "welke punten heb ik ingediend?")
    await says(teams, JONAS, "opmerking bij punt 6 van de intervisie van 3 december")
    assert await says(teams, JONAS, "laat maar") == texts.COMMENT_DROPPED
    assert query("SELECT count(*) FROM agenda_comments") == [(2,)]


async def test_a_comment_passes_the_gate(teams: Teams, query: Query) -> None:
    await says(teams, KATRIEN, PROPOSE)
    refused = await hears(teams, JONAS, f"opmerking bij punt 6: denk aan {REGISTER_NUMBER}")
    assert query("SELECT count(*) FROM agenda_comments") == [(0,)]
    told = await presses(teams, JONAS, refused, texts.BUTTON_COMMENT, text="denk aan dat dossier")
    assert told.text.startswith("Je opmerking staat bij 'Spijbelen'.")


# The backlog


async def test_everybody_sees_the_backlog_and_its_numbers_count_there(teams: Teams, query: Query) -> None:
    assert await says(teams, JONAS, "wat ligt er nog op de plank?") == texts.SHELF_EMPTY
    await says(teams, KATRIEN, "zet smartphones op de plank")
    query("UPDATE agenda_points SET shelved_at = '2026-11-02 09:00', carried = 2 WHERE title = 'Smartphones'")
    shown = await teams.say(JONAS, CHANNEL, "wat ligt er nog op de plank?")
    assert "**1.** Smartphones (al 2 weken, 2 keer uitgesteld)" in shown[0].text
    assert buttons(shown[0]) == ["Punt 1: dat wil ik ook", "Agendapunt toevoegen"]
    told = await teams.say(JONAS, CHANNEL, "ik steun punt 1")
    assert told[0].text == "In orde, 'Smartphones' is nu 1 keer gesteund."


async def test_help_tells_of_agenda_points(teams: Teams) -> None:
    assert "zet huiswerkbegeleiding op de agenda" in await says(teams, KATRIEN, "help")


async def test_one_moves_ones_own_point(teams: Teams, query: Query) -> None:
    await says(teams, KATRIEN, PROPOSE)
    assert "ligt op de plank" in await says(teams, KATRIEN, "verplaats mijn punt over spijbelen naar de plank")
    told = await says(teams, KATRIEN, "verplaats mijn punt over spijbelen naar de intervisie van 4 februari")
    assert f"voorstellen voor {FEBRUARY}" in told
    assert points(query) == [("Spijbelen", meeting_id(query, MOTIVATION), "proposed")]


async def test_of_a_closed_meeting_a_channel_reads_nothing(teams: Teams, query: Query) -> None:
    await says(teams, KATRIEN, "dag")
    heard = await teams.say(KATRIEN, CHANNEL, "zet de begroting van 2028 op de agenda van de stuurgroep")
    assert query("SELECT count(*) FROM agenda_points WHERE title = 'De begroting van 2028'") == [(1,)]
    await teams.say(LOTTE, LOTTE.chat, "dag")
    support = {"action": "support_point", "point": _last(query)}
    heard += await teams.press(LOTTE, CHANNEL, support)
    assert query("SELECT count(*) FROM agenda_supports") == [(1,)]
    assert await press(teams, JONAS, support) == SENTENCES[NoSuchPoint]
    assert not [one.text for one in heard if one.conversation == CHANNEL.conversation and "begroting" in one.text]
