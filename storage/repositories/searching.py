"""The index of what can be found: FTS5 on SQLite, tsvector and trigrams on PostgreSQL, behind one way of asking."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, Subquery, and_, column, delete, false, func, insert, or_, select, text, true, update
from sqlalchemy.orm import Session

from storage.domain.meetings import Audience, Meeting
from storage.domain.search_ranking import Found, Rarity
from storage.domain.search_words import stems
from storage.domain.searching import OF_COMPOUND, PART, Question, Wanted, indexed
from storage.repositories.meetings import meeting_of, taken_seats, viewer_takes_part
from storage.tables.meetings import MeetingRow
from storage.tables.searching import SearchRow

MOST_FOUND = 150
"""So many sentences are looked at closer."""

LIKELIEST = 600
"""Of so many is looked at first who may see them; of all others only when too few are left of these."""

ALL = 2**31 - 1

COMMON = 0.03
"""The share of sentences from which on a word is not looked for within others."""

SHORTEST_NEEDLE = 3
"""Letters of what can be looked for within words: trigrams need three."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A sentence as it is kept to be found."""

    ref: str
    kind: str
    text: str
    item_title: str
    day: date


@dataclass(frozen=True, slots=True)
class Circle:
    """Whose rights hold: everybody of the network, somebody who also sees what they take part in, or all of it."""

    person_id: int | None = None
    everything: bool = False


class SearchRepository:
    """What can be found, and finding it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._dialect = session.get_bind().dialect.name

    # --- keeping the index

    def keep(self, meeting_id: int, rows: Sequence[Indexed]) -> None:
        """Have exactly these sentences of a meeting in the index; what stays as it is costs nothing."""
        refs = [one.ref for one in rows]
        kept = {
            ref: (id_, of, one)
            for id_, of, ref, one in self._kept(or_(SearchRow.meeting_id == meeting_id, SearchRow.ref.in_(refs)))
        }
        gone = [id_ for ref, (id_, *_) in kept.items() if ref not in set(refs)]
        changed = [one for one in rows if one.ref in kept and kept[one.ref][1:] != (meeting_id, one)]
        if gone:
            self._session.execute(delete(SearchRow).where(SearchRow.id.in_(gone)))
        for one in changed:
            self._session.execute(update(SearchRow).where(SearchRow.ref == one.ref).values(_columns(meeting_id, one)))
        new = [_columns(meeting_id, one) for one in rows if one.ref not in kept]
        if new:
            self._session.execute(insert(SearchRow), new)
        if gone or changed:
            self._forget()

    def _kept(self, which: Any) -> list[tuple[int, int, str, Indexed]]:
        columns = (SearchRow.ref, SearchRow.kind, SearchRow.text, SearchRow.item_title, SearchRow.day)
        rows = self._session.execute(select(SearchRow.id, SearchRow.meeting_id, *columns).where(which))
        return [
            (id_, of, ref, Indexed(ref, kind, said, title or "", day)) for id_, of, ref, kind, said, title, day in rows
        ]

    def _forget(self) -> None:
        """Leave nothing behind of what was taken out: FTS5 keeps deleted words until it merges what it wrote."""
        if self._dialect == "sqlite":
            self._session.execute(text("INSERT INTO search_fts_words(search_fts_words) VALUES ('optimize')"))
            self._session.execute(text("INSERT INTO search_fts_parts(search_fts_parts) VALUES ('optimize')"))

    def by_refs(self, refs: Collection[str]) -> dict[str, tuple[int, Indexed]]:
        """These sentences, by what they are of, each with its meeting's id."""
        return {ref: (of, one) for _, of, ref, one in self._kept(SearchRow.ref.in_(refs))} if refs else {}

    def later(self, day: date, kind: str, holding: Collection[str]) -> tuple[Indexed, ...]:
        """The sentences of a kind, of meetings after a day, that hold one of these pieces; the oldest first."""
        pieces = or_(*(SearchRow.text.ilike(f"%{one}%") for one in holding))
        found = self._kept(and_(SearchRow.day > day, SearchRow.kind == kind, pieces))
        return tuple(sorted((one for *_, one in found), key=lambda one: (one.day, one.ref)))

    def meetings_on(self, day: date) -> tuple[Meeting, ...]:
        """The meetings of a day that took place, the earliest first."""
        first = datetime.combine(day, time())
        on_that_day = MeetingRow.starts_local.between(first, first + timedelta(days=1) - timedelta(microseconds=1))
        rows = self._session.execute(
            select(MeetingRow, taken_seats(), viewer_takes_part(None))
            .where(on_that_day, MeetingRow.cancelled_at.is_(None))
            .order_by(MeetingRow.starts_at, MeetingRow.id)
        )
        return tuple(meeting_of(row, taken, part) for row, taken, part in rows)

    # --- finding

    def counts(self, terms: Collection[str]) -> tuple[Mapping[str, int], int]:
        """In how many sentences each of these stems is, where it is in any; and how many sentences there are."""
        total = self._session.scalar(select(func.count()).select_from(SearchRow)) or 0
        if self._dialect == "sqlite":
            rows = self._session.execute(_COUNTED_BY_FTS, {"terms": json.dumps(list(terms))})
        else:
            rows = self._session.execute(_COUNTED, {"terms": list(terms)})
        return {term: count for term, count in rows if count}, total

    def found(
        self, asked: Question, rarity: Rarity, circle: Circle, kinds: Collection[str] = (), before: date | None = None
    ) -> tuple[tuple[int, Found], ...]:
        """The sentences that may answer and this circle may see, each with its meeting's id; the likeliest first.

        Only of these kinds, and of meetings before a day, where told.
        """
        rows: Sequence[Any] = ()
        for most in (LIKELIEST, ALL):
            chosen = _sentences(_likely(asked, rarity, most, self._dialect), circle)
            if kinds:
                chosen = chosen.where(SearchRow.kind.in_(kinds))
            if before is not None:
                chosen = chosen.where(SearchRow.day < before)
            rows = self._session.execute(chosen).all()
            if len(rows) == MOST_FOUND or rarity.total <= LIKELIEST:
                break
        return tuple((row.meeting_id, _found(row)) for row in rows)


