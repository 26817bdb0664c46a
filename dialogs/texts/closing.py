"""What the bot asks and says when a meeting is over: what was discussed, and what becomes of the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from dialogs.texts.meetings import title
from dialogs.texts.outbox import when
from dialogs.texts.words import bullets, capital, day, enumeration, month, plain
from storage.domain.agenda import AgendaPoint
from storage.domain.carrying import Closing, Fate, Settled
from storage.domain.meetings import Meeting

WHAT_WAS_DISCUSSED = "Wat is besproken?"
BUTTON_SAVE = "Bewaren"
BUTTON_CORRECT = "Verbeteren"

IT_IS_OVER = "**{title} zit erop. Wat is er besproken?**"
ALL_UNLESS = "Ik ga ervan uit: alles. Zet uit wat niet aan bod kwam, of zeg het me: “punt {number} is niet besproken”."
BY_ITSELF = "Hoor ik niets, dan rond ik het {when} zelf af."
SO_FAR = "Voor {title} noteerde ik: {done}."
NOTED = "In orde. {title}: {done}."
NOTHING_CHANGED = "Dat stond al zo. {title}: {done}."
NOTHING_DONE = "nog niets"
CLOSED = "**{title} is afgerond:** {done}."
CANCELLED = "**{title} gaat niet door.** De punten schoven mee: {done}."
STILL_WRONG = "Klopt er iets niet? Zeg het gerust, zoals “punt {number} is toch besproken”."
NOTHING_TO_ASK = "Op de agenda van {title} staan geen punten waarover ik iets moet weten."
TOO_EARLY = "{title} moet nog beginnen. Zeg me daarna wat er besproken is."
NO_SUCH_NUMBER = "Punt {number} vind ik niet op de agenda van {title}."
ALWAYS_THERE = "Punt {number} hoort bij elke bijeenkomst, dat schuift niet door."
NO_SUCH_WORDS = "Ik weet niet goed over welk punt het gaat. Zeg het met zijn nummer, zoals “punt {number}”."
WHICH_NOT = "Welke punten zijn niet besproken? Zeg het met hun nummer, zoals “punt 2 en 3 niet”."
LEFT_OPEN = "In orde, ik laat het zo. Als ik niets meer hoor, tellen alle punten als besproken."

POINT = "punt {number}: {title}"
ONE_DISCUSSED = "1 punt besproken"
SOME_DISCUSSED = "{count} punten besproken"
GOES_ON = "“{point}” schuift {times}door naar {where}"
TIMES = "voor de {times} keer "
ON_THE_SHELF = "“{point}” ligt {again} op de plank"
AGAIN = "weer"
AFTER_SO_OFTEN = "na {count} keer uitstel"
BACK_IN = "“{point}” wacht op de plank op {month}"
WAITS = "“{point}” wacht op de volgende bijeenkomst van die groep"
MORE = "nog {count} andere punten schuiven door of liggen op de plank"
OF_DAY = "{title} van {day}"

YOURS = "Over wat jij voorstelde voor {title}:"
IT_CAME_BACK = "Het is zover, dit komt op {title} van {day}:"

ABOUT_CLOSING = "de vraag wat er besproken is op {title}"
ABOUT_CLOSED = "het bericht over wat er besproken is op {title}"
ABOUT_CARRIED = "het bericht aan wie een punt voorstelde voor {title}"

SAID_SHELF = ("plank", "backlog")
SAID_REST = ("de rest", "het overige", "de overige", "de andere", "al de rest")

MOST_NAMED = 8
_ENDS_IN_STE = frozenset({1, 8})
_TEENS_END = 20


def numbered(one: Settled, most: int) -> str:
    """A point with its number, for a toggle: no markdown is read there."""
    said = one.point.title if len(one.point.title) <= most else f"{one.point.title[: most - 1].rstrip()}…"
    return f"{one.number}. {said}"


def asking(closing: Closing, now: datetime) -> str:
    """The question what was discussed, with the points by number; it answers without its card too."""
    head = IT_IS_OVER.format(title=title(closing.meeting))
    points = [POINT.format(number=one.number, title=plain(one.point.title)) for one in closing.asked]
    tail = ALL_UNLESS.format(number=closing.asked[-1].number)
    settles = [BY_ITSELF.format(when=when(closing.settles, now))] if closing.settles and closing.settles > now else []
    gone = _gone(closing.points)
    moved = [f"{capital('; '.join(gone))}."] if gone else []
    return "\n\n".join([head, bullets(points), " ".join([tail, *settles]), *moved])


def done(closing: Closing) -> str:
    """What became of the points of a meeting, in one sentence without its end."""
    count = len(closing.having(Fate.HANDLED))
    handled = [ONE_DISCUSSED if count == 1 else SOME_DISCUSSED.format(count=count)] if count else []
    return "; ".join([*handled, *_gone(closing.points)]) or NOTHING_DONE


def _gone(points: Iterable[Settled]) -> list[str]:
    gone = [one for one in points if one.fate not in {None, Fate.HANDLED}]
    rest = len(gone) - MOST_NAMED
    more = [MORE.format(count=rest)] if rest > 0 else []
    return [*_together([(one.point, one.meeting, one.fate is Fate.WAITS) for one in gone[:MOST_NAMED]]), *more]


def _together(points: Iterable[tuple[AgendaPoint, Meeting | None, bool]]) -> list[str]:
    """Where points are that were not discussed; those of which the same is to be said are named in one go."""
    groups: dict[str, list[str]] = {}
    for point, meeting, waits in points:
        groups.setdefault(where(replace(point, title=""), meeting, waits), []).append(plain(point.title))
    return [_of_all(said, names) for said, names in groups.items()]


def _of_all(said: str, names: Sequence[str]) -> str:
    """What is said of a point without its name, of these."""
    verb = said.split(maxsplit=2)[1]
    told = said.replace(verb, _OF_SEVERAL[verb], 1) if len(names) > 1 else said
    return told.replace("“”", enumeration([f"“{one}”" for one in names]), 1)


_OF_SEVERAL = {"schuift": "schuiven", "ligt": "liggen", "wacht": "wachten"}


def where(point: AgendaPoint, meeting: Meeting | None, waits: bool = False) -> str:
    """Where a point is that was not discussed."""
    name = plain(point.title)
    if waits:
        return WAITS.format(point=name)
    if meeting is not None:
        times = TIMES.format(times=_nth(point.carried)) if point.carried > 1 else ""
        there = OF_DAY.format(title=title(meeting), day=day(meeting.starts.date()))
        return GOES_ON.format(point=name, times=times, where=there)
    if point.returns_on is not None:
        return BACK_IN.format(point=name, month=month(point.returns_on))
    again = AFTER_SO_OFTEN.format(count=point.carried) if point.carried > 1 else AGAIN
    return ON_THE_SHELF.format(point=name, again=again)


def _nth(count: int) -> str:
    return f"{count}{'ste' if count in _ENDS_IN_STE or count >= _TEENS_END else 'de'}"


def settled(closing: Closing) -> str:
    """The answer to who said what was discussed."""
    head = NOTED if closing.changed else NOTHING_CHANGED
    said = head.format(title=title(closing.meeting), done=done(closing))
    points = closing.to_tell
    if not closing.closed_at or not points:
        return said
    return f"{said}\n\n{STILL_WRONG.format(number=points[-1].number)}"


def closed(closing: Closing) -> str:
    """What became of the points of a meeting, for who runs it."""
    head = CANCELLED if closing.meeting.cancelled else CLOSED
    return head.format(title=title(closing.meeting), done=done(closing))


def so_far(closing: Closing) -> str:
    """What was settled of a meeting, before it is corrected."""
    return SO_FAR.format(title=title(closing.meeting), done=done(closing))


def yours(from_: Meeting, points: Sequence[tuple[AgendaPoint, Meeting | None]], now: datetime) -> str:
    """Where the points of one proposer are now that were not discussed at a meeting, or that come back at it."""
    if all(home is not None and home.id == from_.id and not home.is_over(now) for _, home in points):
        head = IT_CAME_BACK.format(title=title(from_), day=day(from_.starts.date()))
        return f"{head} {enumeration([plain(point.title) for point, _ in points])}."
    lines = _together([(point, home, home is not None and home.id == from_.id) for point, home in points])
    return f"{YOURS.format(title=title(from_))} {'; '.join(lines)}."


def put_off(point: AgendaPoint, meeting: Meeting | None) -> str:
    """Where a point went before its meeting."""
    return f"{capital(where(point, meeting))}."
