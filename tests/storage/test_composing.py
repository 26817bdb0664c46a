"""Composing an agenda: which points come on it, why, in which order, and that it fits."""

import itertools
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.domain.agenda import AgendaPoint, Fixed, PointKind, PointState
from storage.domain.composing import (
    FIXED_MINUTES,
    FIXED_TITLES,
    MINUTES,
    Candidate,
    Composition,
    Reason,
    Why,
    compose,
    fixed_of,
    fixed_points,
)
from storage.domain.meetings import Audience, Meeting, MeetingKind
from tests.bench.composing import BAR_MS, measured
from tests.conftest import BRUSSELS, FIGURES

STARTS = datetime(2027, 2, 4, 9, 30, tzinfo=BRUSSELS)
BEFORE = datetime(2027, 1, 4, 9, 30, tzinfo=BRUSSELS)
INTERVISIE = fixed_points(MeetingKind.INTERVISIE, earlier=True)
ALL_FIXED = sum(FIXED_MINUTES[one] for one in INTERVISIE)


def meeting(minutes: int = 150) -> Meeting:
    """A meeting that takes so long."""
    ends = STARTS + timedelta(minutes=minutes)
    return Meeting(1, "m", MeetingKind.INTERVISIE, "Overleg", STARTS, ends, Audience.NETWORK)


def point(number: int, minutes: int | None = 20, **fields: object) -> AgendaPoint:
    """A proposal of somebody."""
    given_ = {"state": PointState.PROPOSED, "proposer_id": 7, "proposed_at": BEFORE, "meeting_id": 1, **fields}
    return AgendaPoint(number, f"Punt {number}", minutes=minutes, **given_)  # type: ignore[arg-type]


def made(points: Sequence[AgendaPoint], minutes: int = 150, placed: Sequence[int] = (), **more: bool) -> Composition:
    """An agenda with the fixed points of an intervisie."""
    return compose(meeting(minutes), INTERVISIE, [Candidate(one, one.id in placed) for one in points], **more)


def numbers(found: Composition) -> list[int]:
    """The points that are not fixed, in their order."""
    return [line.point.id for line in found.chosen if line.point]


def out(found: Composition) -> list[int]:
    """What did not fit."""
    return [line.point.id for line in found.left_out if line.point]


def why(found: Composition, number: int) -> list[Why]:
    """Why a point is there, or not."""
    lines = (*found.lines, *found.left_out)
    return next([one.why for one in line.reasons] for line in lines if line.point and line.point.id == number)


# The fixed points


def test_an_intervisie_opens_with_what_was_left_of_the_last_and_closes_with_what_is_next() -> None:
    assert [line.fixed for line in made([point(1)]).lines] == [
        Fixed.WELCOME,
        Fixed.PREVIOUS_REPORT,
        Fixed.ACTIONS,
        None,
        Fixed.VARIA,
        Fixed.NEXT_MEETINGS,
    ]


@pytest.mark.parametrize("kind", [MeetingKind.INTERVISIE, MeetingKind.STUURGROEP])
def test_the_first_of_a_kind_approves_no_report(kind: MeetingKind) -> None:
    assert fixed_points(kind, earlier=False) == (Fixed.WELCOME, Fixed.VARIA, Fixed.NEXT_MEETINGS)
    assert Fixed.ACTIONS in fixed_points(kind, earlier=False, open_actions=2)


@pytest.mark.parametrize("kind", [MeetingKind.INFOMOMENT, MeetingKind.NETWERKDAG])
def test_a_day_for_many_opens_and_closes(kind: MeetingKind) -> None:
    assert fixed_points(kind, earlier=True) == (Fixed.WELCOME, Fixed.CLOSING)


def test_every_fixed_point_has_a_length_and_a_title() -> None:
    assert set(FIXED_MINUTES) == set(FIXED_TITLES) == set(Fixed)


def test_a_fixed_point_that_stands_there_keeps_the_length_that_somebody_set() -> None:
    welcome = AgendaPoint(5, "Onthaal met koffie", minutes=30, fixed=Fixed.WELCOME, position=1, meeting_id=1)
    found = made([welcome], placed=[5])
    assert (found.lines[0].point, found.lines[0].minutes, len(found.lines)) == (welcome, 30, len(INTERVISIE))


