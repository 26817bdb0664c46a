"""Preparing a case in chat: four steps in private, each passed over, gone back to, stopped and gone on with."""

import json
from dataclasses import replace
from datetime import timedelta

from bot.app import running
from bot.settings import Settings
from dialogs.texts import cases as texts
from dialogs.texts import points as point_texts
from storage.domain.proposing import PARTS
from tests.bot.connector import CHANNEL, JONAS, KATRIEN, Json, Posted, Teams
from tests.bot.lists import Query, buttons, hears, presses, says
from tests.conftest import NOW

BEGIN = "help mij een casus voorbereiden"
TITLE = "Huiswerk in een drukke leefgroep"
PROPOSED = f"'{TITLE}' staat bij de voorstellen voor de intervisie van donderdag 3 december 2026. Soort: casus."
TOLD = {
    "situation": "Een leerling uit de eerste graad komt niet meer. De ouders weten geen raad.",
    "question": "Hoe krijgen we vertrouwen terug?",
    "tried": "Gesprekken, en een halve week thuisonderwijs.",
    "wished": "Na de vakantie weer halve dagen.",
}
REGISTER_NUMBER = "85.07.30-033.28"


async def begun(teams: Teams) -> Posted:
    """The first step of a new case."""
    await says(teams, KATRIEN, BEGIN)
    return await hears(teams, KATRIEN, TITLE)


def case(query: Query) -> list[tuple[object, ...]]:
    """The parts of the case that are kept with its point."""
    return query(f"SELECT {', '.join(PARTS)} FROM cases")


def draft(query: Query) -> Json:
    """What is being prepared; empty without a draft."""
    found = query("SELECT data FROM drafts")
    return dict(json.loads(str(found[0][0]))) if found else {}


def at(step: int) -> str:
    """How a step begins."""
    return f"**{step + 1} van 4. {texts.LABELS[PARTS[step]]}**"


async def test_a_new_case_asks_its_title_and_then_begins(teams: Teams, query: Query) -> None:
    asked = await says(teams, KATRIEN, BEGIN)
    assert asked.startswith("Hoe noem je je casus?")
    first = await hears(teams, KATRIEN, TITLE)
    assert first.text.startswith(f"{PROPOSED}\n\n{texts.ADVICE}\n\n{at(0)}")
    assert buttons(first) == ["Sla over", "Stop, later verder"]
    assert query("SELECT title, kind FROM agenda_points WHERE proposer_id IS NOT NULL") == [(TITLE, "case")]


async def test_the_question_for_its_title_can_be_dropped_and_put_off(teams: Teams, query: Query) -> None:
    await says(teams, KATRIEN, BEGIN)
    assert "18 maart" in await says(teams, KATRIEN, "wanneer is de netwerkdag?")
    assert await says(teams, KATRIEN, "laat maar") == texts.NO_CASE
    await says(teams, KATRIEN, "appels en peren")
    assert query("SELECT count(*) FROM agenda_points WHERE proposer_id IS NOT NULL") == [(0,)]


async def test_four_answers_make_a_case_that_is_kept_on_a_yes(teams: Teams, query: Query) -> None:
    reply = (await begun(teams)).text
    for number, name in enumerate(PARTS):
        assert at(number) in reply
        reply = await says(teams, KATRIEN, TOLD[name])
    assert reply.startswith(f"Dit is je casus '{TITLE}':")
    assert all(text in reply for text in TOLD.values())
    assert case(query) == []
    assert (await says(teams, KATRIEN, "bewaar maar")).startswith(f"Je casus staat bij '{TITLE}'.")
    assert case(query) == [tuple(TOLD.values())]
    assert draft(query) == {}


async def test_the_buttons_pass_over_and_go_back(teams: Teams, query: Query) -> None:
    first = await begun(teams)
    second = await presses(teams, KATRIEN, first, "Sla over")
    assert at(1) in second.text
    assert buttons(second) == ["Sla over", "Vorige", "Stop, later verder"]
    again = await presses(teams, KATRIEN, second, "Vorige")
    assert at(0) in again.text
    await says(teams, KATRIEN, TOLD["situation"])
    back = await says(teams, KATRIEN, "vorige")
    assert at(0) in back
    assert f"{texts.NOW_THERE}\n\n> {TOLD['situation']}" in back
    for step in (1, 2, 3):
        assert at(step) in await says(teams, KATRIEN, "sla over")
    summary = await hears(teams, KATRIEN, "sla over")
    for _ in range(2):
        await teams.press(KATRIEN, KATRIEN.chat, summary.button("Bewaren"))
    assert case(query) == [(TOLD["situation"], None, None, None)]


async def test_nothing_told_is_nothing_to_keep(teams: Teams, query: Query) -> None:
    await begun(teams)
    for _ in PARTS:
        summary = await hears(teams, KATRIEN, "sla over")
    assert summary.text.endswith(texts.EMPTY.format(title=f"'{TITLE}'"))
    assert (await presses(teams, KATRIEN, summary, "Bewaren")).text == texts.NOTHING_TOLD
    assert case(query) == []


