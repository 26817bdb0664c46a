"""The report of a closed meeting, for who was not there: no button and no sentence gives a word of it or changes it."""

import itertools
import json
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from dialogs.cards.payload import Payload
from dialogs.cards.payloads import AnyPayload
from dialogs.texts import actions as texts
from storage.domain.reports import LineKind, NewLine
from storage.services.house import House
from tests.bot.connector import CHANNEL, JONAS, LOTTE, NELE, Spot, Teams, User
from tests.bot.lists import Query
from tests.bot.reports import held, posted
from tests.conftest import NOW
from tests.storage.support import viewer

STEERING, MARK, SECRET = "stuurgroep-januari", "zegel", "lakzegel"
ABOUT = ("summary_payloads", "note_payloads", "action_payloads", "search_payloads", "approval_payloads")
SENTENCES = (
    "wat is er beslist op de stuurgroep?",
    "toon het verslag van de stuurgroep",
    "samenvatting van de stuurgroep van 19 november",
    f"wanneer ging het over {MARK}en?",
    "welke acties staan er open?",
    "wat moet Lotte nog doen?",
    "toon de notities van de stuurgroep",
    "stuur mij het verslag van de stuurgroep",
    "schrap regel 1 van het verslag van de stuurgroep",
    "keur het verslag van de stuurgroep goed",
)


async def sealed(house: House, query: Query) -> int:
    """The steering group was held and its report posted: every kind of line, one of them private; its id."""
    number, by = await held(house, query, STEERING), await viewer(house, NELE.mail)
    for kind in LineKind:
        new = NewLine(kind, f"{MARK} {kind.value}", owner=LOTTE.name if kind is LineKind.ACTION else "")
        await house.reports.note(new, number, by, NOW)
    await house.reports.add(number, NewLine(LineKind.ACTION, f"{SECRET} weg", owner="Lotte", private=True), by, NOW)
    await posted(house, number)
    link = f"https://x.example/{MARK}"
    await house.reports.link(number, by, NOW, recording=link, report=link)
    await house.approvals.object(number, None, f"{MARK}: dat klopt niet", await viewer(house, LOTTE.mail), NOW)
    return number


def buttons(meeting: int) -> Iterator[dict[str, Any]]:
    """Every button there is about reports and actions, with every verb, on the first of what it may be about."""
    known = {"meeting": meeting, "line": 3, "ids": [1], "objection": 1, "text": "nieuw", "kind": "decision"}
    for kind in get_args(AnyPayload):
        if kind.__module__.rpartition(".")[2] in ABOUT:
            yield from _of(kind, known | ({"text": MARK} if "hits" in str(kind.model_fields["action"].default) else {}))


def _of(kind: type[Payload], known: dict[str, Any]) -> Iterator[dict[str, Any]]:
    fields = kind.model_fields
    verbs = {name: get_args(one.annotation) for name, one in fields.items() if get_origin(one.annotation) is Literal}
    for chosen in itertools.product(*verbs.values()):
        data = {name: value for name, value in known.items() if name in fields}
        yield data | dict(zip(verbs, chosen, strict=True)) | ({"held": True} if "held" in fields else {})


def everything(query: Query) -> list[tuple[object, ...]]:
    """All that may have changed."""
    return [
        *query("SELECT id, text, kind, private, removed_at FROM report_lines ORDER BY id"),
        *query("SELECT id, state, text, due FROM actions ORDER BY id"),
        *query("SELECT meeting_id, version, held, approved_at FROM reports ORDER BY meeting_id"),
        *query("SELECT id, taken FROM report_objections ORDER BY id"),
    ]


async def heard(teams: Teams, who: User, where: Spot, meeting: int, each: int = 1) -> list[str]:
    """What of the report can be read where somebody says all that, and presses every button or one in so many."""
    leaked = []
    for at, asked in enumerate([*itertools.islice(buttons(meeting), 0, None, each), *SENTENCES]):
        teams.quiet()
        if isinstance(asked, str):
            await teams.say(who, where, asked)
        else:
            await teams.press(who, where, {**asked, "nonce": f"{where.kind}-{at}"})
        here = [one.__dict__ for one in teams.posted if one.conversation.split(";")[0] == where.conversation]
        text = json.dumps(here, default=str)
        own = json.dumps(asked).count(MARK) > 0
        leaked += [f"{asked}: {text}"] if (MARK in text and not own) or f"{MARK} " in text else []
    return leaked


async def test_who_was_not_there_gets_no_word_and_changes_nothing(teams: Teams, bot_house: House, query: Query) -> None:
    meeting = await sealed(bot_house, query)
    before = everything(query)
    assert await heard(teams, JONAS, JONAS.chat, meeting) == []
    assert everything(query) == before


async def test_who_may_correct_it_lets_no_word_of_it_fall_in_a_channel(
    teams: Teams, bot_house: House, query: Query
) -> None:
    meeting = await sealed(bot_house, query)
    assert await heard(teams, NELE, CHANNEL, meeting, each=4) == []


async def test_a_button_about_a_meeting_that_is_not_there_is_answered(teams: Teams, query: Query) -> None:
    await teams.press(JONAS, JONAS.chat, {"action": "show_actions", "what": "mine", "meeting": 999})
    assert [one.text for one in teams.posted] == [texts.NOTHING_YOURS]
    assert query("SELECT meeting_id FROM memories") == [(None,)]
