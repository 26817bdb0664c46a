"""The one plain sentence that tells how a poll ended, or how it stands."""

from datetime import datetime
from math import ceil, floor

from dialogs.texts.points import quoted
from dialogs.texts.poll_words import ANSWERS, DEGREES, LONGEST_QUOTED, in_row, option_label, votes
from dialogs.texts.words import capital, cut, enumeration, people
from storage.domain.polls import LOWEST, Answer, Count, Option, Poll, PollKind, PollState, PollView, Tally

DROPPED = "Deze peiling is geschrapt. Er komt geen uitslag."
NOBODY = "Niemand stemde."
NOBODY_YET = "Nog niemand stemde."
TOO_FEW = "Er stemden minder dan 3 mensen. Om niemand te verraden toon ik dan geen uitslag."
UNDER_QUORUM = "Er {verb} {people}; er waren er minstens {quorum} nodig."
WINS = "{choice} haalt het met {votes}."
LEADS = "{choice} staat voorop met {votes}."
WINS_SEVERAL = "{choice} haalt het, gekozen door {votes}."
LEADS_SEVERAL = "{choice} staat voorop, gekozen door {votes}."
TIE = "Gelijkspel: {choices} halen elk {votes}."
TIE_SO_FAR = "Voorlopig gelijk: {choices} hebben elk {votes}."
TIE_SEVERAL = "Gelijkspel: {choices} zijn elk gekozen door {votes}."
TIE_SEVERAL_SO_FAR = "Voorlopig gelijk: {choices} zijn elk gekozen door {votes}."
TIE_RANKING = "Gelijkspel: {choices} staan even hoog, {orders}."
TIE_RANKING_SO_FAR = "Voorlopig gelijk: {choices} staan even hoog, {orders}."
WINS_RANKING = "{choice} haalt het, {orders}."
LEADS_RANKING = "{choice} staat voorop, {orders}."
ORDERS = "als je alle {voters} volgordes samenlegt"
BOTH_ORDERS = "als je beide volgordes samenlegt"
ONLY_ORDER = "in de enige volgorde die ik kreeg"
FITS = "{choice} past het best: {votes} {verb}{maybe}."
FITS_MAYBE = "Zeker ja zegt niemand. {choice} komt het dichtst in de buurt: {maybe} keer misschien."
FITS_NOBODY = "Geen enkele dag past."
TIE_DATES = "Gelijkspel: {choices} passen even goed, telkens {answers}."
SO_OFTEN = "{number} keer {answer}"
AND_MAYBE = " en {maybe} misschien"
AVERAGE = "Gemiddeld {average} op 5 bij {votes}, {words}."
MIDDLE = "en de middelste stem is '{word}'"
MIDDLE_OF_TWO = "en de middelste ligt tussen '{low}' en '{high}'"
PREVIOUS = "De vorige keer was dat {average}."
ONLY_VOTE, BOTH_VOTES = "de enige stem", "beide stemmen"
BOTH = "beide stemmers"
_TWO = 2

MOST_NAMED = 4
"""Of those that are equal, how many are named in the sentence."""


def outcome(view: PollView, now: datetime) -> str:
    """The one plain sentence that tells how a poll ended, or how it stands; "" where the viewer may not see that."""
    tally, over = view.tally, not view.poll.is_open(now)
    if view.poll.state is PollState.DROPPED:
        return DROPPED
    if tally is None:
        return ""
    return _too_few(view.poll, tally, over) or _result(view, tally, over)


def _too_few(poll: Poll, tally: Tally, over: bool) -> str:
    """That there is no result, for want of votes; "" where there are enough."""
    if tally.hidden:
        return TOO_FEW
    if not tally.voters:
        return NOBODY if over else NOBODY_YET
    if tally.enough or not over:
        return ""
    verb = "stemde" if tally.voters == 1 else "stemden"
    return UNDER_QUORUM.format(verb=verb, people=people(tally.voters), quorum=poll.quorum)


def _result(view: PollView, tally: Tally, over: bool) -> str:
    if view.poll.kind is PollKind.TEMPERATURE:
        return _temperature(view, tally)
    if not tally.winners:  # nobody said yes or maybe to any day
        return FITS_NOBODY
    if view.poll.kind is PollKind.DATES:
        return _dates(tally)
    return _ranked(tally, over) if view.poll.kind is PollKind.RANKING else _chosen(view, tally, over)


