"""Cards of polls: small enough, the same in words as in bars, one's own vote on one's own, nothing of an anonymous."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dialogs.cards.limits import HIGHEST_ID
from dialogs.cards.payloads import read_payload
from dialogs.cards.poll_payloads import CastVote, SendPoll, ShowPoll, VotePoll
from dialogs.cards.polls import poll_card, result_card, text_card
from dialogs.texts import poll_outcome
from dialogs.texts import polls as texts
from storage.domain.people import Person, Role
from storage.domain.polls import (
    LONGEST_OPTION,
    LONGEST_QUESTION,
    MOST_OPTIONS,
    MOST_TAPPED,
    NEXT_PLACE,
    UNSAID,
    Answer,
    Ballot,
    Count,
    NewOption,
    NewPoll,
    Option,
    Poll,
    PollKind,
    PollState,
    PollView,
    Shown,
    Tally,
)
from storage.domain.series import Rhythm
from storage.domain.tallying import tally
from tests.conftest import BRUSSELS, NOW

JONAS = Person(1, "Jonas Claerhout", "jonas@vuurtoren.example", Role.AMBASSADOR)
THEMES = ("NAFT", "Internaten", "Huiswerkbegeleiding")
CLOSES = datetime(2026, 11, 27, 16)  # noqa: DTZ001 - local, as people plan
LARGEST = 28_000
ALL = list(PollKind)


def poll(kind: PollKind = PollKind.SINGLE, names: tuple[str, ...] = THEMES, **also: Any) -> Poll:
    """An open poll with these options."""
    options = tuple(Option(10 + place, place, name) for place, name in enumerate(names, 1))
    if kind is PollKind.DATES:
        first = date(2026, 12, 3)
        options = tuple(replace(one, text="", day=first + timedelta(7 * one.position)) for one in options)
    if kind is PollKind.TEMPERATURE:
        options = (Option(11, 1, ""),)
    return Poll(
        id=7,
        kind=kind,
        question=also.pop("question", "Welk thema in juni?"),
        state=also.pop("state", PollState.OPEN),
        options=options,
        target="place:19:groep@thread.v2",
        opens_at=NOW,
        closes_at=CLOSES.replace(tzinfo=BRUSSELS),
        closes_local=CLOSES,
        timezone="Europe/Brussels",
        **also,
    )


def seen(asked: Poll, *ballots: Ballot, mine: Ballot | None = None, manages: bool = False) -> PollView:
    """The poll as Jonas sees it, with these votes."""
    asked = replace(asked, voters=len(ballots))
    own = {"mine": mine, "voted": mine is not None, "person": JONAS, "may_vote": True, "may_manage": manages}
    return PollView(asked, tally(asked, ballots), **own)  # type: ignore[arg-type]


def elements(card: Any, kind: str) -> list[dict[str, Any]]:
    """All elements or actions of this type on a card, wherever they stand, but for what stands in for others."""
    if isinstance(card, list):
        return [found for one in card for found in elements(one, kind)]
    if not isinstance(card, dict):
        return []
    inside = [found for name, one in card.items() if name != "fallback" for found in elements(one, kind)]
    return [card, *inside] if card.get("type") == kind else inside


def words(card: Any) -> str:
    """All words on a card."""
    return json.dumps(card, ensure_ascii=False)


def presses(card: Any) -> list[Any]:
    """The payloads of a card's buttons, as they come back."""
    return [read_payload(one["data"]) for one in elements(card, "Action.Execute")]


# --- voting


def test_a_single_choice_is_one_tap_each_and_an_old_client_sends_the_same() -> None:
    card = poll_card(PollView(poll()), NOW)
    taps = [one for one in elements(card, "Action.Execute") if one["verb"] == "vote_poll"]
    assert [one["title"] for one in taps] == list(THEMES)
    assert [read_payload(one["data"]) for one in taps] == [VotePoll(poll=7, option=id_) for id_ in (11, 12, 13)]
    assert all(one["fallback"]["type"] == "Action.Submit" and one["fallback"]["data"] == one["data"] for one in taps)


