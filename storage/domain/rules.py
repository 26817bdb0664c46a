"""What goes out by itself before a meeting, for each kind of meeting: the defaults, and what a coordinator set."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one kind of meeting. Days are working days; texts, when set, stand above the bot's own facts.

    `nudge_days` and `reminder_days` count back from the last day to register and from the meeting itself; 0: never.
    The agenda is published `agenda_days` before the meeting (0: not by itself), its draft shown `agenda_draft_days`
    before that. Texts of cases are kept for `case_days` days after it; a point is carried over `carry_most` times.
    """

    reminder_days: int = 2
    nudge_days: int = 3
    offer_hours: int = 4
    offers_from_hours: int = 48
    agenda_days: int = 5
    agenda_draft_days: int = 2
    case_days: int = 30
    carry_most: int = 3
    invitation_text: str = ""
    nudge_text: str = ""
    reminder_text: str = ""
    input_text: str = ""

    @property
    def offers_from(self) -> timedelta:
        """So long before the start a seat that comes free is offered instead of given."""
        return timedelta(hours=self.offers_from_hours)


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
        number = isinstance(getattr(rules, name), int)
        changed: dict[str, Any] = {name: min(int(value), HIGHEST) if number else value}
        rules = replace(rules, **changed)
    return rules
