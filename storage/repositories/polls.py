"""Queries on polls: what is asked, who may vote, and the votes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import BindParameter, ColumnElement, Row, Select, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session, defer

from storage.domain.polls import Ballot, Option, Poll, PollKind, PollState, Shown
from storage.repositories.agenda import HIGHEST_ID
from storage.repositories.inserts import Prepared, insert_into
from storage.tables.meetings import MeetingRow
from storage.tables.polls import PollOptionRow, PollPersonRow, PollRow, PollSeriesRow, PollVoteRow, PollVoterRow

IN_ROSTER = "in_roster"
"""How somebody is known to may vote who stands in the roster of the conversation: who read that knows all of them."""

MOST = 500
"""Polls in one list."""

_FRESH = {"populate_existing": True}
"""What a statement of this transaction wrote counts, also for rows that the session has seen before."""


@dataclass(frozen=True, slots=True)
class Voted:
    """Somebody's vote in a named poll."""

    person_id: int
    ballot: Ballot
    at: datetime


class PollRepository:
    """Polls. An id that no table could hold is that of nothing."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # --- reading

    def by_ids(self, ids: Collection[int]) -> dict[int, Poll]:
        """These polls, by id."""
        wanted = [one for one in ids if 0 < one < HIGHEST_ID]
        rows = self._session.scalars(_BY_IDS, {"ids": wanted}, execution_options=_FRESH).all() if wanted else ()
        return {one.id: one for one in self._polls(rows)}

    def locked(self, poll_id: int) -> Poll | None:
        """A poll that nobody else changes, or votes in, until this transaction ends."""
        if not 0 < poll_id < HIGHEST_ID:
            return None
        row = self._session.scalar(_LOCKED, {"id": poll_id}, execution_options=_FRESH)
        return _poll(row, self._options([poll_id])[poll_id]) if row is not None else None

    def of_meeting(self, meeting_id: int) -> tuple[Poll, ...]:
        """All polls about a meeting, the oldest first."""
        return self._read(PollRow.meeting_id == meeting_id)

    def before(self, poll_id: int, series_id: int) -> Poll | None:
        """The poll of this series that closed last, of those that came before this one."""
        earlier = (PollRow.series_id == series_id) & (PollRow.id < poll_id)
        found = self._read(earlier & (PollRow.state == PollState.CLOSED.value), newest=1)
        return found[0] if found else None

    def running(self, since: datetime) -> tuple[Poll, ...]:
        """What is open or planned, and what closed after this moment; the newest first."""
        waiting = PollRow.state.in_([PollState.OPEN.value, PollState.SCHEDULED.value])
        late = (PollRow.state == PollState.CLOSED.value) & (PollRow.closed_at > since)
        return self._read(or_(waiting, late), newest=MOST)

    def open_at(self, now: datetime) -> tuple[Poll, ...]:
        """What can be voted in, the newest first."""
        return self._read((PollRow.state == PollState.OPEN.value) & (PollRow.closes_at > now), newest=MOST)

    def started_by(self, person_id: int) -> int:
        """How many polls that somebody started are open, planned, or come back; a series is one, whatever is open."""
        waiting = PollRow.state.in_([PollState.OPEN.value, PollState.SCHEDULED.value])
        comes_back = PollSeriesRow.ended_at.is_(None)
        counted = (
            select(func.count())
            .select_from(PollRow)
            .outerjoin(PollSeriesRow, (PollSeriesRow.id == PollRow.series_id) & comes_back)
            .where(waiting, PollRow.created_by_id == person_id, PollSeriesRow.id.is_(None))
        )
        series = select(func.count()).where(comes_back, PollSeriesRow.created_by_id == person_id)
        return (self._session.scalar(counted) or 0) + (self._session.scalar(series) or 0)

    def results(self, poll_ids: Collection[int]) -> dict[int, dict[str, Any]]:
        """What was kept of how these polls ended, of those of which something was."""
        if not poll_ids:
            return {}
        found = select(PollRow.id, PollRow.result).where(PollRow.id.in_(poll_ids))
        return {row.id: row.result for row in self._session.execute(found) if row.result is not None}

    def urn(self, poll_id: int) -> bytes | None:
        """The sealed ballots of an anonymous poll."""
        return self._session.scalar(select(PollRow.urn).where(PollRow.id == poll_id))

    def organisers(self, meeting_ids: Collection[int]) -> dict[int, int | None]:
        """Who organises these meetings, by their ids."""
        if not meeting_ids:
            return {}
        found = select(MeetingRow.id, MeetingRow.organiser_id).where(MeetingRow.id.in_(meeting_ids))
        return {row.id: row.organiser_id for row in self._session.execute(found)}

    # --- who may vote

    def people(self, poll_id: int) -> frozenset[int]:
        """The ids of those who are known to may vote."""
        return frozenset(self._session.scalars(select(PollPersonRow.person_id).where(PollPersonRow.poll_id == poll_id)))

    def counted_people(self, polls: Iterable[Poll]) -> dict[int, int]:
        """How many may vote in these polls, of those of which all are known: who was asked, or who is in the roster."""
        by_id = {one.id: one for one in polls}
        columns = (PollPersonRow.poll_id, func.count(), func.count().filter(PollPersonRow.how == IN_ROSTER))
        counted = select(*columns).where(PollPersonRow.poll_id.in_(by_id)).group_by(PollPersonRow.poll_id)
        rows = self._session.execute(counted)
        return {id_: all_ for id_, all_, in_roster in rows if in_roster or by_id[id_].in_person}

    def invited(self, person_id: int, poll_ids: Collection[int]) -> frozenset[int]:
        """In which of these polls somebody is known to may vote."""
        if not poll_ids:
            return frozenset()
        return frozenset(self._session.scalars(_INVITED, {"person": person_id, "ids": list(poll_ids)}))

    def invite(self, poll_id: int, people: Iterable[int], how: str) -> None:
        """These people may vote; who could before keeps how."""
        rows = [{"poll_id": poll_id, "person_id": one, "how": how} for one in sorted(set(people))]
        if rows:
            self._session.execute(insert_into(self._session, PollPersonRow).on_conflict_do_nothing(), rows)

    def found_in_roster(self, poll_id: int, people: Iterable[int]) -> None:
        """These people are in the conversation of a poll, whatever was known of them before."""
        rows = [{"poll_id": poll_id, "person_id": one, "how": IN_ROSTER} for one in sorted(set(people))]
        if rows:
            inserted = insert_into(self._session, PollPersonRow)
            now_so = {"how": inserted.excluded.how}
            keys = ["poll_id", "person_id"]
            self._session.execute(inserted.on_conflict_do_update(index_elements=keys, set_=now_so), rows)

    def ways(self, poll_id: int) -> frozenset[str]:
        """How people are known to may vote in a poll."""
        found = select(PollPersonRow.how).where(PollPersonRow.poll_id == poll_id).distinct()
        return frozenset(self._session.scalars(found))

    def uninvite(self, poll_id: int, how: str) -> None:
        """Forget who may vote who was known to in this way."""
        self._session.execute(delete(PollPersonRow).where(PollPersonRow.poll_id == poll_id, PollPersonRow.how == how))

    # --- votes

    def ballots(self, poll_ids: Collection[int]) -> dict[int, list[Ballot]]:
        """What was voted in these named polls, by poll: one query. Equal votes are one row: most people agree."""
        found: defaultdict[int, list[Ballot]] = defaultdict(list)
        for poll_id, ballot, times in self._session.execute(_BALLOTS, {"ids": list(poll_ids)}):
            found[poll_id].extend([_ballot(ballot)] * times)
        return found

    def votes(self, poll_id: int) -> tuple[Voted, ...]:
        """Who voted what in a named poll, in the order of their last vote."""
        rows = select(PollVoteRow.person_id, PollVoteRow.ballot, PollVoteRow.at).where(PollVoteRow.poll_id == poll_id)
        ordered = rows.order_by(PollVoteRow.at, PollVoteRow.person_id)
        return tuple(Voted(row.person_id, _ballot(row.ballot), row.at) for row in self._session.execute(ordered))

    def own_votes(self, person_id: int, poll_ids: Collection[int]) -> dict[int, Ballot]:
        """What somebody voted in these named polls."""
        if not poll_ids:
            return {}
        rows = self._session.execute(_OWN_VOTES, {"person": person_id, "ids": list(poll_ids)})
        return {poll_id: _ballot(ballot) for poll_id, ballot in rows}

    def voted(self, person_id: int, poll_ids: Collection[int]) -> frozenset[int]:
        """In which of these anonymous polls that are open somebody voted."""
        if not poll_ids:
            return frozenset()
        return frozenset(self._session.scalars(_VOTED, {"person": person_id, "ids": list(poll_ids)}))

    def keep_vote(self, poll_id: int, person_id: int, ballot: Ballot, now: datetime) -> None:
        """This is somebody's vote in a named poll, whatever it was before."""
        said = sorted([option, value] for option, value in ballot.items())
        values = {"poll": poll_id, "person": person_id, "said": said, "now": now}
        self._session.connection().execute(_KEEP_VOTE.for_(self._session), values)

    def drop_vote(self, poll_id: int, person_id: int) -> None:
        """Somebody takes their vote in a named poll back."""
        theirs = (PollVoteRow.poll_id == poll_id, PollVoteRow.person_id == person_id)
        self._session.execute(delete(PollVoteRow).where(*theirs))

    def note_voter(self, poll_id: int, person_id: int) -> None:
        """Somebody voted in an anonymous poll."""
        self._session.execute(insert(PollVoterRow).values(poll_id=poll_id, person_id=person_id))

    def forget_voters(self, poll_id: int) -> None:
        """Forget who voted in an anonymous poll."""
        self._session.execute(delete(PollVoterRow).where(PollVoterRow.poll_id == poll_id))

    def forget_authors(self, poll_id: int) -> None:
        """Forget who added which option: they would often choose it as well."""
        self._session.execute(update(PollOptionRow).where(PollOptionRow.poll_id == poll_id).values(added_by_id=None))

    # --- writing

    def add(self, columns: dict[str, Any]) -> int:
        """Add a poll; its id."""
        return self._session.execute(insert(PollRow).values(columns).returning(PollRow.id)).scalar_one()

    def add_options(self, poll_id: int, options: Sequence[dict[str, Any]]) -> None:
        """Add what can be chosen in a poll, each with its position."""
        if options:
            self._session.execute(insert(PollOptionRow), [{"poll_id": poll_id, **one} for one in options])

    def write(self, poll_id: int, **columns: Any) -> None:
        """Write columns of a poll."""
        written = update(PollRow).where(PollRow.id == poll_id).values(columns)
        self._session.execute(written, execution_options={"synchronize_session": False})  # it is read _FRESH

    def _read(self, chosen: ColumnElement[bool], newest: int | None = None) -> tuple[Poll, ...]:
        statement = _rows().where(chosen)
        ordered = statement.order_by(PollRow.id.desc()).limit(newest) if newest else statement.order_by(PollRow.id)
        return self._polls(self._session.scalars(ordered, execution_options=_FRESH).all())

    def _polls(self, rows: Sequence[PollRow]) -> tuple[Poll, ...]:
        options = self._options([row.id for row in rows])
        return tuple(_poll(row, options[row.id]) for row in rows)

    def _options(self, poll_ids: Sequence[int]) -> defaultdict[int, list[Option]]:
        found: defaultdict[int, list[Option]] = defaultdict(list)
        for row in self._session.execute(_OPTIONS, {"ids": poll_ids}) if poll_ids else ():
            found[row.poll_id].append(_option(row))
        return found


