"""An activity from the wire as a frozen value: only what we use, each field checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from storage.domain.places import Place, PlaceKind, base_of
from storage.domain.uploads import Sent

Json: TypeAlias = Mapping[str, Any]

KINDS = {"personal": PlaceKind.PERSONAL, "groupChat": PlaceKind.GROUP, "channel": PlaceKind.CHANNEL}

LONGEST_NONCE = 64
LONGEST_ID = 300
LONGEST_URL = 500
LONGEST_NAME = 200
LONGEST_LINK = 2_000
"""What ids, addresses and names may be long: what is longer is nothing that Teams sends."""


FILE_CONSENT = "fileConsent/invoke"
"""The invoke of somebody who was asked whether they want a file."""

FETCH, SUBMIT = "composeExtension/fetchTask", "composeExtension/submitAction"
"""The invokes of a message extension's action: open its dialog, and take what was filled in there."""

CARD_ACTION = "adaptiveCard/action"
"""The invoke of a button that makes its card another, and of a card that Teams lets the bot renew for who looks."""

BEGAN, ENDED = "application/vnd.microsoft.meetingStart", "application/vnd.microsoft.meetingEnd"
"""The events that tell that a meeting began or ended in Teams."""

FILE = "application/vnd.microsoft.teams.file.download.info"
"""The kind of attachment that is a file which somebody sends; pictures in the text, cards and the like are not."""

MOST_FILES = 10
LONGEST_FILE_LINK, LONGEST_KIND = 8_000, 10
"""Files that are looked at of one message; characters of the address of one, which carries its own token, and of what
its kind is called."""

MOST_QUOTED = 20_000
"""Characters that are read of a message that somebody does something with."""


class MalformedActivity(ValueError):
    """The activity lacks something that every activity has; the message names it."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent an activity. `id` is the Teams id, `entra_id` the Entra object id; guests have one in our tenant."""

    id: str
    name: str
    entra_id: str | None


