"""A day of a network, hour by hour: quiet nights, people who ask things, bursts when a meeting begins."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.bench.people import Json, Person, Spot, installation, membership, message, press

QUIET, BUSY, BURST = 2, 12, 64
"""How many people write at once."""

SHAPE = {
    **dict.fromkeys((0, 1, 2, 3, 4, 5), (0.2, QUIET)),
    6: (1, QUIET),
    7: (3, BUSY),
    8: (7, BUSY),
    9: (14, BURST),
    10: (7, BUSY),
    11: (6, BUSY),
    12: (9, BURST),
    13: (13, BURST),
    14: (7, BUSY),
    15: (6, BUSY),
    16: (11, BURST),
    17: (5, BUSY),
    18: (3, BUSY),
    19: (4, BUSY),
    20: (3, BUSY),
    21: (1.5, QUIET),
    22: (0.6, QUIET),
    23: (0.3, QUIET),
}
"""Every hour's weight, and how many write at once in it."""

TEAM = "19:waterland@thread.tacv2"
QUESTIONS = (
    "wanneer is de volgende intervisie?",
    "waar moeten we zijn?",
    "wie komt er naar de intervisie over huiswerk?",
    "wat staat er op de agenda van de volgende intervisie?",
    "hoeveel plaatsen zijn er nog op de netwerkdag?",
    "wie is Samira?",
    "tot wanneer kan ik inschrijven voor het infomoment?",
    "welke bijeenkomsten komen eraan?",
    "ben ik ingeschreven?",
    "wat kan je allemaal?",
    "dag bot, en bedankt!",
    "hoeveel kost een pintje op de maan",
    "wat is het mailadres van Jonas?",
    "wanneer is de intervisie en waar is de netwerkdag?",
    "asdf qwer zxcv",
)


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of the day: how many turns, and how many people at once."""

    hour: int
    turns: int
    at_once: int


def hours(turns: int) -> list[Hour]:
    """The day, with so many turns in all."""
    whole = sum(weight for weight, _ in SHAPE.values())
    found = [Hour(hour, max(1, round(turns * weight / whole)), at_once) for hour, (weight, at_once) in SHAPE.items()]
    missing = turns - sum(one.turns for one in found)
    return [Hour(one.hour, one.turns + max(0, missing) * (one.hour == 9), one.at_once) for one in found]


def spots(people: Sequence[Person]) -> list[Spot]:
    """Where people write: the team's channels, some groups; their own chats come beside these."""
    channels = [Spot(TEAM, "channel", TEAM), Spot("19:bijeenkomsten@thread.tacv2", "channel", TEAM)]
    groups = [Spot(f"19:groep{number}@thread.v2", "groupChat") for number in range(max(1, len(people) // 20))]
    return channels + groups


@dataclass
class Crowd:
    """Everybody who writes in a day. `strangers` are in no roster."""

    service_url: str
    people: Sequence[Person]
    strangers: Sequence[Person]
    buttons: dict[str, Any]
    """The data of a button that was last shown in a conversation."""
    seed: int = 1

    def activities(self, hour: Hour) -> Iterator[tuple[Spot, Json]]:
        """What is sent in an hour, and where."""
        chance = random.Random(f"{self.seed}:{hour.hour}")
        places = spots(self.people)
        for number in range(hour.turns):
            who = chance.choice(self.people)
            where = who.chat if chance.random() < 0.8 else chance.choice(places)
            if where.kind == "channel":  # every question starts a thread, which is a conversation of its own
                where = Spot(f"{where.id};messageid={hour.hour}{number:07}", "channel", where.team)
            yield self._activity(chance, who, where)

    def _activity(self, chance: random.Random, who: Person, where: Spot) -> tuple[Spot, Json]:
        kind = chance.random()
        if kind < 0.12 and where.id in self.buttons:
            return where, press(self.service_url, who, where, self.buttons[where.id])
        if kind < 0.15:
            stranger = chance.choice(self.strangers)
            return stranger.chat, message(self.service_url, stranger, stranger.chat, chance.choice(QUESTIONS))
        if kind < 0.16:
            return who.chat, installation(self.service_url, who, who.chat, chance.choice(("add", "remove", "add")))
        if kind < 0.17:
            return where, membership(self.service_url, who, where, "membersAdded", who.id)
        return where, message(self.service_url, who, where, chance.choice(QUESTIONS))
