"""The summary after a meeting in chat: its draft corrected on a card, held, posted, improved, asked for and told."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app import Running
from bot.settings import Settings
from dialogs.cards.summaries import ON_A_PAGE
from dialogs.router import LARGEST_CARD
from dialogs.texts import general
from dialogs.texts import summaries as texts
from dialogs.texts import summary_drafts as drafts
from dialogs.texts.refusals import SENTENCES
from storage.domain.people import Viewer
from storage.domain.places import Place, PlaceKind
from storage.domain.refusals import NotCoordinator
from storage.domain.reports import LineKind, NewLine
from tests.bot.acquaintances import greeted, met
from tests.bot.boards import button, presses, sends, titles
from tests.bot.connector import CHANNEL, JONAS, KATRIEN, LOTTE, NELE, SAMIRA, TEAM, Json, Posted, Spot, Teams, User
from tests.bot.edges import until
from tests.bot.lists import HOMEWORK, hears, meeting_id, says
from tests.conftest import BRUSSELS

Query = Callable[[str], list[tuple[Any, ...]]]

JUST_OVER = datetime(2026, 12, 3, 12, 5, tzinfo=BRUSSELS)
"""Five minutes after the meeting about homework, of which Samira takes notes and which Nele organises."""
NOON = datetime(2026, 12, 4, 12, 0, 5, tzinfo=BRUSSELS)
CHAT = Spot("19:meeting_huiswerk@thread.v2", "groupChat")
KNOWN = (SAMIRA, NELE, JONAS)


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    """A bot just after a meeting, or at the moment that a test asks for."""
    return replace(settings, starts_at=getattr(request, "param", JUST_OVER))


@pytest.fixture(scope="module")
def filled_database(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same file with their chats known."""
    return greeted(filled_database, tmp_path_factory.mktemp("greeted"), KNOWN)


@pytest.fixture
async def network(teams: Teams, bot: Running, query: Query) -> Teams:
    """Three people whose chats the bot knows, and a channel to post in."""
    met(teams, query, KNOWN)
    place = Place(CHANNEL.conversation, PlaceKind.CHANNEL, teams.service_url, team_id=TEAM)
    await bot.house.places.post_here(place, await seen_by(bot, NELE))
    return teams.quiet()


async def seen_by(bot: Running, who: User) -> Viewer:
    """Somebody, looking."""
    return Viewer(await bot.house.people.by_email(who.mail), member=True)


async def noted(bot: Running, query: Query, kind: LineKind, text: str, **fields: Any) -> int:
    """Samira notes something of that meeting."""
    new = NewLine(kind, text, **fields)
    return (await bot.house.reports.add(meeting_id(query, HOMEWORK), new, await seen_by(bot, SAMIRA), JUST_OVER)).id


async def usual(bot: Running, query: Query) -> None:
    """A decision, an action of Jonas, and something that stays private."""
    await noted(bot, query, LineKind.DECISION, "We starten in januari")
    await noted(bot, query, LineKind.ACTION, "mailt het CLB", owner="Jonas", due=datetime(2027, 1, 8).date())  # noqa: DTZ001
    await noted(bot, query, LineKind.DECISION, "Het gezin komt terug", private=True)


async def drafted(network: Teams, bot: Running, query: Query) -> Posted:
    """The draft that Samira gets by itself."""
    await usual(bot, query)
    await bot.house.summaries.plan_due(JUST_OVER)
    await until(lambda: network.texts_in(SAMIRA.chat))
    return next(one for one in network.posted if one.conversation == SAMIRA.chat.conversation)


def everything(posted: Posted) -> str:
    """All that a message shows."""
    return json.dumps(posted.activity, ensure_ascii=False)


def in_channel(network: Teams) -> list[Posted]:
    """What was posted in the channel."""
    return [one for one in network.posted if one.conversation == CHANNEL.conversation]


def standing(query: Query, column: str) -> object:
    """A column of the report."""
    found = query(f"SELECT {column} FROM reports WHERE meeting_id = {meeting_id(query, HOMEWORK)}")
    return found[0][0] if found else None


def lines(query: Query) -> list[str]:
    """The texts that are in the report, in order."""
    return [text for (text,) in query("SELECT text FROM report_lines WHERE removed_at IS NULL ORDER BY position")]


def open_line(card: Posted, number: int) -> Json:
    """The data of the button that opens a line of a draft."""
    return button(card, drafts.BUTTON_CHANGE, number - 1)


