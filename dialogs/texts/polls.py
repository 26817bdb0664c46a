"""What the cards of polls say, and their versions in words."""

from collections.abc import Sequence
from datetime import datetime

from dialogs.texts.poll_outcome import outcome as outcome  # noqa: PLC0414 - found here by all who tell of polls
from dialogs.texts.poll_words import ANSWERS as ANSWERS  # noqa: PLC0414
from dialogs.texts.poll_words import DEGREES as DEGREES  # noqa: PLC0414
from dialogs.texts.poll_words import count as count  # noqa: PLC0414
from dialogs.texts.poll_words import count_label as count_label  # noqa: PLC0414
from dialogs.texts.poll_words import moment, on_days, short
from dialogs.texts.poll_words import option_label as option_label  # noqa: PLC0414
from dialogs.texts.poll_words import votes as votes  # noqa: PLC0414
from dialogs.texts.words import cut, enumeration, plain
from storage.domain.polls import LONGEST_OPTION, Answer, Option, Poll, PollKind, PollState, PollView, Shown

KINDS = {
    PollKind.SINGLE: "Kies er één",
    PollKind.SEVERAL: "Kies er zoveel je wil",
    PollKind.RANKING: "Zet je favorieten op een rij",
    PollKind.DATES: "Zeg per dag of het past",
    PollKind.TEMPERATURE: "Van 1 tot 5",
}
AT_MOST = "Kies er hoogstens {most}"
NAMED = "Je naam staat bij je stem"
ANONYMOUS = "Anoniem"
RUN_OFF = "Nieuwe ronde"
UNTIL = "Tot {when}"
CLOSED = "Gesloten {when}"
OPENS = "Gaat open {when}"
CALLED_OFF = "Geschrapt"
BETWEEN = " · "

FINAL = "Wat je kiest, weet niemand, ook ik niet. Daarom is je stem definitief."
NOT_YET_OPEN = "Stemmen kan nog niet."
COUNTED_AFTER = "De uitslag zie je als de peiling sluit."
SHOWN_AFTER_VOTING = "De stand zie je zodra je gestemd hebt."
NEEDED = "Minstens {quorum} stemmen nodig"
NOBODY_YET = "Nog niemand stemde"
HAVE_VOTED = "{voters} van de {invited} {verb}"
VERB_ONE, VERB_MORE = "stemde", "stemden"

CHOICES = ("1ste keuze", "2de keuze", "3de keuze", "4de keuze", "5de keuze")

TAPS = {
    PollKind.SEVERAL: "Tik op wat je kiest: elke keuze is meteen bewaard.",
    PollKind.RANKING: "Tik eerst op je favoriet, dan op je tweede: elke plaats is meteen bewaard.",
    PollKind.DATES: "Tik per datum: elk antwoord is meteen bewaard.",
}
SAID = {PollKind.SEVERAL: " · ✓\u00a0gekozen", PollKind.RANKING: " · ✓\u00a0plaats\u00a0{place}"}

MINE = "✓ Jij koos {choice}"
MINE_DEGREE = "✓ Jij gaf {choice}"
MINE_DATES = "✓ Jij zei {choice}"
MINE_RANKING = "✓ Jouw volgorde: {choice}"
VOTED = "✓ Je stem zit erin."

MADE = {
    "point": "Het staat op de agenda.",
    "meeting": "De bijeenkomst is gemaakt.",
    "run_off": "Er kwam een nieuwe ronde tussen wat gelijk stond.",
}

HOW = {
    PollKind.SINGLE: "Stemmen? Typ het nummer van je keuze, bijvoorbeeld *2*.",
    PollKind.SEVERAL: "Stemmen? Typ de nummers van je keuzes, bijvoorbeeld *1 en 3*.",
    PollKind.RANKING: "Stemmen? Typ de nummers in jouw volgorde, bijvoorbeeld *2 1 3*.",
    PollKind.DATES: "Stemmen? Typ bijvoorbeeld *ja op 1, misschien op 2, nee op 3*, of *alles past*.",
    PollKind.TEMPERATURE: "Stemmen? Typ een cijfer van 1 tot 5.",
}
HOW_ANONYMOUS = "Doe dat in ons privégesprek: hier leest iedereen mee."

BUTTON_SAVE = "Bewaar"
BUTTON_ALL_FIT = "Alles past"
BUTTON_TEXT = "Ik kan het niet goed zien"
BUTTON_CHOOSE = "Kies {number}"
BUTTON_CHOSEN = "✓ {number}"
BUTTON_REMOVE = "Haal weg"
BUTTON_PLACE = "Plaats {place}"
BUTTON_SAID = "✓ {word}"
BUTTON_BACK = "Terug naar de kaart"
BUTTON_ADD = "Keuze toevoegen"
BUTTON_ADD_IT = "Voeg toe"
BUTTON_CLOSE = "Sluit nu"
BUTTON_NUDGE = "Herinner wie nog niet stemde"
BUTTON_DROP = "Schrap"
BUTTON_TAKE_BACK = "Trek mijn stem in"
BUTTON_RUN_OFF = "Nieuwe ronde"

LABEL_ADD = "Jouw voorstel"
LABEL_PICK = "Jouw keuzes"
NO_ANSWER = "nog niets"
TYPE_SOMETHING = "Typ eerst je voorstel"
BAR_OF_DAY = "{day}: {votes} ja"
CHART_DUELS = "Van hoeveel andere keuzes wint elke keuze?"


# --- what is asked


