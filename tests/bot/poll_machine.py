"""A crowd that votes at several bots at once, some of which are killed, beside a model of what should come of it.

Everybody taps one thing after the other, some of it twice at the same moment at two bots, and taps again whatever got
no answer. So what they tapped last and saw is what they want, whatever became of the rest.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import aiohttp

from bot.teams.messenger import CARD
from dialogs.texts.general import BUSY
from storage.domain.polls import Poll, PollKind
from tests.bot.connector import GROUP, Json, Teams, User
from tests.bot.replicas import Replicas

AT_ONCE = 8
"""People who tap at the same moment: so few that no bot answers that it is busy, also on a busy machine."""

TWICE, BACK, ANEW = 0.2, 0.1, 0.5
"""How often a tap comes twice, a vote is taken back, and the same activity comes again after a failure."""

PATIENCE = 20.0
"""Seconds for which somebody waits for an answer."""

A_WHILE = 5.0
"""Seconds that they wait after the answer that a bot is busy with it: what it was busy with must not come after."""


@dataclass
class Model:
    """What everybody wants: of the named poll the options they chose last, of the anonymous one the one they chose."""

    named: dict[User, frozenset[int]] = field(default_factory=dict)
    secret: dict[User, int] = field(default_factory=dict)

    def counts(self) -> Counter[int]:
        """How many chose each option of the named poll."""
        return Counter(option for chosen in self.named.values() for option in chosen)

    def secret_counts(self) -> Counter[int]:
        """How many chose each option of the anonymous one."""
        return Counter(self.secret.values())


@dataclass
class Crowd:
    """People who vote at the bots that live."""

    teams: Teams
    bots: Replicas
    session: aiohttp.ClientSession
    named: Poll
    secret: Poll
    chance: random.Random
    model: Model = field(default_factory=Model)
    taps: Counter[str] = field(default_factory=Counter)
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def vote(self, people: Sequence[User], acts: int) -> None:
        """Everybody votes so often in the named poll, and once in the anonymous one."""
        await asyncio.gather(*(self._votes(one, acts) for one in people))

    async def vote_late(self, people: Sequence[User]) -> None:
        """These vote for something else once it is over, which the model does not know."""
        for who in people:
            for poll in (self.named, self.secret):
                await self._insists(who, _ballot(poll, [poll.options[-1].id]))

    async def _votes(self, who: User, acts: int) -> None:
        secretly = self.chance.randrange(acts)
        for number in range(acts):
            if number == secretly:
                await self._secretly(who)
            await self._by_name(who)

    async def _by_name(self, who: User) -> None:
        """Choose some options, or take the vote back."""
        if who in self.model.named and self.chance.random() < BACK:
            await self._insists(who, {"action": "manage_poll", "poll": self.named.id, "verb": "take_back"})
            del self.model.named[who]
            return
        options = [one.id for one in self.named.options]
        chosen = self.chance.sample(options, self.chance.randint(1, self.named.most or 1))
        await self._insists(who, _ballot(self.named, chosen))
        self.model.named[who] = frozenset(chosen)

    async def _secretly(self, who: User) -> None:
        """Vote for one option, once: what is tapped again is that, or refused."""
        option = self.chance.choice(self.secret.options).id
        await self._insists(who, _ballot(self.secret, [option]))
        self.model.secret[who] = option

    async def _insists(self, who: User, data: Json) -> None:
        """Tap until there is an answer."""
        activity = self._activity(who, data)
        while not await self._tapped(activity):
            self.taps["again"] += 1
            await asyncio.sleep(0.05)
            # Teams may send the same once more; a person taps anew, and does so in the end.
            if self.chance.random() < ANEW:
                await self._tapped(activity)
            activity = self._activity(who, data)

    async def _tapped(self, activity: Json) -> bool:
        """Whether a tap was answered wherever it came: at one bot, or at two at the same moment."""
        async with self._room:
            urls = self.chance.sample(self.bots.urls, 2 if self.chance.random() < TWICE else 1)
            self.taps["taps"] += len(urls)
            self.taps["twice"] += len(urls) > 1
            return all(await asyncio.gather(*(self._answered(url, activity) for url in urls)))

    async def _answered(self, url: str, activity: Json) -> bool:
        try:
            async with self.session.post(f"{url}/api/messages", json=activity) as response:
                body: Any = await response.json() if response.status == 200 else {}
        except (aiohttp.ClientError, TimeoutError, ValueError):
            self.taps["unanswered"] += 1
            return False
        if body.get("type") != CARD:
            self.taps["words"] += 1
        if body.get("value") == BUSY:
            self.taps["busy"] += 1
            await asyncio.sleep(A_WHILE)
            return False
        return bool(body)

    def _activity(self, who: User, data: Json) -> Json:
        action = {"type": "Action.Execute", "verb": data["action"], "data": data}
        activity = {**self.teams.activity(who, GROUP, "invoke"), "id": str(uuid4())}
        return {**activity, "name": "adaptiveCard/action", "value": {"action": action}}


def _ballot(poll: Poll, chosen: Sequence[int]) -> Json:
    """The data of the button that votes so."""
    if poll.kind is PollKind.SEVERAL:
        return {"action": "cast_vote", "poll": poll.id, "picked": ",".join(str(one) for one in chosen)}
    return {"action": "vote_poll", "poll": poll.id, "option": chosen[0]}