async def test_the_draft_shows_every_line_what_stays_private_and_when_it_goes(
    network: Teams, bot: Running, query: Query
) -> None:
    draft = await drafted(network, bot, query)
    shown = everything(draft)
    assert "Ontwerp van de samenvatting van Intervisie huiswerkbegeleiding" in shown
    assert "Besluit: We starten in januari" in shown
    assert "Actie: Jonas: mailt het CLB (tegen vr 8 jan 2027)" in shown
    assert "Het gezin komt terug" in shown
    assert drafts.STAYS_PRIVATE in shown
    assert "Ik plaats ze morgen om 12 uur in het kanaal, tenzij je ze tegenhoudt." in shown
    assert {drafts.BUTTON_POST, drafts.BUTTON_HOLD, drafts.BUTTON_ADD} <= set(titles(draft))
    await until(lambda: network.texts_in(NELE.chat))
    assert in_channel(network) == []


async def test_the_draft_says_who_was_there_and_a_form_corrects_it(network: Teams, bot: Running, query: Query) -> None:
    draft = await drafted(network, bot, query)
    assert "Aanwezig (5): " in everything(draft)
    last = titles(draft).count(drafts.BUTTON_CHANGE) - 1
    form = await sends(network, SAMIRA, button(draft, drafts.BUTTON_CHANGE, last))
    inputs = {one["id"]: one.get("value", "") for one in form.card["body"] if "id" in one}
    kept = inputs["present"].split("\n")[:3]
    said = await presses(network, SAMIRA, form, drafts.BUTTON_SAVE, present="\n".join(kept), excused="Noor")
    assert said.text.startswith("In orde. Aanwezig (3): ")
    posted = await presses(network, SAMIRA, draft, drafts.BUTTON_POST)
    assert "wordt nu geplaatst" in posted.text
    await until(lambda: in_channel(network))
    assert "Aanwezig: 3 mensen" in everything(in_channel(network)[0])
    empty = await presses(network, SAMIRA, form, drafts.BUTTON_SAVE, present="", excused="Noor")
    assert empty.text == drafts.NOBODY
    caught = await presses(network, SAMIRA, form, drafts.BUTTON_SAVE, present="Lowie van 9 jaar", excused="")
    assert "Lowie" in caught.text
    assert query("SELECT count(*) FROM report_lines WHERE text LIKE '%Lowie%'") == [(0,)]


async def test_before_it_is_sent_round_the_draft_does_not_say_that_nothing_may_be_posted(
    network: Teams, bot: Running, query: Query
) -> None:
    await usual(bot, query)
    shown = everything(await ask(network, SAMIRA, query, "report.summary", "geef de samenvatting"))
    assert "1. Besluit: We starten in januari" in shown.replace("\\\\", "")
    assert drafts.GOES_LATER in shown
    assert drafts.GOES_NOT not in shown


async def test_a_correction_is_answered_with_one_sentence_and_the_draft_is_not_there_twice(
    network: Teams, bot: Running, query: Query
) -> None:
    draft = await drafted(network, bot, query)
    card = await sends(network, SAMIRA, open_line(draft, 1))
    said = await presses(network, SAMIRA, card, drafts.BUTTON_SAVE, text="We starten in februari")
    assert said.text == "In orde: 1\\. Besluit: We starten in februari"
    assert titles(said) == [drafts.BUTTON_BACK]


async def test_posted_by_a_press_it_is_one_screen_in_the_channel_without_anything_private(
    network: Teams, bot: Running, query: Query
) -> None:
    draft = await drafted(network, bot, query)
    said = await presses(network, SAMIRA, draft, drafts.BUTTON_POST)
    assert "wordt nu geplaatst: in het kanaal" in said.text
    await until(lambda: in_channel(network))
    (post,) = in_channel(network)
    shown = everything(post)
    assert "Samenvatting van Intervisie huiswerkbegeleiding" in shown
    assert "Aanwezig: 5 mensen (" in shown
    assert "1\\\\. We starten in januari" in shown
    assert "2\\\\. Jonas: mailt het CLB (tegen vr 8 jan 2027)" in shown
    assert "gezin" not in shown
    assert texts.BUTTON_REPORT in titles(post)
    again = await presses(network, NELE, draft, drafts.BUTTON_POST)
    assert "is al geplaatst" in again.text
    assert len(in_channel(network)) == 1


