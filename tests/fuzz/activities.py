"""Activities as Teams sends them, and what is left of those after some damage."""

import random
from collections.abc import Callable, Sequence
from typing import Any

from tests.bench.people import BOT_ID, Json, Person, Spot, installation, membership, message, press
from tests.fuzz.buttons import HIGHEST, pressed
from tests.fuzz.texts import any_report, any_text, any_value

TEAM = "19:waterland@thread.tacv2"
SPOTS = (
    Spot(TEAM, "channel", TEAM),
    Spot("19:bijeenkomsten@thread.tacv2", "channel", TEAM),
    Spot("19:bijeenkomsten@thread.tacv2;messageid=1700000000001", "channel", TEAM),
    Spot("19:voorbereiding@thread.v2", "groupChat"),
    Spot("19:ander@thread.tacv2", "channel", "19:ander@thread.tacv2"),
    Spot("a:niemand", "meeting"),
)
CHANGES = ("membersAdded", "membersRemoved")
INSTALLED = ("add", "remove", "add-upgrade", "remove-upgrade", "", "iets")
TYPES = (
    "typing",
    "messageReaction",
    "messageUpdate",
    "messageDelete",
    "event",
    "endOfConversation",
    "command",
    "trace",
    "handoff",
    "contactRelationUpdate",
    "suggestion",
    "MESSAGE",
    "onbekend",
)
INVOKES = (
    "adaptiveCard/action",
    "task/fetch",
    "task/submit",
    "composeExtension/query",
    "composeExtension/fetchTask",
    "composeExtension/fetchTask",
    "composeExtension/submitAction",
    "composeExtension/submitAction",
    "signin/verifyState",
    "fileConsent/invoke",
    "message/submitAction",
    "onbekend/iets",
)
FILE = "application/vnd.microsoft.teams.file.download.info"
ADDRESSES = (
    "",
    "https://boos.example/verslag.docx",
    "http://127.0.0.1:1/verslag.docx",
    "https://169.254.169.254/latest",
    "https://waterland.sharepoint.com@boos.example/v.docx",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0",
)
MOMENTS = ("2026-11-21T18:00:00Z", "2026-10-25T02:30:00+01:00", "9999-12-31T23:59:59Z", "0001-01-01", "nooit", "", "Z")
BUTTONS: tuple[Json, ...] = (
    {"action": "ask_meeting", "intent": "meeting.when", "meeting": 1},
    {"action": "ask_meeting", "intent": "registration.list", "meeting": 2},
    {"action": "ask_meeting", "intent": "attendance.me", "meeting": 3},
    {"action": "ask_example", "text": "wanneer is de volgende intervisie?"},
    {"action": "ask_person", "intent": "people.email", "person": 3},
    {"action": "tell_organisation", "organisation": "1"},
    {"action": "tell_organisation", "organisation": "0"},
    {"action": "tell_organisation", "organisation": ""},
)


def valid(chance: random.Random, service_url: str, people: Sequence[Person], number: int) -> Json:
    """An activity as Teams could send it."""
    who = chance.choice(people) if chance.random() < 0.8 else _stranger(chance)
    where = who.chat if chance.random() < 0.6 else chance.choice(SPOTS)
    activity = _kind(chance)(chance, service_url, who, where)
    activity["id"] = f"{number}"
    return activity


def _stranger(chance: random.Random) -> Person:
    number = chance.randrange(1000)
    return Person(f"Vreemde {number}", f"vreemde{number}@elders.example")


Make = Callable[[random.Random, str, Person, Spot], Json]


def _kind(chance: random.Random) -> Make:
    kinds: Sequence[Make] = (_message, _press, _installation, _membership, _invoke, _other, _file, _call)
    return chance.choices(kinds, weights=(55, 17, 6, 6, 6, 5, 2, 3))[0]


def _message(chance: random.Random, service_url: str, who: Person, where: Spot) -> Json:
    return message(service_url, who, where, any_report(chance) if chance.random() < 0.03 else any_text(chance))


