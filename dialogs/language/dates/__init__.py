"""Flemish Dutch text -> the dates, times, deadlines and recurrences said in it.

text -> `tokens` (words, numbers, clocks; spelling put right by `lexicon`)
     -> `grammar` (what was said) -> `periods` and `clocks` (what it means)
     -> `resolve` (on which days, seen from now).
"""

from dialogs.language.dates.expression import DateExpression
from dialogs.language.dates.find import find_dates

__all__ = ["DateExpression", "find_dates"]
