"""What goes out by itself before a meeting, for each kind of meeting: the defaults, and what a coordinator set."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any

from storage.domain.reports import Release


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one kind of meeting. Days are working days; texts, when set, stand above the bot's own facts.

    `nudge_days` and `reminder_days` count back from the last day to register and from the meeting itself; 0: never.
    The agenda is published `agenda_days` before the meeting (0: not by itself), its draft shown `agenda_draft_days`
    before that. `summary_when`: when the summary of a meeting goes out, a `Release`; its report is approved by silence
    after `approve_days` (0: only at a meeting). Texts of cases are kept for `case_days` days after it; a point is
    carried over `carry_most` times.
    Who has an action is reminded `action_days` and `action_last_days` days of the calendar before it is due, and from
    `action_late_days` after it on, each week; 0: not.
    """

    reminder_days: int = 2
    nudge_days: int = 3
    offer_hours: int = 4
    offers_from_hours: int = 48
    agenda_days: int = 5
    agenda_draft_days: int = 2
    case_days: int = 30
    carry_most: int = 3
    summary_when: str = Release.NOON.value
    approve_days: int = 0
    action_days: int = 7
    action_last_days: int = 1
    action_late_days: int = 2
    invitation_text: str = ""
    nudge_text: str = ""
    reminder_text: str = ""
    input_text: str = ""

    @property
    def release(self) -> Release:
        """When a summary may go out."""
        return Release(self.summary_when)

    @property
    def offers_from(self) -> timedelta:
        """So long before the start a seat that comes free is offered instead of given."""
        return timedelta(hours=self.offers_from_hours)


CHOICES: Mapping[str, frozenset[str]] = {"summary_when": frozenset(Release)}
"""The rules that are one of a few words."""

HIGHEST = 60
"""The largest number that a rule may have."""

LONGEST_RULE_TEXT = 500
"""Characters of a text of a rule."""


def rules_from(kept: Mapping[str, str]) -> Rules:
    """The rules with what was set; names and values that mean nothing (any more) are left out."""
    rules = Rules()
    for name in (field.name for field in fields(Rules)):
        value: Any = kept.get(name)
        if value is None or (isinstance(getattr(rules, name), int) and not value.isdecimal()):
            continue
        if value not in CHOICES.get(name, {value}):
            continue
        number = isinstance(getattr(rules, name), int)
        changed: dict[str, Any] = {name: min(int(value), HIGHEST) if number else value}
        rules = replace(rules, **changed)
    return rules
