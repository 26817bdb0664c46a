"""What who runs a meeting hears of agenda points that were proposed for it, and proposers of what is said of theirs."""

from collections.abc import Sequence

from dialogs.texts.points import comments, quoted, the_meeting
from dialogs.texts.words import bullets, enumeration
from storage.domain.agenda import AgendaPoint, Comment
from storage.domain.meetings import Meeting

ONE_PROPOSED = "Er ligt een voorstel klaar voor {where}: {titles}."
PROPOSED = "Er liggen {count} voorstellen klaar voor {where}: {titles}."
MORE = "nog {count}"
DECIDE = "Neem je ze op? Dat kan op het bord."
DECIDE_ONE = "Neem je het op? Dat kan op het bord."
TO_THE_BOARD = "Naar het bord"

MOST_NAMED = 5
MOST_COMMENTS, LONGEST_COMMENT_SHOWN = 5, 300

COMMENTED = "Er kwam iets bij je agendapunt {title}:"


def proposed(meeting: Meeting, points: Sequence[AgendaPoint]) -> str:
    """What waits for a decision, by title; there is at least one."""
    titles = [quoted(point.title) for point in points[:MOST_NAMED]]
    if len(points) > MOST_NAMED:
        titles.append(MORE.format(count=len(points) - MOST_NAMED))
    said, ask = (ONE_PROPOSED, DECIDE_ONE) if len(points) == 1 else (PROPOSED, DECIDE)
    return f"{said.format(count=len(points), where=the_meeting(meeting), titles=enumeration(titles))} {ask}"


def commented(point: AgendaPoint, said: Sequence[Comment]) -> str:
    """What colleagues said about somebody's point; there is at least one comment."""
    told = bullets(comments(said, MOST_COMMENTS, LONGEST_COMMENT_SHOWN))
    return f"{COMMENTED.format(title=quoted(point.title))}\n\n{told}"