async def test_held_and_let_go_with_the_buttons_and_in_sentences(network: Teams, bot: Running, query: Query) -> None:
    draft = await drafted(network, bot, query)
    said = await presses(network, SAMIRA, draft, drafts.BUTTON_HOLD)
    assert said.text.startswith("In orde, ik hou de samenvatting van Intervisie huiswerkbegeleiding tegen.")
    assert standing(query, "held") == 1
    let_go = await presses(network, SAMIRA, said, drafts.BUTTON_RELEASE)
    assert "mag vertrekken. Ik plaats ze morgen om 12 uur in het kanaal" in let_go.text
    assert standing(query, "held") == 0
    await ask(network, SAMIRA, query, "report.hold", "hou de samenvatting nog even tegen")
    assert standing(query, "held") == 1


async def ask(network: Teams, who: User, query: Query, intent: str, text: str = "") -> Posted:
    """What somebody hears who asks something of that meeting, however it was understood."""
    data = {"action": "ask_meeting", "intent": intent, "meeting": meeting_id(query, HOMEWORK), "text": text}
    return await sends(network, who, data)


async def test_a_line_is_changed_on_its_card(network: Teams, bot: Running, query: Query) -> None:
    draft = await drafted(network, bot, query)
    card = await sends(network, SAMIRA, open_line(draft, 2))
    inputs = {one["id"]: one.get("value", "") for one in card.card["body"] if "id" in one}
    assert inputs == {"text": "mailt het CLB", "owner": "Jonas", "due": "2027-01-08"}
    said = await presses(
        network, SAMIRA, card, drafts.BUTTON_SAVE, text="belt het CLB", owner="Lotte", due="2027-01-15"
    )
    assert "In orde: 2\\. Actie: Lotte: belt het CLB (tegen vr 15 jan 2027)" in said.text
    kept = query("SELECT text, owner, due FROM report_lines WHERE kind = 'action'")
    assert kept == [("belt het CLB", "Lotte", "2027-01-15")]
    stale = query("SELECT count(*) FROM notices WHERE kind = 'summary_draft' AND refresh_at IS NOT NULL")
    assert stale == [(2,)]


async def test_a_line_is_taken_out_and_put_back(network: Teams, bot: Running, query: Query) -> None:
    draft = await drafted(network, bot, query)
    card = await sends(network, NELE, open_line(draft, 1))
    out = await presses(network, NELE, card, drafts.BUTTON_REMOVE)
    assert out.text == "Geschrapt: 1\\. Besluit: We starten in januari"
    assert "We starten in januari" not in lines(query)
    await presses(network, NELE, out, drafts.BUTTON_RESTORE)
    assert "We starten in januari" in lines(query)


async def test_a_line_is_added_once_however_often_it_is_pressed(network: Teams, bot: Running, query: Query) -> None:
    draft = await drafted(network, bot, query)
    card = await presses(network, SAMIRA, draft, drafts.BUTTON_ADD)
    given = {"kind": "topic", "text": "Time-out", "owner": "", "due": ""}
    said = await presses(network, SAMIRA, card, drafts.BUTTON_SAVE, **given)
    assert "In orde, dit staat erbij: 4\\. Volgende keer: Time-out" in said.text
    await network.press(SAMIRA, SAMIRA.chat, {**button(card, drafts.BUTTON_SAVE), **given})
    assert lines(query).count("Time-out") == 1


async def test_what_is_to_be_confirmed_is_marked_and_confirmed(network: Teams, bot: Running, query: Query) -> None:
    await usual(bot, query)
    query("UPDATE report_lines SET certain = 0, origin = 'report' WHERE text = 'We starten in januari'")
    await bot.house.summaries.plan_due(JUST_OVER)
    await until(lambda: network.texts_in(SAMIRA.chat))
    draft = next(one for one in network.posted if one.conversation == SAMIRA.chat.conversation)
    assert everything(draft).count(drafts.TO_CONFIRM) >= 1
    card = await sends(network, SAMIRA, open_line(draft, 1))
    await presses(network, SAMIRA, card, drafts.BUTTON_CONFIRM)
    assert query("SELECT count(*) FROM report_lines WHERE certain = 0") == [(0,)]


async def test_what_is_private_is_shown_only_once_somebody_says_so(network: Teams, bot: Running, query: Query) -> None:
    draft = await drafted(network, bot, query)
    card = await sends(network, SAMIRA, open_line(draft, 3))
    assert drafts.BUTTON_SHOW in titles(card)
    said = await presses(network, SAMIRA, card, drafts.BUTTON_SHOW)
    assert said.text.startswith("In orde, deze regel komt in de samenvatting")
    await presses(network, SAMIRA, draft, drafts.BUTTON_POST)
    await until(lambda: in_channel(network))
    assert "Het gezin komt terug" in everything(in_channel(network)[0])