def test_a_fixed_point_by_its_name_in_an_imported_agenda_is_not_there_twice() -> None:
    varia = AgendaPoint(5, "varia", minutes=15, position=1, meeting_id=1)
    found = made([varia], placed=[5])
    assert [line.minutes for line in found.lines if line.fixed is Fixed.VARIA] == [15]


def test_a_second_point_of_that_name_is_an_ordinary_one() -> None:
    twice = [AgendaPoint(number, "Varia", position=number, meeting_id=1) for number in (5, 6)]
    assert numbers(made(twice, placed=[5, 6])) == [6]


def test_a_point_that_is_two_fixed_ones_stands_for_both() -> None:
    found = compose(meeting(), INTERVISIE, [Candidate(AgendaPoint(5, "Verwelkoming en goedkeuring vorig verslag"))])
    assert [line.fixed for line in found.lines] == [
        Fixed.WELCOME,
        Fixed.ACTIONS,
        Fixed.VARIA,
        Fixed.NEXT_MEETINGS,
    ]
    assert found.lines[0].point is not None


def test_a_theme_beside_a_fixed_word_is_an_ordinary_point() -> None:
    assert fixed_of(AgendaPoint(5, "Varia en schooluitval")) is None


def test_what_stands_on_an_agenda_makes_no_room_for_fixed_points_that_nobody_put_there() -> None:
    stands = [AgendaPoint(5, "Verwelkoming", minutes=10), replace(point(6), minutes=50)]
    found = compose(meeting(65), INTERVISIE, [Candidate(one, placed=True) for one in stands])
    assert numbers(found) == [6]
    assert [line.fixed for line in found.lines if line.point is None] == [Fixed.NEXT_MEETINGS]
    assert {line.fixed for line in found.left_out} == {Fixed.PREVIOUS_REPORT, Fixed.ACTIONS, Fixed.VARIA}


def test_somebody_s_own_point_called_varia_is_no_fixed_one() -> None:
    assert numbers(made([replace(point(5), title="Varia")])) == [5]


def test_open_actions_are_a_reason_of_their_point() -> None:
    found = compose(meeting(), INTERVISIE, [], open_actions=4)
    (actions,) = (line for line in found.lines if line.fixed is Fixed.ACTIONS)
    assert Reason(Why.OPEN_ACTIONS, 4) in actions.reasons


# What comes on it


def test_what_is_wanted_most_comes_first_and_each_reason_is_told() -> None:
    accepted = point(9, state=PointState.ACCEPTED, decided_at=BEFORE)
    wanted = [
        accepted,
        point(8, returns_on=date(2027, 2, 1)),
        point(7, votes=9, voters=12),
        point(6, carried=2, support=7),
        point(5, carried=1),
        point(4, support=3),
        point(3, proposed_at=BEFORE - timedelta(days=1)),
        point(2),
    ]
    for count in range(len(wanted)):
        kept = made(wanted, ALL_FIXED + 20 * count)
        assert sorted(numbers(kept)) == sorted(one.id for one in wanted[:count])
    everything = made(wanted, 500)
    assert why(everything, 9) == [Why.ACCEPTED]
    assert why(everything, 8) == [Why.PROMISED]
    assert why(everything, 7) == [Why.VOTES]
    assert why(everything, 6) == [Why.CARRIED, Why.SUPPORT]
    assert why(everything, 2) == [Why.FIRST_COME]
    (line,) = (one for one in everything.chosen if one.point and one.point.id == 6)
    assert line.reasons == (Reason(Why.CARRIED, 2), Reason(Why.SUPPORT, 7))


def test_the_larger_share_of_votes_wins_not_the_larger_number() -> None:
    few, many = point(1, votes=3, voters=4), point(2, votes=10, voters=30)
    assert numbers(made([few, many], ALL_FIXED + 20)) == [1]


def test_what_is_promised_for_a_later_month_has_to_wait() -> None:
    later, now_ = point(1, returns_on=date(2027, 3, 1)), point(2, returns_on=date(2027, 1, 1))
    assert numbers(made([later, now_], ALL_FIXED + 20)) == [2]


