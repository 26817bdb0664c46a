"""Which points of a meeting are about a case: what is said there is never posted."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from storage.domain.report_merging import folded
from storage.domain.report_words import pattern

TITLED_ALIKE = 85
"""From this score on (0 to 100) two titles are the same point."""

_TITLED = re.compile(pattern("case_title"))
_OPENING = re.compile(pattern("case_opening"))
_SHORTEST_IN_TEXT = 6


@dataclass(frozen=True, slots=True)
class Cases:
    """The titles of a meeting's agenda: those of its cases, and the others."""

    titles: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    def is_case(self, title: str) -> bool:
        """Whether a point with this title, or one much like it, is about a case."""
        wanted = folded(title)
        if not wanted:
            return False
        if _TITLED.search(wanted):
            return True
        case = max((_alike(wanted, folded(one)) for one in self.titles), default=(0.0, 0.0))
        other = max((_alike(wanted, folded(one)) for one in self.others), default=(0.0, 0.0))
        return case[0] >= TITLED_ALIKE and case >= other

    def is_told_in(self, text: str) -> bool:
        """Whether a note says itself that it is about a case: "bij de casus: …", or with the title of one in it."""
        if _OPENING.match(text.casefold()):
            return True
        said = f" {folded(text)} "
        titles = (folded(one) for one in self.titles)
        return any(len(one) >= _SHORTEST_IN_TEXT and f" {one} " in said for one in titles)


def _alike(one: str, other: str) -> tuple[float, float]:
    return fuzz.token_set_ratio(one, other), fuzz.token_sort_ratio(one, other)