async def test_what_was_said_about_a_case_is_never_shown(network: Teams, bot: Running, query: Query) -> None:
    await noted(bot, query, LineKind.DECISION, "We bellen de school", item_title="Casusbespreking")
    draft = await drafted(network, bot, query)
    number = everything(draft).count(drafts.BUTTON_CHANGE)
    shown = [await sends(network, SAMIRA, open_line(draft, one)) for one in range(1, number + 1)]
    case = next(one for one in shown if "We bellen de school" in one.text)
    said = await presses(network, SAMIRA, case, drafts.BUTTON_SHOW)
    assert said.text == drafts.ABOUT_A_CASE
    await presses(network, SAMIRA, draft, drafts.BUTTON_POST)
    await until(lambda: in_channel(network))
    assert "We bellen de school" not in json.dumps([one.activity for one in in_channel(network)])


async def test_a_name_beside_an_age_is_caught_by_the_gate(network: Teams, bot: Running, query: Query) -> None:
    draft = await drafted(network, bot, query)
    card = await sends(network, SAMIRA, open_line(draft, 1))
    said = await presses(network, SAMIRA, card, drafts.BUTTON_SAVE, text="Lowie van 9 jaar komt in januari")
    assert "Lowie" in said.text
    assert "Lowie van 9 jaar komt in januari" not in lines(query)


async def test_a_long_draft_goes_over_several_cards_that_fit(network: Teams, bot: Running, query: Query) -> None:
    for number in range(40):
        text = f"{number:02} " + "“é”" * 300
        query(
            "INSERT INTO report_lines (meeting_id, kind, position, text, data, origin, certain, private, at) VALUES "
            f"({meeting_id(query, HOMEWORK)}, 'decision', {number}, '{text}', '{{}}', 'note', 1, 0, '2026-12-03 11:00')"
        )
    draft = await drafted(network, bot, query)
    seen = 0
    for _ in range(60):
        assert len(json.dumps(draft.card)) <= LARGEST_CARD
        here = everything(draft).count(drafts.BUTTON_CHANGE)
        assert here <= ON_A_PAGE
        seen += here
        if drafts.BUTTON_NEXT not in titles(draft):
            break
        draft = await presses(network, SAMIRA, draft, drafts.BUTTON_NEXT)
    assert seen >= 43
    posted = await presses(network, SAMIRA, draft, drafts.BUTTON_POST)
    assert posted.text
    await until(lambda: in_channel(network))
    assert len(json.dumps(in_channel(network)[0].card)) <= LARGEST_CARD
    assert "… en nog" in everything(in_channel(network)[0])


async def test_who_does_not_run_it_sees_and_does_nothing(network: Teams, bot: Running, query: Query) -> None:
    await drafted(network, bot, query)
    number, line = meeting_id(query, HOMEWORK), query("SELECT min(id) FROM report_lines")[0][0]
    before = query("SELECT * FROM report_lines ORDER BY id")
    for data in (
        {"action": "show_draft"},
        {"action": "show_line", "line": line},
        {"action": "save_line", "line": line, "text": "Anders"},
        {"action": "save_line", "line": 0, "kind": "decision", "text": "Anders"},
        {"action": "settle_line", "line": line, "verb": "remove"},
        {"action": "settle_line", "line": line, "verb": "show"},
        {"action": "hold_summary", "held": True},
        {"action": "post_summary"},
    ):
        said = await sends(network, JONAS, {**data, "meeting": number})
        assert said.text == SENTENCES[NotCoordinator], data
    assert query("SELECT * FROM report_lines ORDER BY id") == before
    assert standing(query, "posted_at") is None


async def test_forged_buttons_do_nothing(network: Teams, bot: Running, query: Query) -> None:
    await drafted(network, bot, query)
    before, number = query("SELECT * FROM report_lines ORDER BY id"), meeting_id(query, HOMEWORK)
    for data in (
        {"action": "save_line", "line": 1, "due": "morgen"},
        {"action": "save_line", "line": 1, "kind": "attendee"},
        {"action": "settle_line", "line": 1, "verb": "approve"},
        {"action": "settle_line", "line": "1; DROP TABLE", "verb": "remove"},
    ):
        said = await sends(network, SAMIRA, {**data, "meeting": number})
        assert said.text == general.TOO_OLD, data
    await sends(network, SAMIRA, {"action": "settle_line", "line": 999_999, "verb": "remove", "meeting": number})
    assert query("SELECT * FROM report_lines ORDER BY id") == before