def test_what_is_too_long_is_left_out_with_its_reason_and_a_shorter_one_still_fits() -> None:
    found = made([point(1, 90, support=9), point(2, 15, support=1)], ALL_FIXED + 40)
    assert (numbers(found), out(found)) == ([2], [1])
    assert found.left_out[0].reasons[0] == Reason(Why.TOO_LONG, 90, 40)
    assert (found.total, found.over, found.left) == (ALL_FIXED + 15, 0, 25)


def test_only_the_fixed_points_can_make_it_too_long() -> None:
    found = made([point(1, 5)], 30)
    assert (found.over, numbers(found), out(found)) == (ALL_FIXED - 30, [], [1])


@pytest.mark.parametrize("kind", [*PointKind, None])
def test_a_point_without_a_length_gets_that_of_its_kind(kind: PointKind | None) -> None:
    (line,) = made([point(1, None, kind=kind)]).chosen
    assert line.minutes == MINUTES[kind]


def test_what_was_accepted_stays_when_nobody_looks() -> None:
    accepted = point(1, 200, state=PointState.ACCEPTED, decided_at=BEFORE)
    found = made([accepted, point(2, 20)], keep_accepted=True)
    assert (numbers(found), out(found), found.over > 0) == ([1], [2], True)


# The order


def test_the_points_stand_in_the_order_of_their_kind() -> None:
    kinds = [PointKind.CASE, PointKind.ORGANISATION, None, PointKind.THEME, PointKind.DECISION, PointKind.INFORMATION]
    found = made([point(number, 10, kind=kind) for number, kind in enumerate(kinds, 1)])
    assert numbers(found) == [6, 5, 4, 3, 2, 1]


def test_where_a_coordinator_put_them_they_stay_and_others_come_between() -> None:
    own = [
        point(1, 10, kind=PointKind.CASE, state=PointState.ACCEPTED, position=1),
        point(2, 10, kind=PointKind.INFORMATION, state=PointState.ACCEPTED, position=2),
    ]
    found = made([*own, point(3, 10, kind=PointKind.DECISION), point(4, 10, kind=PointKind.CASE)], placed=[1, 2])
    assert numbers(found) == [3, 1, 2, 4]
    assert found.lines[0].fixed is Fixed.WELCOME


def test_what_was_put_behind_the_closing_points_later_comes_before_them() -> None:
    varia = AgendaPoint(5, "Varia", fixed=Fixed.VARIA, position=1, meeting_id=1)
    late = point(6, 10, state=PointState.ACCEPTED, position=2)
    found = made([varia, late], placed=[5, 6])
    assert [line.fixed for line in found.lines][-3:] == [None, Fixed.VARIA, Fixed.NEXT_MEETINGS]


def test_composed_again_it_is_the_same() -> None:
    first = made([point(number, 15, kind=kind) for number, kind in enumerate(PointKind, 1)])
    stands = [
        Candidate(
            replace(line.point, state=PointState.ACCEPTED, position=at, minutes=line.minutes, decided_at=BEFORE)
            if line.point
            else AgendaPoint(100 + at, "", minutes=line.minutes, fixed=line.fixed, position=at, meeting_id=1),
            placed=True,
        )
        for at, line in enumerate(first.lines)
    ]
    again = compose(meeting(), INTERVISIE, [*stands, *(Candidate(line.point) for line in first.left_out if line.point)])
    assert [(line.fixed, line.minutes) for line in again.lines] == [(line.fixed, line.minutes) for line in first.lines]
    assert numbers(again) == numbers(first)


# Whatever there is


