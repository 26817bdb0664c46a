"""One turn as values: what was said by whom and where, and what is said back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias

from storage.domain.dialogs import Memory
from storage.domain.network import Network
from storage.domain.people import Account, Organisation, Viewer
from storage.domain.places import Place, PlaceKind
from storage.domain.uploads import Sent

Card: TypeAlias = Mapping[str, Any]
"""An Adaptive Card as JSON."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What came in. `now` is aware, in the network's zone; `button` is a pressed button's data, not to be trusted.

    `reported` is the Teams account of the writer when storage does not know them yet. `files` came with it. `id` is new
    for each turn, `key` the same when what came in is run again after a crash.

    `in_place`: the card whose button was pressed can become another (`Reply.shown`). `opened_in`: the place where a
    dialog was opened that only the writer sees; None outside of dialogs. `conversation_id` is of that place as well.
    """

    text: str
    now: datetime
    place: Place
    conversation_id: str
    viewer: Viewer
    network: Network
    memory: Memory
    button: Mapping[str, Any] | None = None
    reported: Account | None = None
    id: str = ""
    key: str = ""
    files: tuple[Sent, ...] = ()
    in_place: bool = False
    opened_in: Place | None = None

    @property
    def personal(self) -> bool:
        """True in a one-to-one chat: nobody else reads the answer."""
        return self.place.kind is PlaceKind.PERSONAL

    def kept(self, memory: Memory | None) -> Memory | None:
        """What the conversation remembers: what the bot asked one of a company in private is not theirs to answer."""
        return memory if memory is None or self.personal else replace(memory, pending=None)

    def may_tell(self, organisation: Organisation) -> bool:
        """Whether this organisation may be named here, where others may read along."""
        return not organisation.status.confidential or (self.personal and self.viewer.is_coordinator)


@dataclass(frozen=True, slots=True)
class FileOffer:
    """A meeting's report as a document, which Teams asks a person whether they want it; in a personal chat only."""

    meeting_id: int
    name: str
    description: str
    size: int = 0
    """Bytes, once known."""


@dataclass(frozen=True, slots=True)
class FileGiven:
    """A file that Teams has, at `url`; `unique_id` and `kind` are what it calls it."""

    name: str
    url: str
    unique_id: str
    kind: str


@dataclass(frozen=True, slots=True)
class Message:
    """Something to say: the text alone must answer, the card may help.

    With `card_only` the card says the same as the text, which is then shown in notifications only.
    """

    text: str
    card: Card | None = None
    card_only: bool = False
    file: FileOffer | FileGiven | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back. `private` is only for the one who asked; `also` follows, to them alone as well.

    `unreachable` is said in place of `message` when `private` could not be delivered. `unanswered`: nobody was helped.
    `shown` is what the pressed card becomes, for who pressed it only; of no use but where `Turn.in_place`.
    """

    message: Message | None = None
    private: Message | None = None
    also: Message | None = None
    unreachable: Message | None = None
    memory: Memory | None = None
    unanswered: bool = False
    shown: Card | None = None

    def followed_by(self, other: "Reply") -> "Reply":
        """This reply and another as one, for a message that asked two things."""
        return Reply(
            _joined(self.message, other.message),
            _joined(self.private, other.private),
            other.also or self.also,
            memory=other.memory or self.memory,
            unanswered=self.unanswered or other.unanswered,
            shown=other.shown or self.shown,
        )

    def remembering(self, memory: Memory) -> "Reply":
        """The same reply, with what to remember of it."""
        return replace(self, memory=memory)


def _joined(first: Message | None, second: Message | None) -> Message | None:
    if first is None or second is None:
        return first or second
    return Message(f"{first.text}\n\n{second.text}", second.card or first.card, file=second.file or first.file)


def say(text: str, card: Card | None = None) -> Reply:
    """A reply for everybody who is here."""
    return Reply(Message(text, card))


def whisper(text: str, card: Card | None = None) -> Reply:
    """A reply for the one who asked only."""
    return Reply(private=Message(text, card))
