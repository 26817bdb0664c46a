"""Who writes to a bot in a bench: the demo network's people, more like them, and what their activities look like."""

import itertools
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml

from bot.commands.demo_data import demo_network

APP = "b0f0c0de-0000-4000-8000-00000000000a"
TENANT = "a0f0c0de-0000-4000-8000-000000000001"
BOT_ID = f"28:{APP}"
MENTION = "<at>Ambassadeursbot</at>"

Json = dict[str, Any]

_numbers = itertools.count(1_700_000_000_000)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a Teams account."""

    name: str
    mail: str

    @property
    def entra_id(self) -> str:
        """The Entra object id."""
        return str(uuid5(NAMESPACE_URL, self.mail))

    @property
    def id(self) -> str:
        """The Teams id, as long as real ones."""
        return f"29:1{self.entra_id.replace('-', '')}Qx7{self.entra_id.replace('-', '')}"

    @property
    def chat(self) -> "Spot":
        """The personal chat with the bot."""
        return Spot(f"a:1{self.entra_id.replace('-', '')}kZ0{self.entra_id.replace('-', '')}", "personal")


@dataclass(frozen=True, slots=True)
class Spot:
    """A conversation: its id, its kind, and its team."""

    id: str
    kind: str
    team: str = ""


def network(more_people: int = 0) -> tuple[str, list[Person]]:
    """A network file as from today, with so many people beside the demo's, and everybody in it."""
    content = yaml.safe_load(demo_network(datetime.now(UTC)))
    organisations = [one["name"] for one in content["organisations"] if one["status"] == "ambassador"]
    content["people"] += [
        {
            "name": f"{first} {last}{'' if turn == 0 else f' {turn}'}",
            "email": f"{first}.{last}{turn}@wereld.example".lower().replace(" ", ""),
            "organisation": organisations[number % len(organisations)],
            "role": "external",
        }
        for number, (turn, last, first) in enumerate(
            itertools.islice(itertools.product(range(100), LAST_NAMES, FIRST_NAMES), more_people)
        )
    ]
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    return text, [Person(one["name"], one["email"]) for one in content["people"]]


FIRST_NAMES = ("Anke", "Bram", "Celien", "Daan", "Eline", "Ferre", "Gitte", "Hanne", "Imke", "Joke", "Kobe", "Lien")
LAST_NAMES = ("Zeewijk", "Duinhof", "Vloedgat", "Strandloper", "Havenaar", "Bakenman", "Sluisdijk", "Golfslag")


def message(service_url: str, who: Person, where: Spot, text: str) -> Json:
    """A message as Teams sends it; in company it mentions the bot."""
    activity = {**_activity(service_url, who, where), "type": "message", "textFormat": "plain", "text": text}
    if where.kind != "personal":
        activity["text"] = f"{MENTION} {text}"
        activity["entities"].append({"type": "mention", "mentioned": {"id": BOT_ID}, "text": MENTION})
    return activity


def press(service_url: str, who: Person, where: Spot, data: Any) -> Json:
    """A button that is pressed."""
    return {**_activity(service_url, who, where), "type": "message", "value": data, "replyToId": str(next(_numbers))}


def installation(service_url: str, who: Person, where: Spot, action: str = "add") -> Json:
    """The app that is installed or removed somewhere."""
    return {**_activity(service_url, who, where), "type": "installationUpdate", "action": action}


def membership(service_url: str, who: Person, where: Spot, change: str, member: str = BOT_ID) -> Json:
    """Somebody, usually the bot, who joins (membersAdded) or leaves (membersRemoved)."""
    return {**_activity(service_url, who, where), "type": "conversationUpdate", change: [{"id": member}]}


def _activity(service_url: str, who: Person, where: Spot) -> Json:
    team = {"team": {"id": where.team}, "channel": {"id": where.id}} if where.team else {}
    return {
        "id": str(next(_numbers)),
        "timestamp": "2026-11-21T18:00:00.1234567Z",
        "localTimestamp": "2026-11-21T19:00:00.1234567+01:00",
        "localTimezone": "Europe/Brussels",
        "locale": "nl-BE",
        "channelId": "msteams",
        "serviceUrl": service_url,
        "from": {"id": who.id, "name": who.name, "aadObjectId": who.entra_id},
        "recipient": {"id": BOT_ID, "name": "Ambassadeursbot"},
        "conversation": {
            "id": where.id,
            "conversationType": where.kind,
            "tenantId": TENANT,
            "isGroup": where.kind != "personal",
        },
        "channelData": {"tenant": {"id": TENANT}, "source": {"name": "message"}, **team},
        "entities": [
            {
                "type": "clientInfo",
                "locale": "nl-BE",
                "country": "BE",
                "platform": "Windows",
                "timezone": "Europe/Brussels",
            }
        ],
    }


def as_bytes(activity: Json) -> bytes:
    """An activity as it goes over the line."""
    return json.dumps(activity).encode()