async def test_a_question_in_between_is_answered_and_the_step_stays(teams: Teams, query: Query) -> None:
    await begun(teams)
    await says(teams, KATRIEN, TOLD["situation"])
    assert "18 maart" in await says(teams, KATRIEN, "wanneer is de volgende netwerkdag?")
    assert "Nele Verhaegen" in await says(teams, KATRIEN, "wie is de coördinator?")
    assert at(1) in await says(teams, KATRIEN, "verder met mijn casus")
    assert at(2) in await says(teams, KATRIEN, TOLD["question"])
    assert draft(query)["question"] == TOLD["question"]


async def test_one_stops_and_goes_on_after_a_restart(teams: Teams, query: Query, settings: Settings) -> None:
    await begun(teams)
    await says(teams, KATRIEN, TOLD["situation"])
    assert await says(teams, KATRIEN, "stop") == texts.STOPPED
    await says(teams, KATRIEN, "appels en peren")
    assert set(draft(query)) & set(PARTS) == {"situation"}
    async with running(replace(settings, starts_at=NOW + timedelta(days=2))) as restarted:
        teams.bot_url = restarted.url
        assert at(1) in await says(teams, KATRIEN, "verder met mijn casus")


async def test_a_restart_in_the_middle_loses_nothing(teams: Teams, query: Query, settings: Settings) -> None:
    await begun(teams)
    await says(teams, KATRIEN, TOLD["situation"])
    async with running(replace(settings, starts_at=NOW + timedelta(minutes=5))) as restarted:
        teams.bot_url = restarted.url
        assert at(2) in await says(teams, KATRIEN, TOLD["question"])
    assert {name: draft(query)[name] for name in ("situation", "question")} == {
        name: TOLD[name] for name in ("situation", "question")
    }


async def test_in_a_channel_a_case_moves_to_the_personal_chat(teams: Teams, query: Query) -> None:
    await says(teams, KATRIEN, "dag")
    private, public = await teams.say(KATRIEN, CHANNEL, BEGIN)
    assert private.text == texts.IN_CHAT
    assert "casus" not in public.text
    assert (await presses(teams, KATRIEN, private, "Beginnen")).text.startswith("Hoe noem je je casus?")
    await says(teams, KATRIEN, TITLE)
    private, public = await teams.say(KATRIEN, CHANNEL, "verder met mijn casus")
    assert private.text == texts.IN_CHAT
    assert TITLE not in public.text
    assert at(0) in (await presses(teams, KATRIEN, private, "Beginnen")).text


async def test_what_identifies_a_child_is_not_kept_even_in_the_draft(teams: Teams, query: Query) -> None:
    await begun(teams)
    before = draft(query)
    refused = await hears(teams, KATRIEN, f"Het gaat om dossier {REGISTER_NUMBER}.")
    assert draft(query) == before
    data = {**refused.button(point_texts.BUTTON_KEEP_SO), "text": "Het gaat om een dossier."}
    told = await teams.press(KATRIEN, KATRIEN.chat, data)
    assert at(1) in told[-1].text
    assert draft(query)["situation"] == "Het gaat om een dossier."
    tables = [str(name) for (name,) in query("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert REGISTER_NUMBER not in "".join(str(query(f'SELECT * FROM "{table}"')) for table in tables)


async def test_a_kept_case_is_adjusted_on_a_form_which_the_gate_reads_too(teams: Teams, query: Query) -> None:
    await begun(teams)
    await says(teams, KATRIEN, TOLD["situation"])
    for _ in range(3):
        summary = await hears(teams, KATRIEN, "sla over")
    form = await presses(teams, KATRIEN, summary, "Aanpassen")
    assert [part["id"] for part in form.card["body"]] == list(PARTS)
    typed = {"situation": TOLD["situation"], "question": f"Wat met {REGISTER_NUMBER}?", "tried": "", "wished": "Rust."}
    refused = await teams.press(KATRIEN, KATRIEN.chat, {**form.button("Bewaren"), **typed})
    assert case(query) == []
    data = {**refused[-1].button(point_texts.BUTTON_KEEP_SO), "question": "Wat met het dossier?"}
    await teams.press(KATRIEN, KATRIEN.chat, data)
    assert case(query) == [(TOLD["situation"], "Wat met het dossier?", None, "Rust.")]


async def test_a_step_too_long_is_asked_again(teams: Teams, query: Query) -> None:
    await begun(teams)
    assert await says(teams, KATRIEN, "lang " * 500) == texts.TOO_LONG
    assert at(1) in await says(teams, KATRIEN, TOLD["situation"])


async def test_buttons_that_were_tampered_with_change_nothing(teams: Teams, query: Query) -> None:
    first = await begun(teams)
    point = first.button("Sla over")["point"]
    await says(teams, KATRIEN, TOLD["situation"])
    before = (draft(query), case(query))
    for data in (
        {"action": "case_step", "point": point, "step": 2},
        {"action": "case_step", "point": 999_999, "step": 1},
        {"action": "case_step", "point": point, "step": 99},
        {"action": "tell_case", "point": point, "step": 0, "text": "Gekaapt"},
        {"action": "save_case", "point": point, "form": True, "situation": "Gekaapt"},
        {"action": "save_case", "point": 2**40},
    ):
        told = await teams.press(JONAS, JONAS.chat, data)
        assert TOLD["situation"] not in json.dumps([one.activity for one in told])
    assert (draft(query), case(query)) == before