@pytest.mark.parametrize("names", [tuple(f"Thema {one}" for one in range(12)), ("Kort", "Een keuze met uitleg " * 5)])
def test_what_does_not_fit_on_buttons_stands_in_full_beside_one(names: tuple[str, ...]) -> None:
    card = poll_card(PollView(poll(names=names)), NOW)
    assert len([one for one in presses(card) if isinstance(one, VotePoll)]) == len(names)
    assert all(name.strip() in words(card) for name in names)


def test_what_is_filled_in_becomes_a_ballot() -> None:
    several, ranking, dates = (poll(kind) for kind in (PollKind.SEVERAL, PollKind.RANKING, PollKind.DATES))
    assert CastVote(poll=7, picked="11,13").ballot(several) == {11: 1, 13: 1}
    ranked = CastVote.model_validate({"poll": 7, "c1": "13", "c2": "", "c3": "11", "c4": "13"})
    assert ranked.ballot(ranking) == {13: 1, 11: 2}
    said = CastVote.model_validate({"poll": 7, "o11": "3", "o12": "1", "o13": ""})
    assert said.ballot(dates) == {11: Answer.YES, 12: Answer.NO}
    assert CastVote(poll=7, everything=True).ballot(dates) == dict.fromkeys((11, 12, 13), int(Answer.YES))


@pytest.mark.parametrize("typed", [{"o11": "9"}, {"ox": "3"}, {"o11": ["3"]}, {"o99999999999999": "3"}, {}])
def test_what_no_card_sends_is_no_answer(typed: dict[str, Any]) -> None:
    assert CastVote.model_validate({"poll": 7, **typed}).ballot(poll(PollKind.DATES)) == {}


LONG = tuple(f"Thema {one}" for one in range(MOST_TAPPED + 1))


@pytest.mark.parametrize(
    ("kind", "mine", "field", "value"),
    [
        (PollKind.SEVERAL, {11: 1, 13: 1}, "picked", "11,13"),
        (PollKind.RANKING, {13: 1, 11: 2}, "c2", "11"),
        (PollKind.DATES, {12: int(Answer.MAYBE)}, "o12", "2"),
    ],
)
def test_ones_own_vote_in_a_long_poll_is_filled_in(kind: PollKind, mine: Ballot, field: str, value: str) -> None:
    card = poll_card(seen(poll(kind, LONG), mine, mine=mine), NOW)
    assert {one["id"]: one.get("value") for one in elements(card, "Input.ChoiceSet")}[field] == value


@pytest.mark.parametrize(
    ("kind", "mine", "told"),
    [
        (PollKind.SINGLE, {12: 1}, "✓ Jij koos Internaten"),
        (PollKind.SEVERAL, {11: 1, 12: 1}, "✓ Jij koos NAFT en Internaten"),
        (PollKind.RANKING, {12: 1, 11: 2}, "✓ Jouw volgorde: 1. Internaten, 2. NAFT"),
        (PollKind.DATES, {11: 3, 12: 2}, "✓ Jij zei ja op do 10 dec 2026 en misschien op do 17 dec 2026"),
        (PollKind.TEMPERATURE, {11: 4}, "✓ Jij gaf 4: goed"),
    ],
)
def test_ones_own_vote_stands_on_ones_own_card_and_on_no_other(kind: PollKind, mine: Ballot, told: str) -> None:
    view = seen(poll(kind), mine, mine=mine)
    assert told in words(poll_card(view, NOW))
    for_all = replace(view, mine=None, voted=False, person=None)
    assert "✓" not in words(poll_card(for_all, NOW))


# --- answered one by one


def pressed(view: PollView) -> list[tuple[str, VotePoll]]:
    """What each button to vote says, and what it does."""
    found = [
        (one.get("title", ""), read_payload(one["data"])) for one in elements(poll_card(view, NOW), "Action.Execute")
    ]
    return [(label, payload) for label, payload in found if isinstance(payload, VotePoll)]


