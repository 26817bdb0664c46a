"""The bot's figures for Prometheus. Every label comes from a closed list: never an id, a name or a text."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, disable_created_metrics
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from storage.domain.notices import NoticeState

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
"""The HTTP content type of `Metrics.text`."""

TurnOutcome = Literal["answered", "silent", "failed"]
NoticeOutcome = Literal["sent", "failed", "ambiguous"]

OTHER = "other"
PREFIX = "ambassadeursbot"
KINDS = (
    "message", "messageReaction", "messageUpdate", "messageDelete", "invoke", "conversationUpdate",
    "installationUpdate", "event", "typing", "endOfConversation", "command", "commandResult", "trace", "handoff",
)  # fmt: skip
"""Kinds of activities, as the Bot Framework names them."""

TURN_OUTCOMES = ("answered", "silent", "failed")
NOTICE_OUTCOMES = ("sent", "failed", "ambiguous")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
STATUS_CLASSES = ("2xx", "3xx", "4xx", "5xx", "none")
MOST_REASONS = 40
"""Reasons for a refusal that get a series of their own: there are no more in the code."""

DURATIONS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15)
"""Upper bounds in seconds. At 2 Teams wants a first sign of life, at 5 it resends an invoke, at 15 a message."""

LAGS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 5)
_WORDS = re.compile(r"(?=.{1,50}\Z)[A-Za-z_]+[0-9]{0,3}(?: [A-Za-z_]+[0-9]{0,3})*")

# Or there is a second series beside each, that only repeats when the process started. (The library leaves it untyped.)
disable_created_metrics()  # type: ignore[no-untyped-call]


class Metrics:
    """The figures of one bot. Every method costs a few microseconds and may be called from any thread."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        turns = self._counter("turns", "Turns taken.", ("kind", "outcome"))
        self._turns = {
            (kind, outcome): turns.labels(kind, outcome) for kind in (*KINDS, OTHER) for outcome in TURN_OUTCOMES
        }
        self._turn_seconds = self._histogram("turn_duration_seconds", "Time from activity to answer.", DURATIONS)
        self._refusals = self._counter("refusals", "Requests turned away at the door.", ("status", "reason"))
        calls = self._counter("connector_calls", "Calls to Teams, by class of status.", ("method", "status"))
        self._calls = {
            (method, status): calls.labels(method, status) for method in (*METHODS, OTHER) for status in STATUS_CLASSES
        }
        self._call_seconds = self._histogram("connector_call_duration_seconds", "Time a call to Teams took.", DURATIONS)
        self._retries = self._counter("connector_retries", "Calls to Teams that were made again.")
        self._unanswered = self._counter("questions_unanswered", "Questions that the bot had no answer to.")
        self._duplicates = self._counter("duplicates_refused", "Activities that had been taken before.")
        notices = self._counter("notices", "Notices settled, by how it ended.", ("outcome",))
        self._notices = {outcome: notices.labels(outcome) for outcome in NOTICE_OUTCOMES}
        self._outbox = self._gauge("outbox_notices", "Notices in the outbox, by state.", ("state",))
        self._oldest = self._gauge("outbox_oldest_due_age_seconds", "How long the oldest due notice has waited.")
        self._lag = self._histogram("event_loop_lag_seconds", "How late the event loop wakes who sleeps.", LAGS)
        self._reasons: set[tuple[str, str]] = set()
        ProcessCollector(registry=self._registry)

    def turn(self, kind: str, outcome: TurnOutcome, seconds: float) -> None:
        """A turn was taken: the activity's type, how it ended and the time it took."""
        self._turns[kind if (kind, outcome) in self._turns else OTHER, outcome].inc()
        self._turn_seconds.observe(seconds)

    def refused(self, status: int, reason: str) -> None:
        """A request was turned away with an HTTP status, for a reason out of the code's own few."""
        pair = (str(int(status)), reason if _WORDS.fullmatch(reason) else OTHER)
        if pair not in self._reasons and len(self._reasons) >= MOST_REASONS:
            pair = (pair[0], OTHER)
        self._reasons.add(pair)
        self._refusals.labels(*pair).inc()

    def called(self, method: str, status: int | None, seconds: float) -> None:
        """Teams was called: the HTTP method, the status (None: no answer came) and the time it took."""
        group = f"{status // 100}xx" if status else "none"
        known = group if group in STATUS_CLASSES else "none"
        self._calls[method if method in METHODS else OTHER, known].inc()
        self._call_seconds.observe(seconds)

    def retried(self) -> None:
        """A call to Teams is made again."""
        self._retries.inc()

    def duplicate(self) -> None:
        """An activity came that had been taken before."""
        self._duplicates.inc()

    def unanswered(self) -> None:
        """The bot had no answer."""
        self._unanswered.inc()

    def settled(self, outcome: NoticeOutcome) -> None:
        """A notice came to its end."""
        self._notices[outcome].inc()

    def outbox(self, depths: Mapping[str, int], oldest_seconds: float) -> None:
        """How many notices there are in each state, and for how long the oldest due one waits (0: none does)."""
        for state in NoticeState:
            self._outbox.labels(state).set(depths.get(state, 0))
        self._oldest.set(oldest_seconds)

    def outbox_unknown(self) -> None:
        """The outbox could not be looked at: say nothing rather than what was true before."""
        self._outbox.clear()
        self._oldest.set(float("nan"))

    def lagged(self, seconds: float) -> None:
        """The event loop woke a sleeper this much too late."""
        self._lag.observe(seconds)

    def text(self) -> bytes:
        """All figures, in Prometheus' text format."""
        return generate_latest(self._registry)

    def _counter(self, name: str, about: str, labels: Sequence[str] = ()) -> Counter:
        return Counter(name, about, labels, namespace=PREFIX, registry=self._registry)

    def _gauge(self, name: str, about: str, labels: Sequence[str] = ()) -> Gauge:
        return Gauge(name, about, labels, namespace=PREFIX, registry=self._registry)

    def _histogram(self, name: str, about: str, bounds: Sequence[float]) -> Histogram:
        return Histogram(name, about, namespace=PREFIX, registry=self._registry, buckets=bounds)
