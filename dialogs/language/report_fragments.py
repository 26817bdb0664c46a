"""Whether new words for a line are all of it, or a piece: "het was 3 weken" is no whole decision."""

import re

from dialogs.language.minutes.verbs import working
from dialogs.language.report_lines import LineSaid, line_said
from dialogs.language.spelling import fold

_WORD = re.compile(r"\w+")
_OF_A_SENTENCE = frozenset(
    """
    is zijn was waren wordt worden werd werden heeft hebben had hadden kan kunnen kon mag mogen moet moeten moest zal
    zullen zou zouden wil willen gaat gaan komt komen doet doen blijft blijven krijgt krijgen geeft geven neemt nemen
    start starten stopt stoppen begint beginnen kiest kiezen gebruikt gebruiken houdt houden laat laten zet zetten
    staat staan ligt liggen vraagt vragen werkt werken volgt volgen deelt delen vervalt verschuift schuift beslist
    we wij ik je ze zij men er iedereen niemand
    """.split()  # noqa: SIM905
)
"""Verbs, and who does something: with one of these it says something by itself."""


_ASKED = "regel 1 klopt niet, "
"""What the answer to "how should the line be?" stands behind in a whole sentence."""


def as_it_should_be(answer: str) -> LineSaid:
    """What becomes of a line by an answer: "het was 3 weken", "niet 2 maar 3 weken", or all of it."""
    said = line_said(f"{_ASKED}{answer.strip()}")
    if said.new_text or said.instead:
        return LineSaid(new_text=said.new_text, instead=said.instead)
    return LineSaid(new_text=answer.strip())


def is_fragment(new: str, old: str) -> bool:
    """Whether `new` can't be the whole of a line that says `old`: at most half as many words, and nothing happens in
    it.
    """
    words = _WORD.findall(fold(new))
    if 2 * len(words) > len(_WORD.findall(old)):
        return False
    return _OF_A_SENTENCE.isdisjoint(words) and next(iter(working(new)), None) is None