def _file(chance: random.Random, service_url: str, who: Person, where: Spot) -> Json:
    """A message with files, of which none is where a file may be fetched."""
    content = {"downloadUrl": chance.choice(ADDRESSES), "uniqueId": "7", "fileType": chance.choice(("docx", "pdf", ""))}
    one = {
        "contentType": FILE,
        "contentUrl": chance.choice(ADDRESSES),
        "name": any_text(chance)[:300],
        "content": content,
    }
    return {**_message(chance, service_url, who, where), "attachments": [one] * chance.choice((1, 1, 2, 30))}


def _call(chance: random.Random, service_url: str, who: Person, where: Spot) -> Json:
    """What Teams tells of a meeting that is held in it."""
    value = {
        "Id": any_text(chance)[:80],
        "JoinUrl": chance.choice(ADDRESSES),
        "Title": any_text(chance)[:200],
        "StartTime": chance.choice(MOMENTS),
        "EndTime": chance.choice(MOMENTS),
    }
    name = f"application/vnd.microsoft.meeting{chance.choice(('Start', 'End', 'End', 'Participant'))}"
    told = {**message(service_url, who, where, ""), "type": "event", "name": name, "value": value}
    told["channelData"] = {**told.get("channelData", {}), "meeting": {"id": any_text(chance)[:80]}}
    return told


def _press(chance: random.Random, service_url: str, who: Person, where: Spot) -> Json:
    data = dict(chance.choice(BUTTONS)) if chance.random() < 0.3 else pressed(chance)
    for name in list(data):
        if chance.random() < 0.1:
            data[name] = any_value(chance)
    if chance.random() < 0.1:
        data[any_text(chance)[:40]] = any_value(chance)
    return press(service_url, who, where, data if chance.random() < 0.9 else any_value(chance))


def _installation(chance: random.Random, service_url: str, who: Person, where: Spot) -> Json:
    return installation(service_url, who, where, chance.choice(INSTALLED))


def _membership(chance: random.Random, service_url: str, who: Person, where: Spot) -> Json:
    return membership(service_url, who, where, chance.choice(CHANGES), chance.choice((BOT_ID, who.id, "29:ander")))


def _invoke(chance: random.Random, service_url: str, who: Person, where: Spot) -> Json:
    value = any_value(chance) if chance.random() < 0.4 else _acted_on(chance)
    activity = {**press(service_url, who, where, value), "type": "invoke"}
    activity["name"] = chance.choice(INVOKES)
    if chance.random() < 0.2:
        activity |= {"name": "fileConsent/invoke", "value": _consent(chance)}
    return activity


def _consent(chance: random.Random) -> Json:
    """What Teams sends when somebody wants a file, or not."""
    context = chance.choice(
        ({"meeting": chance.randint(0, HIGHEST)}, {"meeting": any_value(chance)}, any_value(chance))
    )
    upload = {"uploadUrl": chance.choice(ADDRESSES), "contentUrl": chance.choice(ADDRESSES), "name": any_text(chance)}
    return {
        "type": "fileUpload",
        "action": chance.choice(("accept", "accept", "decline", any_value(chance))),
        "context": context,
        "uploadInfo": chance.choice((upload, upload, any_value(chance))),
    }


def _acted_on(chance: random.Random) -> Json:
    """What Teams sends when somebody opens the action on a message, or sends its dialog back."""
    quoted = {"body": {"content": f"<p>{any_text(chance)}</p>"}, "linkToMessage": any_text(chance)}
    command = chance.choice(("op_de_agenda", "op_de_agenda", "iets_anders", any_value(chance)))
    return {"commandId": command, "messagePayload": quoted, "data": pressed(chance)}


def _other(chance: random.Random, service_url: str, who: Person, where: Spot) -> Json:
    return {**message(service_url, who, where, any_text(chance)), "type": chance.choice(TYPES)}


def damage(chance: random.Random, activity: Json) -> None:
    """Damage one place in an activity: gone, of another type, with something beside it, or doubled."""
    holder, key = chance.choice(list(_places(activity)))
    match chance.randrange(6):
        case 0 if isinstance(holder, dict):
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[any_text(chance)[:60]] = any_value(chance)
        case 2:
            holder[key] = [holder[key]]
        case 3 if isinstance(holder[key], str):
            holder[key] = any_text(chance) + holder[key]
        case _:
            holder[key] = any_value(chance)


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a JSON value: what holds it and under which key."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    found = [(value, key) for key in keys]
    for key in keys:
        found += _places(value[key])
    return found
