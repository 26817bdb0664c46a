"""Sharing out sessions by everybody's wishes: always the best outcome, always the same one, and fair."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from storage.domain.meetings import Session
from storage.domain.sessions import Move, Wish, assign, moves, session_of_region

Wishes = dict[int, list[int]]
Places = dict[int, int | None]


def profile(wishes: Mapping[int, Sequence[int]], got: Mapping[int, int]) -> tuple[int, ...]:
    """What an outcome is worth: how many are placed, then how many got their first choice, their second, …"""
    ranks = Counter(wishes[person].index(session) for person, session in got.items())
    return (len(got), *(ranks[rank] for rank in range(max(map(len, wishes.values()), default=0))))


def every_outcome(wishes: Wishes, places: Places) -> Iterator[dict[int, int]]:
    """Every way to seat people, one by one."""
    if not wishes:
        yield {}
        return
    person, *others = wishes
    rest = {one: wishes[one] for one in others}
    yield from every_outcome(rest, places)
    for session in wishes[person]:
        left = places[session]
        if left is None or left > 0:
            after = {**places, session: None if left is None else left - 1}
            for outcome in every_outcome(rest, after):
                yield {person: session, **outcome}


def luck(wishes: Wishes, got: Mapping[int, int]) -> list[int]:
    """Which choice everybody got, in the order of the draw: the lower the first of these, the rightlier."""
    order = sorted(wishes, key=lambda one: sha256(f"dag:{one}".encode()).digest())
    return [wishes[one].index(got[one]) if one in got else 9 for one in order]


def within(got: Mapping[int, int], wishes: Wishes, places: Places) -> bool:
    """Whether everybody sits where they wished, and no session has more people than seats."""
    taken = Counter(got.values())
    full = all(places[session] is None or count <= (places[session] or 0) for session, count in taken.items())
    return full and all(session in wishes[person] for person, session in got.items())


def drawn(chance: random.Random, people: int, sessions: int, most: int) -> tuple[Wishes, Places]:
    """Some wishes, of which some are wished by many, and places for about all."""
    weights = [1 / (one + 1) for one in range(sessions)]
    wishes: Wishes = {}
    for person in range(1, people + 1):
        order = sorted(range(sessions), key=lambda one: chance.random() ** (1 / weights[one]), reverse=True)
        wishes[person] = [one + 1 for one in order[: chance.randint(1, sessions)]]
    places: Places = {one + 1: chance.choice([None, *range(most + 1)]) for one in range(sessions)}
    return wishes, places


@pytest.mark.parametrize("seed", range(120))
def test_no_other_outcome_is_better_and_of_those_as_good_the_draw_decides(seed: int) -> None:
    chance = random.Random(seed)
    wishes, places = drawn(chance, chance.randint(1, 6), chance.randint(1, 4), 3)
    got = assign(wishes, places, "dag")
    assert within(got, wishes, places)
    best = max(profile(wishes, other) for other in every_outcome(wishes, places))
    as_good = [other for other in every_outcome(wishes, places) if profile(wishes, other) == best]
    assert got == min(as_good, key=lambda other: luck(wishes, other))


@pytest.mark.parametrize("seed", range(12))
def test_a_solver_finds_nothing_better_for_forty_people(seed: int) -> None:
    chance = random.Random(1000 + seed)
    wishes, places = drawn(chance, 40, 5, 14)
    got = assign(wishes, places, "dag")
    assert within(got, wishes, places)
    assert profile(wishes, got) == profile(wishes, solved(wishes, places))


def solved(wishes: Wishes, places: Places) -> dict[int, int]:
    """What scipy makes of it: one column for each seat, and for each person one that is no seat."""
    seats = [session for session, left in places.items() for _ in range(len(wishes) if left is None else left)]
    ranks, base = max(map(len, wishes.values())), len(wishes) + 1
    worth = np.zeros((len(wishes), len(seats) + len(wishes)))
    for row, said in enumerate(wishes.values()):
        worth[row, : len(seats)] = -(float(base) ** (ranks + 1))
        for rank, session in enumerate(said):
            columns = [column for column, seat in enumerate(seats) if seat == session]
            worth[row, columns] = base**ranks + base ** (ranks - rank - 1)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    people = list(wishes)
    return {people[row]: seats[column] for row, column in zip(rows, columns, strict=True) if column < len(seats)}


def test_the_order_of_reading_makes_no_difference() -> None:
    chance = random.Random(7)
    wishes, places = drawn(chance, 60, 5, 12)
    shuffled = list(wishes)
    chance.shuffle(shuffled)
    turned = dict(reversed(places.items()))
    assert assign({one: wishes[one] for one in shuffled}, turned, "dag") == assign(wishes, places, "dag")


def test_ties_are_drawn_by_lot_and_not_by_id() -> None:
    wishes, winners = {person: [1] for person in range(1, 11)}, Counter[int]()
    for number in range(1000):
        winners.update(assign(wishes, {1: 3}, f"dag-{number}"))
    assert set(winners) == set(wishes)
    assert all(220 < count < 380 for count in winners.values())


def test_who_got_none_had_no_part_in_the_draw_of_the_others() -> None:
    wishes, places = {person: [1, 2] for person in range(1, 5)}, {1: 2, 2: 1}
    for number in range(20):
        alone = [person for person in wishes if person not in assign(wishes, places, f"dag-{number}")]
        fewer = {person: said for person, said in wishes.items() if person not in alone}
        before, after = assign(wishes, places, f"dag-{number}"), assign(fewer, places, f"dag-{number}")
        assert before == after


def test_placing_more_people_goes_before_first_choices() -> None:
    assert assign({1: [1, 2], 2: [1]}, {1: 1, 2: 1}, "dag") == {1: 2, 2: 1}


def test_first_choices_go_before_second_ones() -> None:
    wishes, places = {1: [1, 2, 3], 2: [1, 2, 3], 3: [2, 3, 1]}, {1: 1, 2: 1, 3: 1}
    got = assign(wishes, places, "dag")
    assert profile(wishes, got) == (3, 2, 0, 1)


@pytest.mark.parametrize(
    ("wishes", "places", "expected"),
    [
        ({}, {1: 1}, {}),
        ({1: []}, {1: 1}, {}),
        ({1: [1]}, {1: 0}, {}),
        ({1: [1]}, {1: -2}, {}),
        ({1: [9]}, {1: 1}, {}),
        ({1: [1, 1], 2: [1]}, {1: None}, {1: 1, 2: 1}),
    ],
)
def test_odd_wishes_harm_nobody(wishes: Wishes, places: Places, expected: dict[int, int]) -> None:
    assert assign(wishes, places, "dag") == expected


# Lines that move up

AT = datetime(2026, 11, 21, tzinfo=UTC)


def wish(number: int, person: int, session: int, rank: int = 1) -> Wish:
    """A wish of somebody who stands in line since the moment of that number."""
    return Wish(number, person, session, rank, waiting=True, since=AT.replace(minute=number))


def test_a_chain_ends_and_each_person_moves_once() -> None:
    line = [wish(1, 1, 2), wish(2, 2, 1), wish(3, 3, 1)]
    assert moves({1: 0, 2: 1}, {1: 1, 2: 2, 3: None}, line) == (Move(1, 2, 1, left=1), Move(2, 1, 1, left=2))


def test_who_has_no_seat_for_the_day_is_passed_over_and_stays() -> None:
    assert moves({1: 1}, {2: None}, [wish(1, 1, 1), wish(2, 2, 1)]) == (Move(2, 1, 1),)


def test_who_could_have_either_gets_the_best_and_no_second_seat() -> None:
    line = [wish(1, 1, 1, rank=2), Wish(2, 1, 2, 1, waiting=True, since=AT.replace(minute=1))]
    assert moves({1: 1, 2: 1}, {1: None}, line) == (Move(1, 2, 1),)


def test_an_overfull_session_takes_nobody_in() -> None:
    assert moves({1: -1}, {1: None}, [wish(1, 1, 1)]) == ()


@pytest.mark.parametrize("seed", range(60))
def test_lines_always_come_to_rest_with_nobody_kept_out_of_an_empty_seat(seed: int) -> None:
    chance = random.Random(seed)
    sessions, people = range(1, 4), range(1, 9)
    seats = {one: chance.choice([None, *sessions]) for one in people}
    free: Places = {one: chance.randint(-1, 2) for one in sessions}
    line = [
        wish(number, person, session, rank)
        for number, (person, rank, session) in enumerate(
            (person, rank, session)
            for person in people
            for rank, session in enumerate(chance.sample([*sessions], chance.randint(0, 3)), 1)
            if session != seats[person]
        )
    ]
    made = moves(free, seats, line)
    left = {one: (free[one] or 0) for one in sessions}
    for move in made:
        left[move.session_id] -= 1
        if move.left is not None:
            left[move.left] += 1
    assert len({move.person_id for move in made}) == len(made)
    assert all(after >= min(0, free[one] or 0) for one, after in left.items())
    got = {move.person_id: move.rank for move in made}
    unhappy = [one for one in line if one.rank < got.get(one.person_id, 9)]
    assert all(left[one.session_id] <= 0 for one in unhappy)


# Regions


def test_a_region_is_found_in_one_title_as_whole_words() -> None:
    titles = ("Regio Eeklo", "Regio Gent-Centrum", "Namiddag Zuid (Gent)")
    sessions = [Session(number, str(number), title, None, None) for number, title in enumerate(titles)]
    assert session_of_region(sessions, "eeklo") == sessions[0]
    assert session_of_region(sessions, "Zuid") == sessions[2]
    for nothing in ("Eek", "Namiddag Gent", "", None):
        assert session_of_region(sessions, nothing) is None
    assert session_of_region([sessions[0], sessions[0]], "Eeklo") is None
