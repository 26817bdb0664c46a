"""The index of what can be found: FTS5 on SQLite, tsvector and trigrams on PostgreSQL, behind one way of asking."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, bindparam, column, delete, insert, or_, select, text, true, update
from sqlalchemy.orm import Session

from storage.domain.meetings import Audience, Meeting
from storage.domain.search_ranking import Found, Rarity
from storage.domain.search_words import stems
from storage.domain.searching import OF_COMPOUND, PART, Question, Wanted, indexed
from storage.repositories.meetings import meeting_of, taken_seats, viewer_takes_part
from storage.tables.meetings import MeetingRow
from storage.tables.reports import ReportLineRow
from storage.tables.searching import SearchRow

MOST_FOUND = 120
"""So many sentences are looked at closer."""

LIKELIEST = 300
"""Of so many is looked at first who may see them; of all others only when too few are left of these."""

ALL = 2**31 - 1

COMMON = 0.03
"""The share of sentences from which on a word is not looked for within others."""

EVERYWHERE, MANY = 0.06, 600
"""The share of sentences from which on a word that may stand for another tells nothing; and how many these are."""

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
        rows = self._session.execute(_COUNTED[self._dialect], {"terms": json.dumps(list(terms))}).all()
        return {term: count for term, count, *_ in rows if term and count}, next(row[1] for row in rows if not row[0])

    def found(
        self, asked: Question, rarity: Rarity, circle: Circle, kinds: Collection[str] = (), before: date | None = None
    ) -> tuple[tuple[int, Found], ...]:
        """The sentences that may answer and this circle may see, each with its meeting's id; the likeliest first.

        Only of these kinds, and of meetings before a day, where told.
        """
        words, parts = _looked_for(asked, rarity, self._dialect)
        values = {"words": json.dumps(words), "parts": json.dumps(parts), "kinds": list(kinds), "before": before}
        statement = _sentences(
            self._dialect, circle.person_id is not None, circle.everything, bool(kinds), before is not None
        )
        rows: Sequence[Any] = ()
        for most in (LIKELIEST, ALL):
            rows = self._session.execute(statement, values | {"person": circle.person_id, "most": most}).all()
            if len(rows) == MOST_FOUND or rarity.total <= LIKELIEST:
                break
        return tuple((row[0], _found(*row)) for row in rows)

    def ended_by(self, lines: Collection[int]) -> dict[int, int]:
        """Of these lines of reports those that hold no more, each with the id of the line that says so."""
        rows = self._session.execute(_ENDED, {"lines": list(lines)}) if lines else ()
        return {line: by for line, by in rows if by is not None}


# How likely a sentence answers: the sum of how rare each word of the question is that stands there, less for what may
# stand for it or holds it. FTS5's bm25 does that four times slower, PostgreSQL's ranks don't know what is rare. The
# words come as JSON, so that the statement is always the same and neither we nor the database prepare it anew.

_LIKELY = {
    "sqlite": """
    WITH asked(words, score) AS MATERIALIZED (
        SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:words)),
    within(words, score) AS MATERIALIZED (
        SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:parts))
    SELECT id, sum(score) AS score FROM (
        SELECT rowid AS id, score FROM asked CROSS JOIN search_fts_words WHERE search_fts_words MATCH words
        UNION ALL SELECT rowid, score FROM within CROSS JOIN search_fts_parts WHERE search_fts_parts MATCH words
    ) AS found GROUP BY id ORDER BY score DESC, id DESC LIMIT :most""",
    "postgresql": """
    WITH asked AS MATERIALIZED (
        SELECT CAST(value ->> 0 AS tsquery) AS words, CAST(value ->> 1 AS float) AS score
        FROM json_array_elements(CAST(:words AS json))),
    within AS MATERIALIZED (
        SELECT value ->> 0 AS words, CAST(value ->> 1 AS float) AS score
        FROM json_array_elements(CAST(:parts AS json)))
    SELECT id, sum(score) AS score FROM (
        SELECT id, score FROM asked JOIN search_lines ON array_to_tsvector(string_to_array(stems, ' ')) @@ words
        UNION ALL SELECT id, score FROM within JOIN search_lines ON stems LIKE words
    ) AS found GROUP BY id ORDER BY score DESC, id DESC LIMIT CAST(:most AS int)""",
}

_COUNTED = {
    "sqlite": text(
        "SELECT term, doc FROM search_fts_terms WHERE term IN (SELECT value FROM json_each(:terms)) "
        "UNION ALL SELECT '', count(*) FROM search_lines"
    ),
    # How many there are of many, the server knows about; counting takes longer. And no parallel workers until the end
    # of this transaction: to start them takes longer than what they would help.
    "postgresql": text(
        "SELECT term, (SELECT count(*) FROM search_lines WHERE array_to_tsvector(string_to_array(stems, ' ')) "
        "@@ CAST(quote_literal(term) AS tsquery)), NULL FROM json_array_elements_text(CAST(:terms AS json)) AS term "
        "UNION ALL SELECT '', CASE WHEN reltuples > 2000 THEN CAST(reltuples AS bigint) "
        "ELSE (SELECT count(*) FROM search_lines) END, set_config('max_parallel_workers_per_gather', '0', true) "
        "FROM pg_class WHERE oid = CAST('search_lines' AS regclass)"
    ),
}

_ENDED = select(ReportLineRow.id, ReportLineRow.superseded_by_id).where(
    ReportLineRow.id.in_(bindparam("lines", expanding=True))
)


_Weighed: TypeAlias = tuple[str, float]


def _looked_for(asked: Question, rarity: Rarity, dialect: str) -> tuple[list[_Weighed], list[_Weighed]]:
    """What to look for as words and within words, each with what a sentence counts for that has it."""
    any_of = _either if dialect == "sqlite" else _any_of
    words: list[_Weighed] = []
    parts: list[_Weighed] = []
    for wanted in asked.wanted:
        rare = rarity[wanted.stem]
        words.append((any_of([wanted.stem]), rare))
        others = [one for one in wanted.exact()[1:] if rarity.total <= MANY or rarity.share(one) < EVERYWHERE]
        if others:
            words.append((any_of(others), PART * rare))
        if _needed(wanted, rarity):
            needle = any_of([wanted.needle]) if dialect == "sqlite" else f"%{wanted.needle}%"
            parts.append((needle, OF_COMPOUND * rare))
    return words, parts


def _needed(wanted: Wanted, rarity: Rarity) -> bool:
    """Whether to look within words too: not for what stands by itself in many sentences."""
    return len(wanted.needle) >= SHORTEST_NEEDLE and rarity.share(wanted.stem) < COMMON


@cache
def _sentences(dialect: str, person: bool, everything: bool, kinds: bool, before: bool) -> Select[*tuple[Any, ...]]:
    likely = text(_LIKELY[dialect]).columns(column("id"), column("score")).subquery()
    told = (SearchRow.ref, SearchRow.kind, SearchRow.text, SearchRow.stems, SearchRow.day, SearchRow.item_title)
    chosen = (
        select(SearchRow.meeting_id, *told, MeetingRow.title)
        .join(likely, likely.c.id == SearchRow.id)
        .join(MeetingRow, MeetingRow.id == SearchRow.meeting_id)
        .where(MeetingRow.cancelled_at.is_(None), true() if everything else _seen(person))
        .order_by(likely.c.score.desc(), SearchRow.day.desc(), SearchRow.id)
        .limit(MOST_FOUND)
    )
    chosen = chosen.where(SearchRow.kind.in_(bindparam("kinds", expanding=True))) if kinds else chosen
    return chosen.where(SearchRow.day < bindparam("before")) if before else chosen


def _seen(person: bool) -> ColumnElement[bool]:
    """The audience rule, as `Meeting.agenda_visible_to`."""
    of_all = MeetingRow.audience == Audience.NETWORK
    return or_(of_all, viewer_takes_part(bindparam("person")).element) if person else of_all


def _columns(meeting_id: int, one: Indexed) -> dict[str, Any]:
    found = {"ref": one.ref, "meeting_id": meeting_id, "kind": one.kind, "text": one.text, "day": one.day}
    return found | {"item_title": one.item_title or None, "stems": indexed(one.text, one.item_title)}


def _found(
    meeting_id: int, ref: str, kind: str, said: str, kept: str, day: date, title: str | None, heading: str
) -> Found:
    return Found(ref, kind, said, kept, day, _heading(heading), (meeting_id, title), title or "")


@lru_cache(maxsize=2_000)
def _heading(title: str) -> frozenset[str]:
    return frozenset(stems(title))


def _either(words: Collection[str]) -> str:
    """Any of these, for FTS5; they are letters and digits only."""
    return " OR ".join(f'"{one}"' for one in words)


def _any_of(words: Collection[str]) -> str:
    """Any of these, for PostgreSQL."""
    return " | ".join(f"'{one}'" for one in words)
