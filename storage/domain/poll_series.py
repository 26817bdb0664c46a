"""Series of polls: what is asked again, as it is kept, and its rhythm."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any

from storage.domain.polls import NewOption, NewPoll, PollKind, Shown, Whom
from storage.domain.series import Rhythm


@dataclass(frozen=True, slots=True)
class Series:
    """A poll that comes back. `next_on` is the local day of the next one; None: it ended.

    `new` is what is asked each time: without when.
    """

    id: int
    new: NewPoll
    rhythm: Rhythm
    at: time
    timezone: str
    target: str
    created_by_id: int | None
    next_on: date | None
    next_at: datetime | None


_PLAIN = ("question", "anonymous", "most", "may_add", "quorum", "conversation_id", "tenant_id", "meeting_id")


def as_template(new: NewPoll) -> dict[str, Any]:
    """What is asked each time, as JSON."""
    return {
        **{name: getattr(new, name) for name in _PLAIN},
        "kind": new.kind.value,
        "shown": new.shown.value,
        "whom": new.whom.value,
        "options": [one.text for one in new.options],
        "people": list(new.people),
        "lasts_days": new.lasts_days,
    }


def from_template(template: Mapping[str, Any]) -> NewPoll:
    """The same the other way round."""
    return NewPoll(
        kind=PollKind(template["kind"]),
        options=tuple(NewOption(text) for text in template["options"]),
        shown=Shown(template["shown"]),
        whom=Whom(template["whom"]),
        people=tuple(template["people"]),
        lasts_days=template["lasts_days"],
        **{name: template[name] for name in _PLAIN},
    )


def as_json(rhythm: Rhythm) -> dict[str, Any]:
    """A rhythm as JSON."""
    return {**asdict(rhythm), "start": rhythm.start.isoformat()}


def rhythm_of(kept: Mapping[str, Any]) -> Rhythm:
    """The same the other way round."""
    return Rhythm(**{**kept, "start": date.fromisoformat(kept["start"])})