# How likely a sentence answers: the sum of how rare each word of the question is that stands there, less for what may
# stand for it or holds it. FTS5's bm25 does that four times slower, PostgreSQL's ranks don't know what is rare.

_ANY_OF = {
    "sqlite": "SELECT rowid AS id, {score} AS score FROM search_fts_words WHERE search_fts_words MATCH {words}",
    "postgresql": "SELECT id, {score} AS score FROM search_lines WHERE search_fts_stems @@ CAST({words} AS tsquery)",
}
_WITHIN = {
    "sqlite": "SELECT rowid AS id, {score} AS score FROM search_fts_parts WHERE search_fts_parts MATCH {words}",
    "postgresql": "SELECT id, {score} AS score FROM search_lines WHERE stems LIKE {words}",
}


def _likely(asked: Question, rarity: Rarity, most: int, dialect: str) -> Subquery:
    parts: list[str] = []
    values: dict[str, Any] = {"most": most}
    for wanted in asked.wanted:
        for statement, words, weight in _looked_for(wanted, rarity, dialect):
            at = len(parts)
            parts.append(statement.format(score=f"CAST(:score{at} AS float)", words=f":words{at}"))
            values |= {f"words{at}": words, f"score{at}": weight * rarity[wanted.stem]}
    statement = f"SELECT id, sum(score) AS score FROM ({' UNION ALL '.join(parts)}) AS parts GROUP BY id"  # noqa: S608
    likeliest = text(f"{statement} ORDER BY score DESC, id DESC LIMIT CAST(:most AS int)")
    return likeliest.bindparams(**values).columns(column("id"), column("score")).subquery()


def _looked_for(wanted: Wanted, rarity: Rarity, dialect: str) -> Iterator[tuple[str, str, float]]:
    """What to look for of one word: how, what, and what a sentence counts for that has it."""
    any_of = _either if dialect == "sqlite" else _any_of
    yield _ANY_OF[dialect], any_of([wanted.stem]), 1.0
    others = wanted.exact()[1:]
    if others:
        yield _ANY_OF[dialect], any_of(others), PART
    if _needed(wanted, rarity):
        needle = any_of([wanted.needle]) if dialect == "sqlite" else f"%{wanted.needle}%"
        yield _WITHIN[dialect], needle, OF_COMPOUND


def _needed(wanted: Wanted, rarity: Rarity) -> bool:
    """Whether to look within words too: not for what stands by itself in many sentences."""
    return len(wanted.needle) >= SHORTEST_NEEDLE and rarity.share(wanted.stem) < COMMON


_COUNTED_BY_FTS = text("SELECT term, doc FROM search_fts_terms WHERE term IN (SELECT value FROM json_each(:terms))")
_COUNTED = text(
    "SELECT term, (SELECT count(*) FROM search_lines WHERE search_fts_stems @@ CAST(quote_literal(term) AS tsquery)) "
    "FROM unnest(CAST(:terms AS text[])) AS term"
)


def _sentences(likely: Subquery, circle: Circle) -> Select[*tuple[Any, ...]]:
    told = (SearchRow.ref, SearchRow.kind, SearchRow.text, SearchRow.stems, SearchRow.day, SearchRow.meeting_id)
    return (
        select(*told, SearchRow.item_title, MeetingRow.title.label("heading"))
        .join(likely, likely.c.id == SearchRow.id)
        .join(MeetingRow, MeetingRow.id == SearchRow.meeting_id)
        .where(MeetingRow.cancelled_at.is_(None), _seen_by(circle))
        .order_by(likely.c.score.desc(), SearchRow.day.desc(), SearchRow.id)
        .limit(MOST_FOUND)
    )


def _seen_by(circle: Circle) -> Any:
    """The audience rule, as `Meeting.agenda_visible_to`."""
    if circle.everything:
        return true()
    own = viewer_takes_part(circle.person_id).element if circle.person_id is not None else false()
    return or_(MeetingRow.audience == Audience.NETWORK, own)


def _columns(meeting_id: int, one: Indexed) -> dict[str, Any]:
    found = {"ref": one.ref, "meeting_id": meeting_id, "kind": one.kind, "text": one.text, "day": one.day}
    return found | {"item_title": one.item_title or None, "stems": indexed(one.text, one.item_title)}


def _found(row: Any) -> Found:
    point = (row.meeting_id, row.item_title)
    return Found(row.ref, row.kind, row.text, row.stems, row.day, _heading(row.heading), point)


@lru_cache(maxsize=2_000)
def _heading(title: str) -> frozenset[str]:
    return frozenset(stems(title))


def _either(words: Collection[str]) -> str:
    """Any of these, for FTS5; they are letters and digits only."""
    return " OR ".join(f'"{one}"' for one in words)


def _any_of(words: Collection[str]) -> str:
    """Any of these, for PostgreSQL."""
    return " | ".join(f"'{one}'" for one in words)
