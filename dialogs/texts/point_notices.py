"""What who runs a meeting hears of agenda points that were proposed for it."""

from collections.abc import Sequence

from dialogs.texts.points import quoted, the_meeting
from dialogs.texts.words import enumeration
from storage.domain.agenda import AgendaPoint
from storage.domain.meetings import Meeting

ONE_PROPOSED = "Er ligt een voorstel klaar voor {where}: {titles}."
PROPOSED = "Er liggen {count} voorstellen klaar voor {where}: {titles}."
MORE = "nog {count}"
DECIDE = "Neem je ze op? Dat kan op het bord."
DECIDE_ONE = "Neem je het op? Dat kan op het bord."
TO_THE_BOARD = "Naar het bord"

MOST_NAMED = 5


def proposed(meeting: Meeting, points: Sequence[AgendaPoint]) -> str:
    """What waits for a decision, by title; there is at least one."""
    titles = [quoted(point.title) for point in points[:MOST_NAMED]]
    if len(points) > MOST_NAMED:
        titles.append(MORE.format(count=len(points) - MOST_NAMED))
    said, ask = (ONE_PROPOSED, DECIDE_ONE) if len(points) == 1 else (PROPOSED, DECIDE)
    return f"{said.format(count=len(points), where=the_meeting(meeting), titles=enumeration(titles))} {ask}"
