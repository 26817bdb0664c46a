"""The table from a planned notice to what it says, made from what holds at that moment."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from dialogs.conversations import announcements, asking, outbox
from dialogs.turn import Message
from storage.domain.notices import Notice
from storage.services.announcements import ANNOUNCEMENT, ANSWER, QUESTION
from storage.services.house import House
from storage.services.notices import TROUBLE

Composer: TypeAlias = Callable[[House, Notice, datetime], Awaitable[Message | None]]

COMPOSERS: Mapping[str, Composer] = {
    TROUBLE: outbox.trouble,
    ANNOUNCEMENT: announcements.compose,
    QUESTION: asking.compose_question,
    ANSWER: asking.compose_answer,
}
"""Who makes the message of each kind of notice; None when there is nothing left to say."""


async def compose(house: House, notices: Sequence[Notice], now: datetime) -> Message | None:
    """One message for notices that go out together; None when all of them are outdated.

    Raises KeyError for a kind that nobody makes.
    """
    made = [message for notice in notices if (message := await COMPOSERS[notice.kind](house, notice, now))]
    if len(made) < 2:  # noqa: PLR2004
        return made[0] if made else None
    cards = [message.card for message in made if message.card]
    return Message("\n\n".join(message.text for message in made), cards[0] if len(cards) == 1 else None)
