"""The seam: text, time and known names in, one Understanding out. What happens behind it can be replaced whole."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from dialogs.language.agenda_openings import Told, told
from dialogs.language.carried import (
    COUNTING,
    Carried,
    after_first_clause,
    carried,
    counted,
    list_number,
    to_channel,
)
from dialogs.language.dates import DateExpression
from dialogs.language.intents import ABOUT_A_MEETING, NOT_BUILT, Intent
from dialogs.language.names import Hit, NameIndex
from dialogs.language.patterns import SURE, Clause, known_to, questions, scores
from dialogs.language.phrases import normal
from dialogs.language.planning_openings import opening
from dialogs.language.poll_openings import asked_of_polls, speaks_of_polls
from dialogs.language.poll_starts import participants_of
from dialogs.language.ranking import ACT_FROM, AGREED_FROM, ranked
from dialogs.language.reduction import corrected, known_words, reduced
from dialogs.language.references import Reference, dates_in, kind_words, mask_kinds, masked_dates, past_tense
from dialogs.language.report_openings import is_stuck, told_of_reports
from dialogs.language.reporting import looks_like_a_report
from dialogs.language.somebody import OF_SOMEBODY, with_strangers, without_reason
from dialogs.language.spelling import BREAK, day_first, fold, strip_markup, strip_markup_in_lines, tokens
from storage.domain.dialogs import Memory
from storage.domain.meetings import MeetingKind, MeetingQuery
from storage.domain.network import Names

LONGEST = 1000
"""Characters of a message that are read: no question about a meeting is longer."""

ASK_BELOW = 0.7
"""The most that a question is sure of that may well be about something else."""

CERTAIN = 0.95
"""The confidence of a reference that stands alone, and of a frequently asked question."""

_CLAIMS = frozenset({"wel", "ja", "niet", "nee", "neen"})

FOREIGN_FROM = 0.5
"""The probability from which a message is out of scope rather than a loosely worded question of the FAQ."""

_ASKED_AGAIN = frozenset({Intent.MEETING_LIST, Intent.ACTIONS_OPEN})
"""What is asked again of another meeting that is named alone: "en de netwerkdag?"."""

PLAIN_FROM = 0.6
"""The probability that a reading without reason and unknown names needs to go before the whole one."""

DOUBTFUL = 0.5
"""The most that a question for somebody other than the coordinator is sure of."""

ANY = "any"
"""A word such as "vergadering", which says no kind."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a text was taken to mean.

    `intent` with `confidence` 0–1 and the other `candidates`, best first; the `dates` in it; `query`, which meetings
    are meant, with `names_meeting` False when the text says nothing about which; ids of `people`,
    `organisations` and the `question` of the FAQ that were named (several people: ambiguous). `leans_back`: the text
    names nobody itself and means whom was talked about ("en haar mailadres?"). `bare`: it only says which meeting.

    `remainder` is the free text that a command carries, as typed and with its line breaks: "stuur naar iedereen: X"
    carries X; empty when it carries none. `number`: the place in a list ("bericht 3"), how many seats ("25 plaatsen"),
    how many of an organisation, how many days ("drie werkdagen"). `to_channel`: an announcement names the channel.
    """

    text: str
    intent: Intent
    confidence: float = 0.0
    candidates: tuple[tuple[Intent, float], ...] = ()
    dates: tuple[DateExpression, ...] = ()
    query: MeetingQuery = field(default_factory=MeetingQuery)
    names_meeting: bool = False
    people: tuple[int, ...] = ()
    organisations: tuple[int, ...] = ()
    question: int | None = None
    leans_back: bool = False
    remainder: str = ""
    number: int | None = None
    to_channel: bool = False
    bare: bool = False

    @property
    def sure(self) -> bool:
        """True when it may be acted upon without asking."""
        return self.intent is not Intent.UNKNOWN and self.confidence >= ACT_FROM

    @property
    def out_of_scope(self) -> bool:
        """True when it is about something that the bot has nothing to do with."""
        return self.intent is Intent.UNKNOWN


def understand(text: str, now: datetime, names: Names, memory: Memory | None = None) -> Understanding:
    """What `text` means, said at `now` (aware, in the network's zone) to a bot that knows `names`.

    `memory` is what was last talked about: "en de netwerkdag?" asks the same of another meeting.
    """
    text = text[: 4 * LONGEST]  # cut first: looking for markup in a very long text takes long
    lines = strip_markup_in_lines(text)
    index = _index(names)
    command = carried(lines, index.coordinators)
    if command is None or (command.intent is not Intent.COORDINATOR_ASK and speaks_of_polls(command.opening)):
        known = _of_a_poll(text, lines, now, memory or Memory()) or (
            _known(text, lines, memory or Memory()) if command is None else None
        )
    else:
        stuck = command.intent is Intent.COORDINATOR_ASK and is_stuck(command.remainder)
        known = Told(Intent.ACTIONS_ESCALATE, lines, "", "") if stuck else None
    if known is not None:
        return _of_points(known, strip_markup(text)[:LONGEST], now, index, memory or Memory())
    understood = _Reading(strip_markup(text)[:LONGEST], now, index, memory or Memory()).understanding()
    return _with_what_it_carries(understood, command, lines, index)


def _of_a_poll(text: str, lines: str, now: datetime, memory: Memory) -> Told | None:
    """What is asked of polls. Only who takes part in what, and where a result goes, says which meeting is meant."""
    intent = asked_of_polls(text, memory.intent)
    if intent is None or (intent is not Intent.POLL_APPLY and _titled(text)):
        return None
    frame = lines if intent is Intent.POLL_APPLY else participants_of(lines, now) if intent is Intent.POLL_START else ""
    return Told(intent, frame, lines, "")


def _titled(text: str) -> bool:
    """Whether a poll is only named in the title of an agenda point."""
    point = told(text)
    return point is not None and speaks_of_polls(point.said) and not speaks_of_polls(point.frame)


def _known(text: str, lines: str, memory: Memory) -> Told | None:
    """The command that a message is by how it begins, or the report that was pasted."""
    known = told_of_reports(text, memory.intent) or told(text)
    if known is None and looks_like_a_report(text):
        return Told(Intent.REPORT_DELIVER, "", lines, "")
    return known


def _of_points(command: Told, text: str, now: datetime, index: NameIndex, memory: Memory) -> Understanding:
    """A command about points, reports or actions: the meeting is read from what stands around somebody's own words."""
    reading = _Reading(command.frame[:LONGEST], now, index, memory)
    number = list_number(command.frame, command.intent)
    understood = reading.of(command.intent)
    if command.intent is Intent.AGENDA_ACCEPT and command.sends and _elsewhere(understood.query, now, index, memory):
        understood = reading.of(Intent.AGENDA_MOVE)
    return replace(understood, text=text, remainder=command.said, number=number)


def _elsewhere(query: MeetingQuery, now: datetime, index: NameIndex, memory: Memory) -> bool:
    """Whether a day is named that is not that of the meeting talked about, or else of the next intervisie."""
    days = {one.id: one.day for one in index.names.meetings if not one.cancelled}
    coming = (one for one in index.names.meetings if one.kind is MeetingKind.INTERVISIE and not one.cancelled)
    following = min((one.day for one in coming if one.day >= now.date()), default=None)
    own = days.get(memory.meeting_id, following) if memory.meeting_id is not None else following
    return query.first is not None and query.first == query.last and query.first != own


def _with_what_it_carries(asked: Understanding, command: Carried | None, text: str, index: NameIndex) -> Understanding:
    opens = command.intent if command is not None else opening(text)
    if opens is not None:
        others = tuple(one for one in asked.candidates if one[0] is not opens)
        candidates = ((opens, CERTAIN), *others)
        asked = replace(asked, intent=opens, confidence=CERTAIN, candidates=candidates, question=None)
    elif asked.intent is Intent.COORDINATOR_ASK and asked.people and index.coordinator_ids.isdisjoint(asked.people):
        asked = replace(asked, confidence=min(asked.confidence, DOUBTFUL))
    command = command or after_first_clause(text, asked.intent)
    number = list_number(text, asked.intent) if asked.intent not in COUNTING else asked.number
    return replace(asked, remainder=command.remainder, number=number, to_channel=to_channel(command))


_indexes: list[tuple[Names, NameIndex]] = []


def _index(names: Names) -> NameIndex:
    """The index of these names, built once: they change far less often than somebody asks something."""
    found = next((index for known, index in _indexes if known is names), None)
    if found is None:  # read again: often the same names, which take longer to index than to compare
        found = next((index for known, index in _indexes if known == names), None) or NameIndex(names)
        _indexes[:] = [(names, found), *_indexes[:3]]
    return found


class _Reading:
    """One text on its way to an Understanding."""

    def __init__(self, raw: str, now: datetime, index: NameIndex, memory: Memory) -> None:
        self._raw, self._now, self._index, self._memory = raw, now, index, memory
        dated = day_first(raw)
        self._past = past_tense(fold(dated))
        self._dates = dates_in(dated, fold(dated), now)
        self._words = tokens(fold(masked_dates(dated, self._dates)), breaks=True)
        self._plain = tokens(fold(raw))
        self._people = self._mask_people()
        self._organisations = self._mask_organisations()
        self._reference, self._names_kind = self._mask_meetings()

    def understanding(self) -> Understanding:
        """The outcome."""
        clauses = reduced(self._words, self._names_kind, self._index.meetings.places)
        masked = " ".join(word for word in self._words if word != BREAK)
        fitting = scores(masked, clauses)
        candidates = self._ranked(fitting)
        question = self._question(candidates)
        bare = self._bare_reference(clauses) if not any(weight >= SURE for _, weight in fitting) else None
        certain = Intent.FAQ_ANSWER if question is not None else bare or self._goes_on(candidates[0], fitting)
        if certain is not None:
            candidates = [(certain, CERTAIN), *(one for one in candidates if one[0] is not certain)]
        intent, confidence = candidates[0]
        if certain is None and self._may_be_about_something_else(intent, clauses):
            confidence = min(confidence, ASK_BELOW)
        query, named = self._which(intent).query(intent, self._index, self._memory, self._now)
        return Understanding(
            self._raw,
            intent,
            confidence,
            tuple(candidates),
            self._dates,
            query,
            named,
            self._people,
            self._organisations,
            question,
            _leans_back(masked),
            number=counted(self._words, intent),
            bare=bare is not None and question is None,
        )

    def of(self, intent: Intent) -> Understanding:
        """The same for an intent that is known by how the message begins."""
        query, named = self._reference.query(intent, self._index, self._memory, self._now)
        return Understanding(
            self._raw,
            intent,
            CERTAIN,
            ((intent, CERTAIN),),
            self._dates,
            query,
            named,
            self._people,
            self._organisations,
        )

    def _ranked(self, fitting: Sequence[tuple[Intent, float]]) -> list[tuple[Intent, float]]:
        """The likely intents; of a registration that is not clear, also without its reason and with unknown names."""
        said = normal(self._words)
        candidates = ranked(said, fitting)
        if candidates[0][0] is not Intent.UNKNOWN and candidates[0][1] >= ACT_FROM:
            return candidates
        plainer = normal(without_reason(with_strangers(self._raw, self._words)))
        if plainer and plainer != said:
            others = ranked(plainer, scores(plainer, reduced(plainer.split(), self._names_kind)))
            if others[0][0] in OF_SOMEBODY and others[0][1] >= PLAIN_FROM:
                return others
        return candidates

    def _which(self, intent: Intent) -> Reference:
        """What says which meeting: in "hoogstens twee per organisatie tot 1 maart" the date doesn't."""
        if intent is not Intent.REGISTRATION_LIMIT:
            return self._reference
        dates = tuple(one for one in self._dates if one.bound != "before" or one.text.startswith("voor"))
        return replace(self._reference, dates=dates)

    def _may_be_about_something_else(self, intent: Intent, clauses: Sequence[Clause]) -> bool:
        """Whether a question names nothing of the network, and has words that such questions don't have."""
        said = self._people or self._organisations or self._dates or self._reference.names_something
        if said or self._memory.meeting_id is not None or not clauses or intent not in questions() & ABOUT_A_MEETING:
            return False
        return clauses[0].strange(known_to(intent))

    def _mask_people(self) -> tuple[int, ...]:
        known = known_words() | kind_words().keys()
        return self._mask(self._index.people.find(self._words, known), "<persoon>")

    def _mask_organisations(self) -> tuple[int, ...]:
        return self._mask(self._index.organisations.find(self._words), "<organisatie>")

    def _mask(self, hits: Sequence[Hit], mask: str) -> tuple[int, ...]:
        for hit in reversed(hits):
            self._words[hit.first : hit.last + 1] = [mask]
        return tuple(dict.fromkeys(id_ for hit in hits for id_ in hit.ids))

    def _mask_meetings(self) -> tuple[Reference, bool]:
        """What the text says about which meeting, and whether it names a kind or a title."""
        kinds = mask_kinds(self._words)
        kind = next((MeetingKind(name) for name in kinds if name != ANY), None)
        positions, ids = self._index.meetings.by_title(self._words, known_words())
        for position in positions:
            self._words[position] = "<soort>"
        other = None
        if kind and ids:
            # Where kind and title disagree the title wins: people mix up kinds, not themes.
            same = self._index.meetings.fitting(kind, ids)
            ids, kind, other = (same, kind, None) if same else (ids, None, kind)
        self._words = corrected(self._words)
        place = self._index.meetings.by_place(self._plain) if not ids and not self._people else ()
        said = " ".join(word for word in self._words if word != BREAK)
        return Reference(kind, other, ids, place, self._dates, self._past, said), kind is not None

    def _bare_reference(self, clauses: Sequence[Clause]) -> Intent | None:
        """The intent of "en de netwerkdag?" or "intervisie?": the last one, or when it is; "in mei?" asks what is."""
        masked = clauses[0].masked if clauses else ""
        if _CLAIMS.intersection(self._plain):
            return None  # "de 15de wel": a fill-in answer, not a question
        if not re.fullmatch(
            r"(en |of |wat |hoe zit )*"
            r"((die |dat |deze )?(<soorten>|<soort>|<datum>)( <soort>| <datum>| daarna| erna)*|daarna|erna)",
            masked,
        ):
            return None
        last = Intent(self._memory.intent) if self._memory.intent in set(Intent) else Intent.UNKNOWN
        if masked.startswith(("en ", "of ", "wat ")) and (last.about_a_meeting or last in _ASKED_AGAIN):
            return last
        if "<soorten>" in masked or (masked.endswith("<datum>") and "<soort>" not in masked and self._a_period()):
            return Intent.MEETING_LIST
        return Intent.MEETING_WHEN

    def _goes_on(self, likely: tuple[Intent, float], fitting: Sequence[tuple[Intent, float]]) -> Intent | None:
        """What model and patterns both make of a question that goes on about a meeting: "wie kwam er?"."""
        agreed = bool(fitting) and fitting[0] == (likely[0], SURE) and likely[1] >= AGREED_FROM
        return likely[0] if agreed and likely[0].about_a_meeting and self._memory.meeting_id is not None else None

    def _a_period(self) -> bool:
        return any(one.end is not None and one.start != one.end for one in self._dates)

    def _question(self, candidates: Sequence[tuple[Intent, float]]) -> int | None:
        asked = self._index.questions.find(self._plain, [word for word in self._words if word not in {BREAK, ""}])
        intent, chance = candidates[0]
        settled = chance >= (FOREIGN_FROM if intent is Intent.UNKNOWN else ACT_FROM) and intent not in NOT_BUILT
        return asked.question if asked and (asked.certain or not settled) else None


def _leans_back(masked: str) -> bool:
    """Whether no name follows: "wie is de contactpersoon?" or "van welke organisatie is zij?"."""
    pronoun = re.search(r"\b(hij|zij|ze|hem|haar|zijn|diens|hun|die|daar)\b", masked)
    names_something = re.search(r"\b(van|bij|voor|uit) (?!welke|wat|wie)", masked)
    return bool(pronoun) or not names_something
