"""What the card of a poll costs: milliseconds of CPU, counting included; as `make bench` runs it."""

import random
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dialogs.cards.polls import poll_card
from storage.domain.people import Person, Role
from storage.domain.polls import (
    HIGHEST,
    LOWEST,
    MOST_OPTIONS,
    Answer,
    Ballot,
    Option,
    Poll,
    PollKind,
    PollState,
    PollView,
)
from storage.domain.tallying import tally

ROUNDS = 20
BAR_MS = 5
"""For the card of 1,000 votes."""

VOTES = 1_000
NOW = datetime(2026, 11, 21, 10, tzinfo=ZoneInfo("Europe/Brussels"))
CLOSES = NOW + timedelta(days=7)
PERSON = Person(1, "Bench", "bench@waterland.example", Role.AMBASSADOR)


def main() -> int:
    """Print the figures."""
    for kind in PollKind:
        for options in (5, MOST_OPTIONS):
            asked = poll(kind, options)
            few, many = (ballots(asked, count) for count in (10, VOTES))
            counting = fastest(lambda asked=asked, many=many: tally(asked, many))
            building, before = (fastest(card_of(asked, one)) for one in (many, few))
            sys.stdout.write(
                f"card of a poll ({kind.value}, {len(asked.options)} options, {VOTES} votes): {building * 1000:.2f} ms "
                f"(bar: {BAR_MS} ms), {building / before:.2f} times that of 10; counting {counting * 1000:.2f} ms\n"
            )
    return 0


def card_of(asked: Poll, cast: list[Ballot]) -> Callable[[], object]:
    """What builds the card of who voted first, with how it stands."""
    view = PollView(asked, tally(asked, cast), cast[0], voted=True, may_vote=True, may_manage=True, person=PERSON)
    return lambda: poll_card(view, NOW)


def fastest(work: Callable[[], object]) -> float:
    """The fastest of some rounds, in seconds."""
    rounds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        rounds.append(time.process_time() - begun)
    return min(rounds)


def poll(kind: PollKind, count: int) -> Poll:
    """An open poll with so many options."""
    options = tuple(Option(place, place, f"Een keuze met een naam, nummer {place}") for place in range(1, count + 1))
    if kind is PollKind.DATES:
        options = tuple(Option(one.id, one.position, "", day=date(2027, 1, one.position)) for one in options)
    return Poll(
        id=1,
        kind=kind,
        question="Welk thema volgende keer?",
        state=PollState.OPEN,
        options=options[:1] if kind is PollKind.TEMPERATURE else options,
        target="people",
        opens_at=NOW,
        closes_at=CLOSES,
        closes_local=CLOSES.replace(tzinfo=None),
        timezone="Europe/Brussels",
        voters=VOTES,
    )


def ballots(asked: Poll, count: int) -> list[Ballot]:
    """So many ballots, at random."""
    chance, ids = random.Random(1), [one.id for one in asked.options]
    return [_ballot(asked.kind, ids, chance) for _ in range(count)]


def _ballot(kind: PollKind, ids: list[int], chance: random.Random) -> Ballot:
    match kind:
        case PollKind.DATES:
            return {one: chance.choice([*Answer]) for one in ids}
        case PollKind.RANKING:
            return {one: place for place, one in enumerate(chance.sample(ids, len(ids)), 1)}
        case PollKind.TEMPERATURE:
            return {ids[0]: chance.randint(LOWEST, HIGHEST)}
        case PollKind.SEVERAL:
            return dict.fromkeys(chance.sample(ids, 3), 1)
        case _:
            return {chance.choice(ids): 1}


if __name__ == "__main__":
    sys.exit(main())