@dataclass(frozen=True, slots=True)
class Quoted:
    """The message that an action was chosen on: its HTML, and the address at which it is found."""

    html: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether somebody wants a file that was offered: the report of which meeting, and where Teams wants it put.

    `url` is where it can be found then; `unique_id` and `kind` are what Teams calls it.
    """

    accepted: bool
    meeting_id: int
    upload_url: str = ""
    url: str = ""
    name: str = ""
    unique_id: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A meeting that began or ended in Teams: its own id of it, the link, the title, and when, as it says that."""

    ended: bool
    teams_id: str = ""
    join_url: str = ""
    title: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What Teams sent. `conversation_id` includes the thread; `place.conversation_id` does not.

    `invoke` and `command` name what an invoke wants; `quoted` is the message it was chosen on.
    """

    id: str
    type: str
    channel_id: str
    text: str
    conversation_id: str
    place: Place
    sender: Sender
    bot_id: str
    mentions_bot: bool
    action: str = ""
    value: Json | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    invoke: str = ""
    command: str = ""
    quoted: Quoted = Quoted()
    call: Call | None = None
    consent: Consent | None = None
    files: tuple[Sent, ...] = ()

    @property
    def nonce(self) -> str:
        """What tells a press of a button from other presses; empty when the button has none."""
        found = _text((self.value or {}).get("nonce"))
        return found if len(found) <= LONGEST_NONCE else ""

    @property
    def bot_arrived(self) -> bool:
        """True when the bot was installed here."""
        if self.type == "installationUpdate":
            return self.action.startswith("add")
        return self.type == "conversationUpdate" and self.bot_id in self.added

    @property
    def bot_left(self) -> bool:
        """True when the bot was removed here."""
        if self.type == "installationUpdate":
            return self.action == "remove"  # "remove-upgrade" is followed by "add-upgrade": nobody left
        return self.type == "conversationUpdate" and self.bot_id in self.removed


def read_activity(raw: object) -> Incoming:
    """An activity's JSON as a value.

    Raises MalformedActivity when it has no type, channel, service URL, conversation or bot.
    """
    activity = _object(raw)
    conversation = _object(activity.get("conversation"))
    recipient = _object(activity.get("recipient"))
    sender = _object(activity.get("from"))
    required = {
        "type": _text(activity.get("type")),
        "channelId": _text(activity.get("channelId")),
        "serviceUrl": _text(activity.get("serviceUrl")),
        "conversation": _text(conversation.get("id")),
        "recipient": _text(recipient.get("id")),
    }
    if required["type"] in {"message", "invoke"}:
        required["from"] = _text(sender.get("id"))
    wrong = [name for name, value in required.items() if not _is_fit(value, name)]
    ids = {"id": activity.get("id"), "from": sender.get("id"), "aadObjectId": sender.get("aadObjectId")}
    wrong += [name for name, value in ids.items() if value and not _is_fit(_text(value), name)]
    if wrong:
        raise MalformedActivity(", ".join(wrong))
    value = activity.get("value")
    invoke = _text(activity.get("name")) if required["type"] == "invoke" else ""
    pressed = _behind(_object(value), invoke) if invoke else value
    return Incoming(
        id=_text(activity.get("id")),
        type=required["type"],
        channel_id=required["channelId"],
        text=_said(activity, required["recipient"]),
        conversation_id=required["conversation"],
        place=_place(activity, conversation),
        sender=Sender(
            _text(sender.get("id")),
            _text(sender.get("name"))[:LONGEST_NAME],
            _text(sender.get("aadObjectId")).lower() or None,
        ),
        bot_id=required["recipient"],
        mentions_bot=bool(_mentions(activity, required["recipient"])),
        action=_text(activity.get("action")),
        value=_pressed(pressed) if isinstance(pressed, dict) else None,
        added=_ids(activity.get("membersAdded")),
        removed=_ids(activity.get("membersRemoved")),
        invoke=invoke,
        command=_text(_object(value).get("commandId"))[:LONGEST_NAME] if invoke else "",
        quoted=_quoted(_object(_object(value).get("messagePayload"))) if invoke else Quoted(),
        call=_call(activity) if required["type"] == "event" else None,
        consent=_consent(_object(value)) if invoke == FILE_CONSENT else None,
        files=_files(activity.get("attachments")) if required["type"] == "message" else (),
    )


def _behind(value: Json, invoke: str) -> object:
    """The data of a button, where the invoke is of one."""
    return (_object(value.get("action")) if invoke == CARD_ACTION else value).get("data")


def _quoted(payload: Json) -> Quoted:
    link = _text(payload.get("linkToMessage"))
    return Quoted(
        _text(_object(payload.get("body")).get("content"))[:MOST_QUOTED], link if len(link) <= LONGEST_LINK else ""
    )


def _consent(value: Json) -> Consent:
    meeting_id = _object(value.get("context")).get("meeting")
    upload = _object(value.get("uploadInfo"))
    found = {name: _text(upload.get(name)) for name in ("uploadUrl", "contentUrl", "name", "uniqueId", "fileType")}
    url, there, name, unique_id, kind = (one if len(one) <= LONGEST_LINK else "" for one in found.values())
    number = meeting_id if isinstance(meeting_id, int) and not isinstance(meeting_id, bool) else 0
    return Consent(value.get("action") == "accept", number, url, there, name, unique_id, kind)


def _files(attachments: object) -> tuple[Sent, ...]:
    """The files of a message; one without a proper address has none, and can't be fetched."""
    found = [_object(one) for one in attachments] if isinstance(attachments, list) else []
    sent = [one for one in found if one.get("contentType") == FILE][:MOST_FILES]
    return tuple(Sent(_file_name(one), _file_link(one)) for one in sent)