def _chosen(view: PollView, tally: Tally, over: bool) -> str:
    """Of a single or several choices."""
    most = _votes_of_first(tally)
    if tally.tied:
        if view.poll.kind is PollKind.SEVERAL:
            tie = TIE_SEVERAL if over else TIE_SEVERAL_SO_FAR
            return tie.format(choices=_choices(tally), votes=_of_them(most, tally.voters))
        return (TIE if over else TIE_SO_FAR).format(choices=_choices(tally), votes=share(most, tally.voters))
    choice = _quoted(tally.winners[0])
    if view.poll.kind is PollKind.SEVERAL:
        return (WINS_SEVERAL if over else LEADS_SEVERAL).format(choice=choice, votes=_of_them(most, tally.voters))
    return (WINS if over else LEADS).format(choice=choice, votes=share(most, tally.voters))


def _ranked(tally: Tally, over: bool) -> str:
    orders = {1: ONLY_ORDER, _TWO: BOTH_ORDERS}.get(tally.voters) or ORDERS.format(voters=tally.voters)
    if tally.tied:
        return (TIE_RANKING if over else TIE_RANKING_SO_FAR).format(choices=_choices(tally), orders=orders)
    told = WINS_RANKING if over else LEADS_RANKING
    return told.format(choice=_quoted(tally.winners[0]), orders=orders)


def _dates(tally: Tally) -> str:
    first = next(one for one in tally.counts if one.option in tally.winners)
    maybe = AND_MAYBE.format(maybe=first.maybe) if first.maybe else ""
    can = _of_them(first.votes, tally.voters)
    if tally.tied:
        return TIE_DATES.format(choices=_choices(tally, quote=False), answers=_answers(first))
    choice = capital(in_row(tally.winners[0]))
    if not first.votes:
        return FITS_MAYBE.format(choice=choice, maybe=first.maybe)
    return FITS.format(choice=choice, votes=can, verb="kan" if first.votes == 1 else "kunnen", maybe=maybe)


def _answers(one: Count) -> str:
    """What was said of a day, so many times: "2 keer ja en 1 keer misschien"."""
    said = ((one.votes, Answer.YES), (one.maybe, Answer.MAYBE))
    return enumeration([SO_OFTEN.format(number=number, answer=ANSWERS[answer]) for number, answer in said if number])


def _temperature(view: PollView, tally: Tally) -> str:
    average = _decimal(tally.average or 0)
    told = AVERAGE.format(average=average, votes=votes(tally.voters), words=_middle(tally))
    before = view.previous.average if view.previous else None
    return f"{told} {PREVIOUS.format(average=_decimal(before))}" if before is not None else told


def _middle(tally: Tally) -> str:
    """What half of them at least feels: "gaat wel", or between which two."""
    low, high = floor(tally.median or LOWEST), ceil(tally.median or LOWEST)
    words = DEGREES[low - 1], DEGREES[high - 1]
    return MIDDLE.format(word=words[0]) if low == high else MIDDLE_OF_TWO.format(low=words[0], high=words[1])


def _votes_of_first(tally: Tally) -> int:
    return next(one.votes for one in tally.counts if one.option in tally.winners)


def share(most: int, voters: int) -> str:
    """How many of the votes: "9 van de 14 stemmen", "alle 14 stemmen", "beide stemmen", "de enige stem"."""
    if most == voters:
        return {1: ONLY_VOTE, _TWO: BOTH_VOTES}.get(voters, f"alle {voters} stemmen")
    return f"{most} van de {voters} stemmen"


def _of_them(number: int, voters: int) -> str:
    """How many of those who voted: "9 van de 14 mensen", "alle 14 mensen", "1 persoon"."""
    if number == voters:
        return people(1) if voters == 1 else BOTH if voters == _TWO else f"alle {voters} mensen"
    return f"{number} van de {voters} mensen"


def _decimal(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")


def _quoted(option: Option) -> str:
    return quoted(cut(option_label(option), LONGEST_QUOTED))


def _choices(tally: Tally, quote: bool = True) -> str:
    """The first ones; of many of them the number of the others."""
    named = [_quoted(one) if quote else in_row(one) for one in tally.winners[:MOST_NAMED]]
    left = len(tally.winners) - len(named)
    return enumeration([*named, f"nog {left}"] if left else named)
