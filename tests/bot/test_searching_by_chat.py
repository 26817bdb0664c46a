"""Asking in chat what was said and decided, over all reports: with meeting and day, and to who may read it."""

from datetime import date

import pytest

from bot.app import Running
from dialogs.texts import general
from dialogs.texts import searching as texts
from storage.domain.reports import LineKind
from tests.bot.boards import button, presses, sends, titles
from tests.bot.connector import CHANNEL, JONAS, NELE, Posted, Teams, User
from tests.storage.remembered import line, remember

SPRING, SUMMER, AUTUMN = date(2026, 3, 12), date(2026, 6, 11), date(2026, 9, 17)
ASKED = "wat hebben we beslist over time-out?"
DECIDED = "Een time-out duurt hoogstens drie weken."


async def hears(teams: Teams, question: str, who: User = JONAS) -> Posted:
    """What somebody hears in their own chat."""
    return (await teams.say(who, who.chat, question))[-1]


async def test_a_decision_is_told_with_its_meeting_and_day(teams: Teams, bot: Running) -> None:
    await remember(bot.house, SPRING, line(DECIDED, "Time-out"), line("De soep is gratis."))
    told = await hears(teams, ASKED)
    assert f"“{DECIDED}”" in told.text
    assert "Intervisie, donderdag 12 maart 2026, bij “Time-out”" in told.text
    assert "soep" not in told.text
    assert DECIDED in str(told.card)


@pytest.mark.parametrize("question", ["wanneer ging het over NAFT?", "wat was de afspraak met het CLB?"])
async def test_other_ways_to_ask(teams: Teams, bot: Running, question: str) -> None:
    said = "Met het CLB is afgesproken dat een NAFT eerst bij het anker gemeld wordt."
    await remember(bot.house, SPRING, line(said))
    told = await hears(teams, question)
    assert said in told.text
    assert "12 maart 2026" in told.text


async def test_what_holds_no_more_says_what_took_its_place(teams: Teams, bot: Running) -> None:
    await remember(bot.house, SPRING, line(DECIDED, "Time-out"))
    later = "De afspraak van 12 maart over de duur van de time-out vervalt: het worden vier weken."
    await remember(bot.house, SUMMER, line(later, "Time-out"))
    told = (await hears(teams, ASKED)).text
    assert told.index(f"“{later}”") < told.index(f"Geldt niet meer: “{DECIDED}”")
    assert f"Sinds donderdag 11 juni 2026: “{later}”" in told


async def test_three_are_shown_and_a_button_shows_the_others(teams: Teams, bot: Running) -> None:
    await remember(bot.house, SPRING, *(line(f"De time-out krijgt lokaal {one}.") for one in "ABCDE"))
    first = await hears(teams, ASKED)
    assert first.text.count("lokaal") == 3
    assert titles(first) == [texts.BUTTON_MORE]
    second = await presses(teams, JONAS, first, texts.BUTTON_MORE)
    assert second.text.count("lokaal") == 2
    assert "actions" not in second.card
    last = await sends(teams, JONAS, {**button(first, texts.BUTTON_MORE), "first": 9})
    assert last.text == texts.NO_MORE.format(words="“time-out”")


async def test_where_nothing_was_decided_what_was_said_is_told(teams: Teams, bot: Running) -> None:
    said = line("Het aantal vragen naar time-out is verdubbeld.", kind=LineKind.DISCUSSION)
    await remember(bot.house, SPRING, said, line("De soep is gratis."))
    assert (await hears(teams, ASKED)).text.startswith(texts.NO_DECISION.format(words="“time-out”"))


async def test_nothing_found_is_said_with_what_could_help(teams: Teams, bot: Running) -> None:
    await remember(bot.house, SPRING, line("De soep is gratis."))
    assert (await hears(teams, ASKED)).text == texts.NOTHING.format(words="“time-out”")


async def test_in_the_channel_what_is_of_a_closed_circle_goes_to_who_asked(teams: Teams, bot: Running) -> None:
    await remember(bot.house, SPRING, line(DECIDED))
    closed = "De time-out krijgt geen subsidie meer."
    await remember(bot.house, SUMMER, line(closed), title="Stuurgroep", audience="participants")
    for who, own in ((NELE, [closed]), (JONAS, [])):
        told = await teams.say(who, CHANNEL, ASKED)
        here = " ".join(one.text for one in told if one.conversation == CHANNEL.conversation)
        alone = " ".join(one.text for one in told if one.conversation == who.chat.conversation)
        assert DECIDED in here
        assert closed not in here
        assert [one for one in (closed,) if one in alone] == own


async def test_what_is_asked_about_nothing_is_asked_back(teams: Teams, bot: Running) -> None:
    await remember(bot.house, SPRING, line(DECIDED))
    asked = await hears(teams, "zoek eens in de verslagen")
    assert asked.text == texts.ABOUT_WHAT
    assert DECIDED in (await hears(teams, "time-out")).text
    await hears(teams, "zoek eens in de verslagen")
    assert (await hears(teams, "laat maar")).text in {texts.NOT_SEARCHED, general.CANCELLED}