def tap(label: str, option: int, value: int = 1) -> tuple[str, VotePoll]:
    """A button to vote."""
    return label, VotePoll(poll=7, option=option, value=value)


YES, MAYBE, NO = int(Answer.YES), int(Answer.MAYBE), int(Answer.NO)


@pytest.mark.parametrize("kind", [PollKind.SEVERAL, PollKind.RANKING, PollKind.DATES])
@pytest.mark.parametrize(("many", "anonymous", "filled_in"), [(3, False, False), (3, True, True), (11, False, True)])
def test_what_others_see_change_has_nothing_to_fill_in(
    kind: PollKind, many: int, anonymous: bool, filled_in: bool
) -> None:
    card = poll_card(PollView(poll(kind, LONG[:many], anonymous=anonymous)), NOW)
    assert bool(elements(card, "Input.ChoiceSet")) is filled_in
    assert (texts.BUTTON_SAVE in words(card)) is filled_in
    assert (texts.TAPS[kind] in words(card)) is not filled_in


def test_each_day_is_answered_with_a_tap_and_ones_own_answer_is_marked() -> None:
    asked = poll(PollKind.DATES, THEMES[:2])
    base = [tap(*one) for day in (11, 12) for one in (("Ja", day, YES), ("Misschien", day, MAYBE), ("Nee", day, NO))]
    assert pressed(PollView(asked)) == base
    own = [label for label, _ in pressed(seen(asked, {12: MAYBE}, mine={12: MAYBE}))]
    assert own == ["Ja", "Misschien", "Nee", "Ja", "✓ Misschien", "Nee"]


def test_all_days_suit_with_one_tap_until_one_answered_any() -> None:
    asked = poll(PollKind.DATES)
    everything = CastVote(poll=7, everything=True)
    assert everything in presses(poll_card(PollView(asked), NOW))
    assert everything in presses(poll_card(seen(asked), NOW))
    assert everything not in presses(poll_card(seen(asked, {11: NO}, mine={11: NO}), NOW))


def test_what_one_chose_is_taken_away_with_a_tap() -> None:
    asked = poll(PollKind.SEVERAL)
    assert pressed(PollView(asked)) == [tap(f"Kies {place}", 10 + place) for place in (1, 2, 3)]
    view = seen(asked, {12: 1}, mine={12: 1})
    assert pressed(view) == [tap("Kies 1", 11), tap(texts.BUTTON_REMOVE, 12, UNSAID), tap("Kies 3", 13)]
    assert "2\\. Internaten · ✓\u00a0gekozen" in [one["text"] for one in elements(poll_card(view, NOW), "TextBlock")]


def test_on_ones_own_card_the_button_says_which_place_it_gives() -> None:
    asked = poll(PollKind.RANKING)
    assert pressed(PollView(asked)) == [tap(f"Kies {place}", 10 + place, NEXT_PLACE) for place in (1, 2, 3)]
    assert [label for label, _ in pressed(seen(asked))] == ["Plaats 1"] * 3
    view = seen(asked, {13: 1, 11: 2}, mine={13: 1, 11: 2})
    assert pressed(view) == [
        tap(texts.BUTTON_REMOVE, 11, UNSAID),
        tap("Plaats 3", 12, NEXT_PLACE),
        tap(texts.BUTTON_REMOVE, 13, UNSAID),
    ]
    assert "3\\. Huiswerkbegeleiding · ✓\u00a0plaats\u00a01" in [
        one["text"] for one in elements(poll_card(view, NOW), "TextBlock")
    ]


# --- how it stands


@pytest.mark.parametrize("kind", ALL)
def test_the_words_instead_of_the_bars_say_the_same(kind: PollKind) -> None:
    first = {PollKind.DATES: int(Answer.YES), PollKind.TEMPERATURE: 4}.get(kind, 1)
    card = poll_card(seen(poll(kind), {11: first}, {11: first}), NOW)
    (bars,) = [*elements(card, "Chart.HorizontalBar"), *elements(card, "Chart.HorizontalBar.Stacked")]
    facts = bars["fallback"]["facts"]
    named = [one.get("x") or one["title"].rpartition(": ")[0] for one in bars["data"]]
    assert [one["title"] for one in facts] == named
    numbers = [one["y"] if "y" in one else one["data"][0]["value"] for one in bars["data"]]
    assert [f"{number:g}" in one["value"] for number, one in zip(numbers, facts, strict=True)] == [True] * len(facts)