def _file_name(attachment: Json) -> str:
    """The name of a file on one line; its kind, which is told apart, where the name does not end with it."""
    name = " ".join(_text(attachment.get("name")).split())[:LONGEST_NAME]
    kind = _text(_object(attachment.get("content")).get("fileType"))[:LONGEST_KIND]
    return name if not kind or name.lower().endswith(f".{kind.lower()}") else f"{name}.{kind}"[-LONGEST_NAME:]


def _file_link(attachment: Json) -> str:
    link = _text(_object(attachment.get("content")).get("downloadUrl"))
    return link if len(link) <= LONGEST_FILE_LINK and link.isprintable() else ""


def _call(activity: Json) -> Call | None:
    """What is told of a meeting in Teams. Its fields have a capital there; its id is the one of the channel data."""
    name, value = _text(activity.get("name")), _object(activity.get("value"))
    if name not in {BEGAN, ENDED}:
        return None
    told = {_text(key).casefold(): _text(one) for key, one in value.items()}
    meeting = _object(_object(activity.get("channelData")).get("meeting"))
    link = told.get("joinurl", "")
    return Call(
        ended=name == ENDED,
        teams_id=_text(meeting.get("id"))[:LONGEST_ID],
        join_url=link if len(link) <= LONGEST_LINK else "",
        title=told.get("title", "")[:LONGEST_NAME],
        at=told.get("endtime" if name == ENDED else "starttime", "")[:LONGEST_NAME],
    )


def _pressed(value: Json) -> Json:
    """A button's data, and what was typed on its card."""
    return {_text(key): _text(one) if isinstance(one, str) else one for key, one in value.items()}


def _is_fit(value: str, name: str) -> bool:
    """Whether an id or address is there, not too long, and something that a database can keep."""
    longest = LONGEST_URL if name == "serviceUrl" else LONGEST_ID
    return 0 < len(value) <= longest and value.isprintable()


def _place(activity: Json, conversation: Json) -> Place:
    channel_data = _object(activity.get("channelData"))
    kind = KINDS.get(_text(conversation.get("conversationType"))) or _kind_of_unknown(conversation)
    alone = kind is PlaceKind.PERSONAL
    # The SDK's models lose the tenant of a conversation, so it is read here, from where Teams puts it.
    tenant = _text(_object(channel_data.get("tenant")).get("id")) or _text(conversation.get("tenantId"))
    team = _text(_object(channel_data.get("team")).get("id"))
    return Place(
        conversation_id=base_of(_text(conversation.get("id"))),
        kind=kind,
        service_url=_text(activity.get("serviceUrl")),
        tenant_id=tenant or None,
        team_id=team or None,
        bot_id=_text(_object(activity.get("recipient")).get("id")),
        entra_id=_text(_object(activity.get("from")).get("aadObjectId")).lower() or None if alone else None,
    )


def _kind_of_unknown(conversation: Json) -> PlaceKind:
    """Where a kind of conversation that we don't know is best taken for company: there nothing private is said."""
    alone = not conversation.get("conversationType") and not conversation.get("isGroup")
    return PlaceKind.PERSONAL if alone else PlaceKind.GROUP


def _said(activity: Json, bot_id: str) -> str:
    """The text without the bot's own mention, which is no part of the question."""
    text = _text(activity.get("text"))
    for mention in _mentions(activity, bot_id):
        text = text.replace(_text(mention.get("text")) or " ", " ", 1)
    return text.replace("&nbsp;", " ").strip()


def _mentions(activity: Json, bot_id: str) -> list[Json]:
    """Where in the text the bot is mentioned."""
    entities = activity.get("entities")
    found = [_object(entity) for entity in entities] if isinstance(entities, list) else []
    return [one for one in found if one.get("type") == "mention" and _object(one.get("mentioned")).get("id") == bot_id]


def _ids(members: object) -> tuple[str, ...]:
    if not isinstance(members, list):
        return ()
    return tuple(_text(_object(member).get("id")) for member in members)


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    """A text without what no database takes: halves of surrogate pairs, and NUL."""
    return value.encode("utf-8", "replace").decode("utf-8").replace("\0", "") if isinstance(value, str) else ""