async def test_asked_what_was_discussed_everybody_hears_the_previous_summary(
    network: Teams, bot: Running, query: Query
) -> None:
    await usual(bot, query)
    assert (await ask(network, JONAS, query, "report.summary")).text.startswith("Van Intervisie huiswerkbegeleiding")
    await bot.house.summaries.release(meeting_id(query, HOMEWORK), await seen_by(bot, NELE), JUST_OVER)
    told = await ask(network, JONAS, query, "report.summary")
    assert "We starten in januari" in everything(told)
    assert "gezin" not in everything(told)
    assert "We starten in januari" in everything(
        await hears(network, JONAS, "wat is er besproken op de vorige intervisie?")
    )
    decided = await ask(network, JONAS, query, "report.decisions")
    assert decided.text == (
        "Beslist op Intervisie huiswerkbegeleiding (donderdag 3 december 2026):\n\n- 1\\. We starten in januari"
    )


async def test_posting_by_sentence_is_asked_first_and_can_be_dropped(
    network: Teams, bot: Running, query: Query
) -> None:
    await drafted(network, bot, query)
    shown = await ask(network, SAMIRA, query, "report.post", "plaats de samenvatting nu")
    assert shown.text.startswith("Dit plaats ik dan in het kanaal:")
    assert "gezin" not in shown.text
    assert await says(network, SAMIRA, "laat maar") == drafts.NOT_POSTED
    assert standing(query, "posted_at") is None
    await ask(network, SAMIRA, query, "report.post", "plaats de samenvatting nu")
    assert "wordt nu geplaatst" in await says(network, SAMIRA, "ja")
    await until(lambda: in_channel(network))


async def test_again_is_only_posted_what_may_not_have_arrived(network: Teams, bot: Running, query: Query) -> None:
    draft = await drafted(network, bot, query)
    await presses(network, SAMIRA, draft, drafts.BUTTON_POST)
    await until(lambda: query("SELECT state FROM notices WHERE kind = 'summary_post'") == [("sent",)])
    for said in ("plaats de samenvatting nu", "plaats de samenvatting opnieuw"):
        assert "is al geplaatst" in (await ask(network, SAMIRA, query, "report.post", said)).text
    query("UPDATE notices SET state = 'ambiguous' WHERE kind = 'summary_post'")
    assert "is al geplaatst" in (await ask(network, SAMIRA, query, "report.post", "plaats de samenvatting nu")).text
    told = await ask(network, SAMIRA, query, "report.post", "plaats de samenvatting opnieuw")
    assert told.text == drafts.POSTED_AGAIN
    await until(lambda: len(in_channel(network)) == 2)


async def test_a_closed_meeting_is_told_to_those_who_were_there_and_never_in_the_channel(
    network: Teams, bot: Running, query: Query
) -> None:
    query(f"UPDATE meetings SET audience = 'participants' WHERE id = {meeting_id(query, HOMEWORK)}")
    draft = await drafted(network, bot, query)
    assert "persoonlijk bij" in everything(draft)
    await presses(network, SAMIRA, draft, drafts.BUTTON_POST)
    await until(lambda: network.texts_in(JONAS.chat))
    assert in_channel(network) == []
    told = await network.say(JONAS, CHANNEL, "wat is er besproken op de vorige intervisie?")
    company = [one for one in told if one.conversation.split(";")[0] == CHANNEL.conversation]
    assert not any("januari" in everything(one) for one in company)
    assert "januari" not in everything(await ask(network, KATRIEN, query, "report.summary"))


async def test_without_anything_noted_samira_is_asked_and_can_say_so_on_a_card(
    network: Teams, bot: Running, query: Query
) -> None:
    await bot.house.summaries.plan_due(JUST_OVER)
    await until(lambda: network.texts_in(SAMIRA.chat))
    asked = next(one for one in network.posted if one.conversation == SAMIRA.chat.conversation)
    assert asked.text.startswith("**Intervisie huiswerkbegeleiding zit erop, en ik heb nog niets")
    card = await presses(network, SAMIRA, asked, texts.BUTTON_ADD)
    await presses(network, SAMIRA, card, drafts.BUTTON_SAVE, kind="decision", text="We starten", owner="", due="")
    assert await bot.house.summaries.plan_due(JUST_OVER) == 1
    assert standing(query, "drafted_at") is not None


