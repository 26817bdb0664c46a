"""What was written of all meetings, searched: as much of it as the one who asks may see."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from storage.domain.meetings import Meeting
from storage.domain.old_reports import OldReport, TakenIn
from storage.domain.people import Viewer
from storage.domain.search_ranking import Rarity, ranked, relevant
from storage.domain.searching import Hit, line_of, question
from storage.repositories.searching import Circle, Indexed
from storage.services.taking_in import taken_in
from storage.unit_of_work import UnitOfWork, Units


class Memories:
    """Searching all reports and agendas."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def search(
        self, words: str, viewer: Viewer, _now: datetime, *, kinds: Collection[str] = (), most: int = 5
    ) -> tuple[Hit, ...]:
        """At most so many sentences that answer a question and that this viewer may see.

        First those that fit as well as the best, the newest of them first, and then what fits less. Of these kinds
        only, where told. What a later decision put an end to says which one, where the viewer may see that too.
        """
        if viewer.is_stranger:
            return ()
        return await self._units.read(lambda unit: _search(unit, words, viewer, kinds, most))

    async def take_in(self, old: OldReport, zone: str, now: datetime) -> TakenIn:
        """Take in a report of a meeting from before the bot, so that it can be found; nothing is sent."""
        return await self._units.write(lambda unit: taken_in(unit, old, zone, now))


def _search(unit: UnitOfWork, words: str, viewer: Viewer, kinds: Collection[str], most: int) -> tuple[Hit, ...]:
    asked = question(words)
    if not asked.wanted:
        return ()
    counts, total = unit.searching.counts(asked.terms())
    asked, rarity = asked.among(counts), Rarity(counts, total)
    viewer_id = viewer.person.id if viewer.person else None
    found = unit.searching.found(asked, rarity, Circle(viewer_id, viewer.is_coordinator), kinds)
    of = {one.ref: meeting_id for meeting_id, one in found}
    best = relevant(ranked(asked, [one for _, one in found], rarity), most)
    meetings = unit.meetings.by_ids({of[one.ref] for one, _ in best}, viewer_id) if best else {}
    hits = [Hit(one.text, one.kind, one.title, meetings[of[one.ref]], one.day, one.ref, fit) for one, fit in best]
    return _with_what_ended_them(unit, hits, viewer)


def _hit(one: Indexed, meeting: Meeting) -> Hit:
    return Hit(one.text, one.kind, one.item_title, meeting, one.day, one.ref)


def _with_what_ended_them(unit: UnitOfWork, hits: Sequence[Hit], viewer: Viewer) -> tuple[Hit, ...]:
    ids = {one.ref: line_of(one.ref) for one in hits if one.ref.startswith("line:")}
    ended = unit.searching.ended_by(ids.values())
    later = {ref: f"line:{ended[id_]}" for ref, id_ in ids.items() if id_ in ended}
    ending = _visible(unit, later.values(), viewer)
    return tuple(replace(one, superseded_by=ending.get(later.get(one.ref, ""))) for one in hits)


def _visible(unit: UnitOfWork, refs: Collection[str], viewer: Viewer) -> Mapping[str, Hit]:
    kept = unit.searching.by_refs(refs)
    viewer_id = viewer.person.id if viewer.person else None
    meetings = unit.meetings.by_ids({of for of, _ in kept.values()}, viewer_id) if kept else {}
    hits = {ref: _hit(one, meetings[of]) for ref, (of, one) in kept.items()}
    return {ref: hit for ref, hit in hits.items() if hit.meeting.agenda_visible_to(viewer)}