def _points(largest: int) -> st.SearchStrategy[list[Candidate]]:
    states = st.sampled_from([PointState.ACCEPTED, PointState.PROPOSED])
    months = st.sampled_from([None, date(2027, 2, 1), date(2027, 5, 1)])
    one = st.builds(
        lambda **fields: fields,
        minutes=st.one_of(st.none(), st.integers(1, 90)),
        state=states,
        kind=st.one_of(st.none(), st.sampled_from(PointKind)),
        carried=st.integers(0, 3),
        support=st.integers(0, 9),
        votes=st.one_of(st.none(), st.integers(0, 5)),
        voters=st.one_of(st.none(), st.integers(5, 9)),
        returns_on=months,
        position=st.integers(0, 4),
        decided_at=st.sampled_from([None, BEFORE, BEFORE + timedelta(days=1)]),
        proposed_at=st.sampled_from([None, BEFORE, BEFORE + timedelta(days=1)]),
        fixed=st.one_of(st.none(), st.none(), st.none(), st.sampled_from(Fixed)),
        placed=st.booleans(),
    )
    return st.lists(one, max_size=largest).map(
        lambda all_: [
            Candidate(
                point(number, **{key: value for key, value in fields.items() if key != "placed"}), fields["placed"]
            )
            for number, fields in enumerate(all_, 1)
        ]
    )


@settings(max_examples=60, deadline=None)
@given(_points(12), st.integers(20, 240), st.randoms(use_true_random=False))
def test_it_is_never_too_long_holds_everything_once_and_does_not_depend_on_the_order(
    candidates: list[Candidate], minutes: int, chance: random.Random
) -> None:
    found = compose(meeting(minutes), INTERVISIE, candidates)
    only_fixed = sum(line.minutes for line in found.lines if line.fixed)
    assert found.total <= max(minutes, only_fixed)
    everything = [line.point.id for line in (*found.lines, *found.left_out) if line.point]
    assert sorted(everything) == [one.point.id for one in candidates]
    shown = found.lines if not any(one.placed for one in candidates) else (*found.lines, *found.left_out)
    assert set(INTERVISIE) <= {line.fixed for line in shown}
    shuffled = list(candidates)
    chance.shuffle(shuffled)
    assert compose(meeting(minutes), INTERVISIE, shuffled) == found
    assert all(line.reasons for line in (*found.lines, *found.left_out))


@settings(max_examples=60, deadline=None)
@given(_points(12))
def test_what_was_placed_keeps_its_order_as_long_as_nothing_stands_behind_the_closing(
    candidates: list[Candidate],
) -> None:
    closing = {Fixed.VARIA, Fixed.NEXT_MEETINGS, Fixed.CLOSING}
    free = [one for one in candidates if one.point.fixed not in closing]
    found = compose(meeting(10_000), INTERVISIE, free)
    placed = sorted((one.point.position, one.point.id) for one in free if one.placed)
    order = [line.point.id for line in found.lines if line.point]
    assert [number for number in order if number in {id_ for _, id_ in placed}] == [id_ for _, id_ in placed]


@settings(max_examples=40, deadline=None)
@given(_points(7), st.integers(ALL_FIXED, ALL_FIXED + 150))
def test_it_holds_what_an_exhaustive_search_finds_best(candidates: list[Candidate], minutes: int) -> None:
    """The objective: of all that fits together, what takes the most wanted point; then the next most wanted, and on."""
    free = [Candidate(replace(one.point, fixed=None)) for one in candidates]
    # All of them without a limit and without kinds or places of their own come in the order in which they are wanted.
    bare = [
        Candidate(replace(one.point, kind=None, minutes=one.point.minutes or MINUTES[one.point.kind])) for one in free
    ]
    wanted = [line.point for line in compose(meeting(10_000), INTERVISIE, bare).chosen if line.point]
    fitting = [
        taken
        for taken in itertools.product((True, False), repeat=len(wanted))
        if sum(one.minutes or 0 for one, is_taken in zip(wanted, taken, strict=True) if is_taken) <= minutes - ALL_FIXED
    ]
    best = {one.id for one, is_taken in zip(wanted, max(fitting), strict=True) if is_taken}
    assert set(numbers(compose(meeting(minutes), INTERVISIE, free))) == best


def test_sixty_candidates_take_no_time(record_property: Callable[[str, object], None]) -> None:
    taken, chosen = measured(60, 2_000)
    record_property(FIGURES, f"composing an agenda of 60 candidates: {taken * 1000:.2f} ms of CPU")
    assert chosen > 50
    assert taken < BAR_MS / 1000