def test_bars_that_begin_with_the_same_words_stay_apart() -> None:
    names = tuple(f"{'Een keuze die veel uitleg vraagt, ' * 3} deel {one}" for one in range(5))
    (bars,) = elements(poll_card(seen(poll(names=names), {11: 1}), NOW), "Chart.HorizontalBar")
    assert len({one["x"] for one in bars["data"]}) == len(names)


def test_how_it_stands_is_left_out_where_one_may_not_see_it_yet() -> None:
    later = PollView(poll(shown=Shown.AFTER_VOTING, voters=3), may_vote=True, person=JONAS)
    assert "Chart" not in words(poll_card(later, NOW))
    assert texts.SHOWN_AFTER_VOTING in words(poll_card(later, NOW))


def test_of_an_anonymous_poll_nothing_shows_but_that_one_voted() -> None:
    view = PollView(poll(anonymous=True, shown=Shown.AFTER_CLOSING), voted=True, person=JONAS)
    card = words(poll_card(view, NOW))
    assert texts.VOTED in card
    assert "stemmen" not in card.replace(texts.FINAL, "")
    assert [one for one in presses(poll_card(view, NOW)) if isinstance(one, VotePoll | CastVote)] == []


def test_who_only_looks_on_gets_no_buttons_that_would_refuse_them() -> None:
    card = poll_card(PollView(poll(), person=JONAS, may_vote=False, may_manage=True), NOW)
    assert [one for one in presses(card) if isinstance(one, VotePoll | CastVote)] == []
    assert texts.BUTTON_CLOSE in words(card)


def test_all_buttons_of_an_anonymous_vote_differ_in_nothing_but_the_choice() -> None:
    taps = [one for one in presses(poll_card(PollView(poll(anonymous=True)), NOW)) if isinstance(one, VotePoll)]
    assert {one.model_copy(update={"option": 1}) for one in taps} == {VotePoll(poll=7, option=1)}


# --- who manages


def test_what_a_manager_does_is_behind_the_dots_of_their_own_card() -> None:
    titles = {texts.BUTTON_CLOSE, texts.BUTTON_NUDGE, texts.BUTTON_DROP}
    more = [one for one in elements(poll_card(seen(poll(), manages=True), NOW), "Action.Execute") if one.get("mode")]
    assert {one["title"] for one in more} == titles
    assert not titles & {one.get("title") for one in elements(poll_card(seen(poll()), NOW), "Action.Execute")}


def test_who_did_not_vote_is_not_reminded_twice_or_of_an_anonymous_poll() -> None:
    for asked in (poll(nudged_at=NOW), poll(anonymous=True)):
        assert texts.BUTTON_NUDGE not in words(poll_card(PollView(asked, may_manage=True, person=JONAS), NOW))


@pytest.mark.parametrize(
    ("may_add", "full", "there"), [(True, False, True), (False, False, False), (True, True, False)]
)
def test_an_option_is_added_where_that_is_allowed_and_there_is_room(may_add: bool, full: bool, there: bool) -> None:
    names = tuple(f"Thema {one}" for one in range(MOST_OPTIONS if full else 3))
    card = poll_card(seen(poll(names=names, may_add=may_add)), NOW)
    assert (texts.BUTTON_ADD_IT in words(card)) is there


# --- over


