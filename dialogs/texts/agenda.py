"""What the bot says about agendas: points, speakers and cases."""

from collections.abc import Sequence
from datetime import datetime

from dialogs.texts.meetings import agenda_deadline, title
from dialogs.texts.words import bullets, day, duration, enumeration, hour, minutes_between, paragraphs, plain
from storage.domain.agenda import AgendaPoint, Board, Case, PointKind, PointState, start_times, total_minutes
from storage.domain.meetings import Guest, Meeting

KINDS = {
    PointKind.THEME: "thema",
    PointKind.CASE: "casus",
    PointKind.ORGANISATION: "organisatie",
    PointKind.INFORMATION: "informatie",
    PointKind.DECISION: "beslissing",
    PointKind.VARIA: "varia",
}


PROPOSED = "Voorgesteld (nog te bevestigen):"
DRAFT = " Deze agenda is nog niet definitief."


def agenda(board: Board, now: datetime) -> str:
    """The agenda, with the hour of each point as far as the lengths are known, and what else was proposed.

    Points have numbers where somebody may speak of them by number: with proposals, or once it was put together here.
    """
    meeting, points = board.meeting, on_the_agenda(board.points)
    proposals = () if meeting.is_over(now) else proposed(board.points)
    if not points:
        late = "" if meeting.is_over(now) or meeting.agenda_until is None else f" {agenda_deadline(meeting, now)}"
        verb = "stond er niets" if meeting.is_over(now) else "staat er nog niets"
        return _with_proposals(f"Voor {title(meeting)} {verb} op de agenda.{late}", proposals, 1)
    made_here = board.standing.composed_at is not None or board.standing.published_at is not None
    listed = lines(meeting, points)
    told = numbered(listed, 1) if proposals or made_here else bullets(listed)
    draft = DRAFT if made_here and board.standing.published_at is None and not meeting.is_over(now) else ""
    head = f"De agenda van {title(meeting)} ({day(meeting.starts.date())}):"
    return _with_proposals(f"{head}{draft}\n\n{told}{_overrun(meeting, points)}", proposals, len(points) + 1)


def on_the_agenda(points: Sequence[AgendaPoint]) -> tuple[AgendaPoint, ...]:
    """The points that were accepted, or discussed."""
    return tuple(point for point in points if point.state is not PointState.PROPOSED)


def proposed(points: Sequence[AgendaPoint]) -> tuple[AgendaPoint, ...]:
    """The points that nobody decided about yet."""
    return tuple(point for point in points if point.state is PointState.PROPOSED)


def numbered(said: Sequence[str], first: int) -> str:
    """Lines with their numbers."""
    return "\n\n".join(f"**{number}.** {one}" for number, one in enumerate(said, start=first))


def _with_proposals(text: str, proposals: Sequence[AgendaPoint], first: int) -> str:
    if not proposals:
        return text
    return f"{text}\n\n{PROPOSED}\n\n{numbered([_proposal(point) for point in proposals], first)}"


def _proposal(point: AgendaPoint) -> str:
    """A proposal with how many others want it as well."""
    supported = f", {point.support} keer gesteund" if point.support else ""
    return f"{point_line(point, says_case=True)}{supported}"


def lines(meeting: Meeting, points: Sequence[AgendaPoint]) -> list[str]:
    """Each point on one line."""
    times = start_times(points, meeting.starts)
    return [
        (f"{hour(starts)} uur: " if starts else "") + point_line(point)
        for point, starts in zip(points, times, strict=True)
    ]


def point_line(point: AgendaPoint, says_case: bool = False) -> str:
    """One point with who brings it and how long it takes; with `says_case`, whether it is a case."""
    details = [KINDS[point.kind]] if says_case and point.kind is PointKind.CASE else []
    details += [plain(point.presenter)] if point.presenter else []
    if point.minutes:
        details.append(duration(point.minutes))
    return plain(point.title) + (f" ({', '.join(details)})" if details else "")


def _overrun(meeting: Meeting, points: Sequence[AgendaPoint]) -> str:
    over = total_minutes(points) - minutes_between(meeting.starts, meeting.ends)
    return f"\n\nDat is {duration(over)} langer dan er tijd is." if over > 0 else ""


def closed(meeting: Meeting) -> str:
    """The agenda is for participants only."""
    return f"De agenda van {title(meeting)} is alleen voor wie eraan deelneemt."


def speakers(meeting: Meeting, points: Sequence[AgendaPoint], now: datetime) -> str:
    """Who speaks: the experts, and whoever brings an agenda point."""
    guests = [guest_name(guest) for guest in meeting.guests]
    named = {guest.name.casefold() for guest in meeting.guests}
    own = [
        f"{plain(point.presenter)} ({plain(point.title)})"
        for point in points
        if point.presenter and point.presenter.casefold() not in named
    ]
    verb = "sprak" if meeting.is_over(now) else "spreekt"
    if guests:
        head = (
            f"Op {title(meeting)} {verb if len(guests) == 1 else verb.replace('ak', 'aken').replace('eekt', 'eken')} "
        )
        tail = f" Ook aan het woord: {enumeration(own)}." if own else ""
        return f"{head}{enumeration(guests)}.{tail}"
    if own:
        return f"Aan het woord op {title(meeting)}: {enumeration(own)}."
    known = "was er geen spreker" if meeting.is_over(now) else "is er nog geen spreker bekend"
    return f"Voor {title(meeting)} {known}."


def guest_name(guest: Guest) -> str:
    """An expert with their organisation."""
    return plain(guest.name) + (f" ({plain(guest.organisation)})" if guest.organisation else "")


def cases(meeting: Meeting, points: Sequence[AgendaPoint], now: datetime) -> str:
    """Which cases are on the agenda."""
    found = [point_line(point) for point in points if point.kind is PointKind.CASE]
    over = meeting.is_over(now)
    if not found:
        return f"Op de agenda van {title(meeting)} {'stond geen' if over else 'staat nog geen'} casus."
    if len(found) == 1:
        return f"Op {title(meeting)} {'stond' if over else 'staat'} één casus op de agenda: {found[0]}."
    return (
        f"Op {title(meeting)} {'stonden' if over else 'staan'} {len(found)} casussen op de agenda:\n\n{bullets(found)}"
    )


CASE_LABELS = {
    "situation": "Situatie",
    "question": "Vraag aan de groep",
    "tried": "Al geprobeerd",
    "wished": "Gewenste uitkomst",
}


def prepared(point: AgendaPoint, case: Case) -> str:
    """The prepared text of a case, for who may read it."""
    parts = [(label, getattr(case, name)) for name, label in CASE_LABELS.items()]
    told = [f"*{label}:* {paragraphs(text)}" for label, text in parts if text]
    return "\n\n".join([f"**{plain(point.title)}**", *told]) if told else ""
