"""The form behind "Op de agenda zetten" on a message: the message is its first draft, in neutral words where needed."""

import asyncio
import html as html_text
import re

from dialogs.cards.points import point_form
from dialogs.conversations.agenda import places
from dialogs.language.spelling import strip_markup_in_lines
from dialogs.texts import general
from dialogs.texts import message_action as texts
from dialogs.turn import Reply, Turn, whisper
from storage.domain.agenda import LONGEST_EXPLANATION, LONGEST_LINK
from storage.domain.identifying import findings, neutral
from storage.services.house import House

LONGEST_PROPOSED_TITLE = 80
"""Characters of a title that is taken from a message."""

READ = 2 * LONGEST_EXPLANATION
"""Characters of a message that are looked at: more than fits in a point, so that nobody waits for a long one."""

_SENTENCE = re.compile(r"(?<=[.!?])\s|\n")
_BLOCK = re.compile(r"(?i)<(?:br|/p|/div|/li|/h[1-6])\b[^<>]{0,200}>")


async def form(house: House, turn: Turn, html: str, link: str) -> Reply:
    """The form, filled in with a message (in HTML; empty where none was chosen) and the address of that message.

    Nothing of the message is kept until the form is sent.
    """
    if turn.viewer.is_stranger or turn.viewer.person is None:
        return whisper(general.not_known(await house.people.coordinators()))
    words, caught = await asyncio.to_thread(_neutral, html)  # others need not wait for a long message
    title = _title(words)
    values = {"title": title, "explanation": words[:LONGEST_EXPLANATION] if words != title else ""}
    if link.startswith("https://") and len(link) <= LONGEST_LINK:
        values["link"] = link
    meetings = await places.takes_points(house, turn)
    values["where"] = str(meetings[0].id) if meetings else ""
    head = texts.NEUTRAL if caught else texts.ABOUT if words else texts.EMPTY
    return whisper(head, point_form(meetings, values, nonce=f"{turn.id}-save"))


def _neutral(html: str) -> tuple[str, bool]:
    """What a message says in neutral words, and whether it needed any."""
    said = _plain(html)[:READ]
    found = findings(said)
    return (neutral(said, found), True) if found else (said, False)


def _plain(html: str) -> str:
    """What a message says, in lines."""
    return html_text.unescape(strip_markup_in_lines(_BLOCK.sub("\n", html))).replace("\xa0", " ").strip()


def _title(words: str) -> str:
    """The first sentence, when need be without its end."""
    first = _SENTENCE.split(words, maxsplit=1)[0].strip(" .!?:")
    if len(first) <= LONGEST_PROPOSED_TITLE:
        return first
    return first[:LONGEST_PROPOSED_TITLE].rpartition(" ")[0] or first[:LONGEST_PROPOSED_TITLE]