async def test_when_it_is_posted_is_set_on_the_form_of_the_rules(network: Teams, bot: Running, query: Query) -> None:
    form = {"action": "save_rules", "kind": "intervisie", "approve_days": "5", "nonce": "een"}
    assert "geheel getal" in (await sends(network, NELE, {**form, "summary_when": "ooit"})).text
    await sends(network, NELE, {**form, "summary_when": "approval", "nonce": "twee"})
    kept = query("SELECT name, value FROM rules WHERE kind = 'intervisie' ORDER BY name")
    assert kept == [("approve_days", "5"), ("summary_when", "approval")]
    draft = await drafted(network, bot, query)
    assert "als jij of een ander zegt dat het mag" in everything(draft)


async def test_no_summary_needed_is_asked_no_more(network: Teams, bot: Running, query: Query) -> None:
    await bot.house.summaries.plan_due(JUST_OVER)
    await until(lambda: network.texts_in(SAMIRA.chat))
    asked = next(one for one in network.posted if one.conversation == SAMIRA.chat.conversation)
    await presses(network, SAMIRA, asked, texts.BUTTON_NOT_NEEDED)
    assert await bot.house.summaries.plan_due(NOON) == 0


def event(network: Teams, name: str, where: Spot = CHAT, **value: str) -> Json:
    """A meeting event as Teams sends it: its fields have a capital, and who sent it matters to nobody."""
    activity = network.activity(NELE, where, "event")
    link = "https://teams.microsoft.com/l/meetup-join/19%3Ameeting_huiswerk%40thread.v2/0?context=%7B%7D"
    told = {"Id": "MSo1N2Y5", "JoinUrl": link, "MeetingType": "Scheduled", "Title": "Iets anders", **value}
    data = {**activity["channelData"], "meeting": {"id": "MCMxOTptZWV0aW5n"}}
    return {**activity, "name": f"application/vnd.microsoft.{name}", "value": told, "channelData": data}


@pytest.mark.parametrize("settings", [datetime(2026, 12, 3, 11, 31, tzinfo=BRUSSELS)], indirect=True)
async def test_what_teams_tells_of_the_meeting_is_kept_once_and_answered_with_nothing(
    network: Teams, bot: Running, query: Query
) -> None:
    query(
        "UPDATE meetings SET online_url = 'https://teams.microsoft.com/l/meetup-join/"
        f"19:meeting_huiswerk@thread.v2/0' WHERE id = {meeting_id(query, HOMEWORK)}"
    )
    began = event(network, "meetingStart", StartTime="2026-12-03T08:28:00.1234567Z")
    ended = event(network, "meetingEnd", EndTime="2026-12-03T10:30:00Z")
    await network.together([began, began, ended, ended])
    assert network.posted == []
    assert str(standing(query, "started_at")).startswith("2026-12-03 08:28:00")
    assert str(standing(query, "ended_at")).startswith("2026-12-03 10:30:00")
    chats = query("SELECT conversation_id, meeting_id, teams_id FROM meeting_chats")
    assert chats == [(CHAT.conversation, meeting_id(query, HOMEWORK), "MCMxOTptZWV0aW5n")]


@pytest.mark.parametrize(
    "value", [{"JoinUrl": ""}, {"JoinUrl": "niets", "EndTime": "gisteren"}, {"EndTime": "2020-01-01T00:00:00Z"}]
)
async def test_an_event_of_another_call_or_without_sense_is_nothing(
    network: Teams, query: Query, value: dict[str, str]
) -> None:
    assert await network.deliver(event(network, "meetingEnd", **value)) == []
    assert await network.deliver({**event(network, "meetingEnd"), "value": None}) == []
    assert await network.deliver({**event(network, "meetingEnd"), "name": "application/vnd.microsoft.iets"}) == []
    assert query("SELECT count(*) FROM meeting_chats") == [(0,)]


async def test_lotte_who_was_there_may_ask_too(network: Teams, bot: Running, query: Query) -> None:
    await usual(bot, query)
    await bot.house.summaries.release(meeting_id(query, HOMEWORK), await seen_by(bot, NELE), JUST_OVER)
    assert "We starten in januari" in everything(await ask(network, LOTTE, query, "report.summary"))
