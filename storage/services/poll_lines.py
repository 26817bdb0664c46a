"""What was voted about a meeting as lines of its report: a decision, a day, or what nobody could decide yet."""

from datetime import datetime

from storage.domain.meetings import Meeting
from storage.domain.polls import Option, Poll, PollKind, PollState, Tally
from storage.domain.reports import LONGEST_LINE, MOST_LINES, Line, LineKind, NewLine, Origin
from storage.services.poll_tallying import tally_of
from storage.services.report_lines import cases_of
from storage.services.report_touching import touched
from storage.unit_of_work import UnitOfWork


def tell_in_report(unit: UnitOfWork, poll: Poll, now: datetime) -> None:
    """Let the draft of a summary, or a posted one, tell how a poll about its meeting ended, when there is one already.

    Locks the meeting, after the poll.
    """
    meeting = unit.seats.locked(poll.meeting_id) if poll.meeting_id is not None else None
    if meeting is None or meeting.cancelled:
        return
    standing = unit.reports.standing(meeting.id)
    if standing.drafted_at is not None and standing.approved_at is None and follow_polls(unit, meeting, now):
        touched(unit, meeting.id, now, None)


def follow_polls(unit: UnitOfWork, meeting: Meeting, now: datetime) -> bool:
    """Add a line for each poll about a meeting, which must be locked, that closed since; whether there was one.

    What somebody corrected or took away stays so.
    """
    kept = [one.line for one in unit.reports.kept(meeting.id)]
    closed = [one for one in unit.polls.of_meeting(meeting.id) if one.state is PollState.CLOSED]
    fresh = [one for one in closed if one.id not in _told(kept)]
    cases = cases_of(unit, meeting.id) if fresh else None
    lines = []
    for poll in fresh:
        line = _line(poll, tally_of(unit, poll), private=cases is not None and cases.is_told_in(poll.question))
        lines += [line] if line else []
    return bool(unit.reports.add(meeting.id, lines[: max(0, MOST_LINES - len(kept))], None, now))


def _told(kept: list[Line]) -> set[int]:
    """The polls of which a line was made before."""
    return {int(one.data["poll"]) for one in kept if one.origin is Origin.POLL and "poll" in one.data}


def _line(poll: Poll, tally: Tally, *, private: bool) -> NewLine | None:
    """One poll: what won is decided, a day is a next meeting, a tie is for another time. None without a result."""
    if tally.hidden or not tally.voters or not tally.enough:
        return None
    kind, text, due = LineKind.TOPIC, "", None
    if tally.average is not None:
        kind, text = LineKind.DISCUSSION, f"{tally.average:.1f}/5 ({tally.voters})".replace(".", ",")
    elif len(tally.winners) == 1 and poll.kind is PollKind.DATES:
        kind, due = LineKind.NEXT, tally.winners[0].day
    elif len(tally.winners) == 1:
        kind, text = LineKind.DECISION, _won(poll, tally)
    else:
        text = _won(poll, tally)
    said = f"{poll.question} {text}".strip()[:LONGEST_LINE]
    return NewLine(kind, said, due=due, data={"poll": poll.id}, origin=Origin.POLL, private=private)


def _won(poll: Poll, tally: Tally) -> str:
    """What is on the first place, and with how many of the votes: "Internaten (9/14)"."""
    names = ", ".join(_name(one) for one in tally.winners)
    first = next((one for one in tally.counts if one.option == tally.winners[0]), None) if tally.winners else None
    if first is None or poll.kind is PollKind.RANKING:
        return names
    return f"{names} ({first.votes}/{tally.voters})"


def _name(option: Option) -> str:
    return option.text or (f"{option.day:%d/%m/%Y}" if option.day else "")