@pytest.mark.parametrize(
    ("kind", "ballots", "told"),
    [
        (PollKind.SINGLE, [{12: 1}] * 9 + [{11: 1}] * 5, "'Internaten' haalt het met 9 van de 14 stemmen."),
        (PollKind.SINGLE, [{12: 1}], "'Internaten' haalt het met de enige stem."),
        (PollKind.SINGLE, [{12: 1}] * 3, "'Internaten' haalt het met alle 3 stemmen."),
        (
            PollKind.SINGLE,
            [{11: 1}] * 5 + [{12: 1}] * 5 + [{13: 1}] * 4,
            "Gelijkspel: 'NAFT' en 'Internaten' halen elk 5 van de 14 stemmen.",
        ),
        (PollKind.SINGLE, [], "Niemand stemde."),
        (
            PollKind.SEVERAL,
            [{11: 1, 12: 1}, {12: 1}, {13: 1}],
            "'Internaten' haalt het, gekozen door 2 van de 3 mensen.",
        ),
        (
            PollKind.DATES,
            [{11: 3}, {11: 3}, {11: 2, 12: 3}],
            "Do 10 dec 2026 past het best: 2 van de 3 mensen kunnen en 1 misschien.",
        ),
        (PollKind.DATES, [{11: 1, 12: 1, 13: 1}], "Geen enkele dag past."),
        (
            PollKind.DATES,
            [{11: 2}],
            "Zeker ja zegt niemand. Do 10 dec 2026 komt het dichtst in de buurt: 1 keer misschien.",
        ),
        (
            PollKind.TEMPERATURE,
            [{11: 4}, {11: 4}, {11: 3}],
            "Gemiddeld 3,7 op 5 bij 3 stemmen, en de middelste stem is 'goed'.",
        ),
        (
            PollKind.TEMPERATURE,
            [{11: 4}, {11: 3}],
            "Gemiddeld 3,5 op 5 bij 2 stemmen, en de middelste ligt tussen 'gaat wel' en 'goed'.",
        ),
        (PollKind.RANKING, [{12: 1, 11: 2}], "'Internaten' haalt het, in de enige volgorde die ik kreeg."),
        (PollKind.RANKING, [{12: 1, 11: 2}] * 2, "'Internaten' haalt het, als je beide volgordes samenlegt."),
        (
            PollKind.RANKING,
            [{12: 1}, {11: 1}] * 2,
            "Gelijkspel: 'NAFT' en 'Internaten' staan even hoog, als je alle 4 volgordes samenlegt.",
        ),
        (
            PollKind.SEVERAL,
            [{11: 1, 12: 1}] * 2,
            "Gelijkspel: 'NAFT' en 'Internaten' zijn elk gekozen door beide stemmers.",
        ),
        (
            PollKind.DATES,
            [{11: 3, 12: 2}, {11: 2, 12: 3}],
            "Gelijkspel: do 10 dec 2026 en do 17 dec 2026 passen even goed, telkens 1 keer ja en 1 keer misschien.",
        ),
    ],
)
def test_a_result_is_one_plain_sentence(kind: PollKind, ballots: list[Ballot], told: str) -> None:
    view = seen(poll(kind, state=PollState.CLOSED, closed_at=NOW), *ballots)
    assert texts.outcome(view, NOW) == told
    assert told in words(result_card(view, NOW))


def test_too_few_votes_are_told_to_be_so() -> None:
    asked = poll(state=PollState.CLOSED, closed_at=NOW, quorum=10, voters=6)
    view = PollView(asked, replace(tally(asked, [{11: 1}] * 6), enough=False))
    assert texts.outcome(view, NOW) == "Er stemden 6 mensen; er waren er minstens 10 nodig."


def test_so_few_anonymous_votes_that_they_would_tell_who_are_not_even_counted() -> None:
    asked = poll(anonymous=True, state=PollState.CLOSED, closed_at=NOW)
    view = PollView(asked, Tally(0, hidden=True))
    card = words(result_card(view, NOW))
    assert poll_outcome.TOO_FEW in card
    assert "Chart" not in card
    assert "0 stemmen" not in card


def test_the_time_before_is_told_of_what_comes_back() -> None:
    view = seen(poll(PollKind.TEMPERATURE, state=PollState.CLOSED, closed_at=NOW), {11: 4})
    view = replace(view, previous=Tally(4, average=3.2))
    assert texts.outcome(view, NOW).endswith("De vorige keer was dat 3,2.")