def _rows() -> Select[PollRow]:
    """Polls without their urns, which are large, and opened by nothing but a vote and the end."""
    return select(PollRow).options(defer(PollRow.urn), defer(PollRow.result))


# Every vote runs these, and building a statement costs more than running it: they are built once.
_IDS: BindParameter[Sequence[int]] = bindparam("ids", expanding=True)
_BY_IDS = _rows().where(PollRow.id.in_(_IDS)).order_by(PollRow.id)
_LOCKED = _rows().where(PollRow.id == bindparam("id")).with_for_update()
_OPTIONS = (
    select(*PollOptionRow.__table__.c)
    .where(PollOptionRow.poll_id.in_(_IDS))
    .order_by(PollOptionRow.poll_id, PollOptionRow.position)
)
_INVITED = select(PollPersonRow.poll_id).where(
    PollPersonRow.person_id == bindparam("person"), PollPersonRow.poll_id.in_(_IDS)
)
_OWN_VOTES = select(PollVoteRow.poll_id, PollVoteRow.ballot).where(
    PollVoteRow.person_id == bindparam("person"), PollVoteRow.poll_id.in_(_IDS)
)
_VOTED = select(PollVoterRow.poll_id).where(
    PollVoterRow.person_id == bindparam("person"), PollVoterRow.poll_id.in_(_IDS)
)
_BALLOTS = (
    select(PollVoteRow.poll_id, PollVoteRow.ballot, func.count())
    .where(PollVoteRow.poll_id.in_(_IDS))
    .group_by(PollVoteRow.poll_id, PollVoteRow.ballot)
)
_KEPT = {"ballot": bindparam("said", type_=PollVoteRow.ballot.type), "at": bindparam("now", type_=PollVoteRow.at.type)}
_KEEP_VOTE = Prepared(
    PollVoteRow,
    lambda insert: insert.values(
        poll_id=bindparam("poll"), person_id=bindparam("person"), **_KEPT
    ).on_conflict_do_update(index_elements=["poll_id", "person_id"], set_=_KEPT),
)


def _ballot(kept: list[list[int]]) -> Ballot:
    return dict(cast("list[tuple[int, int]]", kept))


def _option(row: Row[*tuple[Any, ...]]) -> Option:
    return Option(row.id, row.position, row.text, row.day, row.starts_local, row.ends_local, row.added_by_id)


def _poll(row: PollRow, options: Iterable[Option]) -> Poll:
    return Poll(
        id=row.id,
        kind=PollKind(row.kind),
        question=row.question,
        state=PollState(row.state),
        options=tuple(options),
        target=row.target,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        closes_local=row.closes_local,
        timezone=row.timezone,
        anonymous=row.anonymous,
        most=row.most,
        may_add=row.may_add,
        shown=Shown(row.shown),
        quorum=row.quorum,
        closes_set=row.closes_set,
        tenant_id=row.tenant_id,
        meeting_id=row.meeting_id,
        created_by_id=row.created_by_id,
        created_at=row.created_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        closed_by_id=row.closed_by_id,
        version=row.version,
        voters=row.voters,
        run_off_of_id=row.run_off_of_id,
        series_id=row.series_id,
        applied=dict(row.applied),
        nudged_at=row.nudged_at,
        roster_at=row.roster_at,
    )