def details(view: PollView, now: datetime) -> list[str]:
    """How one votes, whether one's name is kept, and until when: short parts for one small line."""
    poll = view.poll
    if poll.state is PollState.DROPPED:
        return [CALLED_OFF]
    round_ = [RUN_OFF] if poll.run_off_of_id else []
    if poll.state is PollState.CLOSED:
        return [*round_, *([ANONYMOUS] if poll.anonymous else []), _when(poll, now)]
    how = AT_MOST.format(most=poll.most) if poll.most else KINDS[poll.kind]
    return [*round_, how, ANONYMOUS if poll.anonymous else NAMED, _when(poll, now)]


def _when(poll: Poll, now: datetime) -> str:
    if poll.state is PollState.SCHEDULED:
        return OPENS.format(when=moment(poll.opens_at, poll, now))
    if poll.is_open(now):
        return UNTIL.format(when=moment(poll.closes_at, poll, now))
    return CLOSED.format(when=moment(poll.closed_at or poll.closes_at, poll, now))


# --- how it stands


def turnout(view: PollView, now: datetime) -> list[str]:
    """How many voted and how many must, where that may be told: parts of a small line."""
    poll, told = view.poll, list[str]()
    if not poll.anonymous or (view.tally is not None and not view.tally.hidden):
        enough = view.invited and view.invited >= poll.voters
        voters = view.tally.voters if view.tally else poll.voters
        verb = VERB_ONE if voters == 1 else VERB_MORE
        share = HAVE_VOTED.format(voters=voters, invited=view.invited, verb=verb) if enough else votes(voters)
        told += [share] if voters else [NOBODY_YET] if poll.is_open(now) else []
    if poll.quorum and poll.is_open(now):
        told.append(NEEDED.format(quorum=poll.quorum))
    return told


def mine(view: PollView, longest: int = LONGEST_OPTION) -> str:
    """One's own vote, in words; "" where there is none, or it is not known any more.

    Options have `longest` characters at most.
    """
    poll = view.poll
    if not view.mine:
        return VOTED if view.voted and poll.anonymous else ""
    chosen = [(one, view.mine[one.id]) for one in poll.options if one.id in view.mine]
    if poll.kind is PollKind.TEMPERATURE:
        degree = next(iter(view.mine.values()))
        return MINE_DEGREE.format(choice=f"{degree}: {DEGREES[degree - 1]}")
    if poll.kind is PollKind.DATES:
        return MINE_DATES.format(choice=enumeration([on_days(chosen, answer) for answer in _said(chosen)]))
    if poll.kind is PollKind.RANKING:
        ranked = [f"{place}. {short(one, longest)}" for one, place in sorted(chosen, key=lambda pair: pair[1])]
        return MINE_RANKING.format(choice=", ".join(ranked))
    return MINE.format(choice=enumeration([short(one, longest) for one, _ in chosen]))


def _said(chosen: Sequence[tuple[Option, int]]) -> list[Answer]:
    return [answer for answer in ANSWERS if any(value == answer for _, value in chosen)]


# --- the text version


def made(poll: Poll) -> list[str]:
    """What was made of a result."""
    names = {name.partition(":")[0] for name in poll.applied}  # "point:12" is that of one option
    return [sentence for name, sentence in MADE.items() if name in names]


def waits(view: PollView, now: datetime) -> str:
    """When one sees how it stands, where one may not yet; "" where one may, or nothing is to be seen."""
    poll = view.poll
    if poll.state is PollState.SCHEDULED:
        return NOT_YET_OPEN
    if view.tally is not None or not poll.is_open(now):
        return ""
    return SHOWN_AFTER_VOTING if poll.shown is Shown.AFTER_VOTING and not poll.anonymous else COUNTED_AFTER


def poll_text(view: PollView, now: datetime, longest: int = LONGEST_OPTION) -> str:
    """All that a poll's card says, in words: the options by number, how it stands, one's own vote, how to vote.

    Options have `longest` characters at most.
    """
    poll = view.poll
    told = [f"**{plain(poll.question)}**", BETWEEN.join(details(view, now)), _numbered(view, longest)]
    ended = outcome(view, now) or waits(view, now)
    told += [
        ended,
        BETWEEN.join(one for one in turnout(view, now) if f"{one}." != ended),
        mine(view, longest),
        *made(poll),
    ]
    if poll.is_open(now):
        told += [FINAL if poll.anonymous and not view.voted else "", _how(view)]
    return "\n\n".join(one for one in told if one)


def _numbered(view: PollView, longest: int) -> str:
    """The options with their numbers, or the degrees of a temperature; with how they stand where that may be told."""
    poll, tally = view.poll, view.tally
    counts = tally.counts if tally is not None and tally.voters and not tally.hidden else ()
    if poll.kind is PollKind.TEMPERATURE:
        degrees = {one.degree: f": {votes(one.votes)}" for one in counts}
        return "\n".join(f"{number}. {word}{degrees.get(number, '')}" for number, word in enumerate(DEGREES, 1))
    known = {one.option.id: f": {count(one, poll.kind)}" for one in counts if one.option}
    labels = {one: plain(cut(option_label(one), longest)) for one in poll.options}
    return "\n".join(f"{one.position}. {label}{known.get(one.id, '')}" for one, label in labels.items())


def _how(view: PollView) -> str:
    """How to vote by typing; "" where one may not, or did so for good."""
    if not view.may_vote or (view.voted and view.poll.anonymous):
        return ""
    how = HOW[view.poll.kind]
    return f"{how} {HOW_ANONYMOUS}" if view.poll.anonymous and not view.poll.in_person else how