def test_what_is_past_its_time_can_not_be_voted_on_though_nobody_closed_it() -> None:
    card = poll_card(seen(poll(), {12: 1}), CLOSES.replace(tzinfo=BRUSSELS))
    assert [one for one in presses(card) if isinstance(one, VotePoll)] == []
    assert "haalt het" in words(card)


# --- size, and what people type


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize(
    "sign", ["a", "é", "<", "*", "\N{GRINNING FACE}", "\N{LATIN SMALL LETTER E}\N{COMBINING ACUTE ACCENT}"]
)
@pytest.mark.parametrize("many", [MOST_TAPPED, MOST_OPTIONS])
def test_the_largest_poll_fits_in_what_teams_takes(kind: PollKind, sign: str, many: int) -> None:
    names = tuple((sign * LONGEST_OPTION)[: LONGEST_OPTION - 2] + f"{one:02}" for one in range(many))
    asked = poll(kind, names, question=(sign * LONGEST_QUESTION)[:LONGEST_QUESTION], may_add=True)
    asked = replace(asked, id=HIGHEST_ID, options=tuple(replace(one, id=HIGHEST_ID - one.id) for one in asked.options))
    chosen = asked.options[:1] if kind is PollKind.SINGLE else asked.options
    mine = {one.id: place if kind is PollKind.RANKING else 1 for place, one in enumerate(chosen, 1)}
    view = replace(seen(asked, mine, mine=mine, manages=True), poll=asked)
    for card in (poll_card(view, NOW), text_card(view, NOW), result_card(view, NOW)):
        assert len(json.dumps(card)) <= LARGEST


def test_what_people_type_is_shown_as_it_is() -> None:
    names = ("[klik](https://elders.example)", "<at>Nele</at>", "**vet**")
    view = seen(poll(names=names, question="# *Wat* nu?"), {11: 1}, mine={11: 1})
    told = texts.poll_text(view, NOW)
    assert r"\[klik\](" in told
    assert "<at>" not in told
    assert "\\*\\*vet\\*\\*" in told
    assert r"\*Wat\*" in words(poll_card(view, NOW)).replace("\\\\", "\\")


def test_the_words_hold_all_options_with_their_numbers_and_how_to_vote() -> None:
    told = texts.poll_text(seen(poll(), {12: 1}), NOW)
    assert [f"{place}. {name}" in told for place, name in enumerate(THEMES, 1)] == [True] * len(THEMES)
    assert texts.HOW[PollKind.SINGLE] in told


@pytest.mark.parametrize("quorum", [None, 10])
def test_that_nobody_voted_is_said_once(quorum: int | None) -> None:
    view = seen(poll(quorum=quorum))
    said = texts.poll_text(view, NOW)
    assert said.count("Nog niemand stemde") == 1
    assert words(poll_card(view, NOW)).count("Nog niemand stemde") == 1
    assert (texts.NEEDED.format(quorum=quorum) in said) is (quorum is not None)


def test_the_way_back_from_the_words_is_on_them() -> None:
    assert presses(text_card(seen(poll()), NOW)) == [ShowPoll(poll=7)]


def test_a_draft_survives_a_button() -> None:
    draft = NewPoll(
        PollKind.DATES,
        "Wanneer?",
        (NewOption(day=date(2026, 12, 4)), NewOption("later")),
        closes=CLOSES,
        rhythm=Rhythm(3, date(2026, 12, 1), months=1),
        conversation_id="19:van-een-ander@thread.v2",
    )
    sent = read_payload(json.loads(SendPoll(draft=draft).model_dump_json()))
    assert isinstance(sent, SendPoll)
    assert sent.draft == draft
    assert sent.new("19:hier@thread.v2", None) == replace(draft, conversation_id="19:hier@thread.v2")


def test_a_count_of_a_ranking_tells_from_how_many_it_wins() -> None:
    assert texts.count(Count(None, 1, first=2), PollKind.RANKING) == "wint van 1 andere keuze, 2 × eerst"
