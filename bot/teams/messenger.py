"""Sends: messages to a conversation or a person in private, updates of them, and questions to the roster."""

import re
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

from bot.teams.activities import Incoming, Json, Sender
from bot.teams.connector import Connector
from bot.teams.failures import Dead, Rejected
from dialogs.turn import FileGiven, FileOffer, Message
from storage.domain.people import Account
from storage.domain.places import Place, PlaceKind

CARD = "application/vnd.microsoft.card.adaptive"
FILE_CONSENT = "application/vnd.microsoft.teams.card.file.consent"
FILE_INFO = "application/vnd.microsoft.teams.card.file.info"
_MARKUP = re.compile(r"[*\\]")

PAGE = 200
"""Members that are asked for at once."""

MOST_PAGES = 100


class Messenger:
    """Writes to Teams."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def reply(self, incoming: Incoming, message: Message) -> None:
        """Answer where an activity came from, in its thread; tried again while it can't have arrived.

        Raises NotDelivered.
        """
        activity = _activity(message, incoming.bot_id, incoming.conversation_id)
        await self._connector.insist(lambda: self._answer(incoming, activity))

    async def typing(self, incoming: Incoming) -> None:
        """Show that an answer is coming. Raises NotDelivered."""
        await self._answer(incoming, _bare("typing", incoming.bot_id, incoming.conversation_id))

    async def _answer(self, incoming: Incoming, activity: Json) -> Json:
        path = _activities(incoming.conversation_id)
        addressed = {**activity, "recipient": {"id": incoming.sender.id, "name": incoming.sender.name}}
        if incoming.id and incoming.type == "message":
            addressed["replyToId"] = incoming.id
            path += f"/{quote(incoming.id, safe='')}"
        place = incoming.place
        return await self._connector.call("POST", place.service_url, path, addressed, place.conversation_id)

    async def whisper(self, incoming: Incoming, message: Message) -> Place:
        """Write to the sender of an activity in their personal chat, which is returned. Raises NotDelivered."""
        chat = await self.personal_chat(incoming.place, incoming.bot_id, incoming.sender.id, incoming.sender.entra_id)
        activity, path = _activity(message, incoming.bot_id, chat.conversation_id), _activities(chat.conversation_id)
        await self._connector.insist(
            lambda: self._connector.call("POST", chat.service_url, path, activity, chat.conversation_id)
        )
        return chat

    async def personal_chat(self, place: Place, bot_id: str, teams_id: str, entra_id: str | None) -> Place:
        """The personal chat with somebody whom the bot met in `place`: made when there is none. Raises NotDelivered."""
        tenant = place.tenant_id
        wanted = {
            "isGroup": False,
            "bot": {"id": bot_id},
            "members": [{"id": teams_id}],
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }
        # Teams gives the same chat each time, so that asking again does no harm.
        created = await self._connector.insist(
            lambda: self._connector.call("POST", place.service_url, "v3/conversations", wanted),
            again_when_uncertain=True,
        )
        conversation_id = str(created.get("id", ""))
        if not conversation_id:
            raise Rejected("no conversation")
        return Place(conversation_id, PlaceKind.PERSONAL, place.service_url, tenant, bot_id=bot_id, entra_id=entra_id)

    async def may_write(self, place: Place) -> None:
        """Wait until the bot may `post` or `update` in this place by itself. Raises Throttled when that is long."""
        await self._connector.may_write(place.conversation_id)

    async def may_call(self) -> None:
        """Wait until the bot may make any other call by itself."""
        await self._connector.may_call()

    async def post(self, place: Place, conversation_id: str, message: Message) -> str:
        """Write in a place, in the thread that `conversation_id` may name: once. The id of what was posted.

        It leaves when the bot may call: only here, because a commit may come between `may_write` and this.
        Raises NotDelivered; see `failures` for what may be done then.
        """
        activity = _activity(message, place.bot_id or "", conversation_id)
        await self._connector.may_call()
        answer = await self._connector.call(
            "POST", place.service_url, _activities(conversation_id), activity, place.conversation_id
        )
        return str(answer.get("id", ""))

    async def update(self, place: Place, conversation_id: str, activity_id: str, message: Message) -> None:
        """Replace what was posted. Raises NotDelivered."""
        activity = {**_activity(message, place.bot_id or "", conversation_id), "id": activity_id}
        path = f"{_activities(conversation_id)}/{quote(activity_id, safe='')}"
        await self._connector.may_call()
        await self._connector.call("PUT", place.service_url, path, activity, place.conversation_id)

    async def account(self, service_url: str, conversation_id: str, sender: Sender) -> Account | None:
        """The Teams account of somebody in a conversation's or team's roster; None when they are not in it.

        Raises NotDelivered when the roster can't be read.
        """
        path = f"v3/conversations/{quote(conversation_id, safe='')}/members/{quote(sender.id, safe='')}"
        try:
            member = await self._connector.insist(
                lambda: self._connector.call("GET", service_url, path), again_when_uncertain=True
            )
        except Dead as error:
            if error.code.startswith("404"):
                return None
            raise
        return _account(member, sender) if member else None

    async def roster(self, place: Place) -> AsyncIterator[tuple[str, Account]]:
        """Everybody in a conversation or team: Teams id and account; waits before each page until the bot may call.

        Raises NotDelivered.
        """
        path = f"v3/conversations/{quote(place.conversation_id, safe='')}/pagedmembers?pageSize={PAGE}"
        token = ""
        for _ in range(MOST_PAGES):
            where = path + (f"&continuationToken={quote(token, safe='')}" if token else "")
            await self._connector.may_call()
            page = await self._page(place, where)
            members = page.get("members")
            for member in members if isinstance(members, list) else ():
                found = _member(member)
                if found is not None:
                    yield found
            token = str(page.get("continuationToken") or "")
            if not token:
                return

    async def _page(self, place: Place, path: str) -> Json:
        return await self._connector.insist(
            lambda: self._connector.call("GET", place.service_url, path), again_when_uncertain=True
        )


def _activities(conversation_id: str) -> str:
    return f"v3/conversations/{quote(conversation_id, safe='')}/activities"


def plain(text: str) -> str:
    """A text without the signs of Markdown, for where Teams shows them as they are."""
    return _MARKUP.sub("", text)


def _bare(kind: str, bot_id: str, conversation_id: str) -> dict[str, Any]:
    return {"type": kind, "from": {"id": bot_id}, "conversation": {"id": conversation_id}}


def _activity(message: Message, bot_id: str, conversation_id: str) -> dict[str, Any]:
    said = {"summary": plain(message.text)} if message.card_only else {"text": message.text, "textFormat": "markdown"}
    activity: dict[str, Any] = {**_bare("message", bot_id, conversation_id), **said, "locale": "nl-BE"}
    attachments = [{"contentType": CARD, "content": dict(message.card)}] if message.card is not None else []
    if message.file is not None:
        attachments.append(_file(message.file))
    if attachments:
        activity["attachments"] = attachments
    return activity


def _file(file: FileOffer | FileGiven) -> dict[str, Any]:
    """The card with which Teams asks whether somebody wants a file, or shows one that it has."""
    if isinstance(file, FileGiven):
        content: dict[str, Any] = {"uniqueId": file.unique_id, "fileType": file.kind}
        return {"contentType": FILE_INFO, "contentUrl": file.url, "name": file.name, "content": content}
    context = {"meeting": file.meeting_id}
    content = {"description": file.description, "sizeInBytes": file.size}
    content |= {"acceptContext": context, "declineContext": context}
    return {"contentType": FILE_CONSENT, "name": file.name, "content": content}


def _member(member: object) -> tuple[str, Account] | None:
    """A roster's member as Teams id and account; None for what is no person, such as another bot."""
    if not isinstance(member, dict):
        return None
    teams_id, entra_id = (str(member.get(name) or "") for name in ("id", "aadObjectId"))
    entra_id = (entra_id or str(member.get("objectId") or "")).lower()
    if not teams_id or not entra_id:
        return None
    account = _account(member, Sender(teams_id, "", entra_id))
    return (teams_id, account) if account else None


def _account(member: Json, sender: Sender) -> Account | None:
    entra_id = str(member.get("aadObjectId") or member.get("objectId") or "").lower()
    if not sender.entra_id or entra_id not in {"", sender.entra_id}:
        return None
    addresses = [str(member.get(name) or "") for name in ("email", "userPrincipalName")]
    emails = [address for one in addresses for address in _addresses(one)]
    return Account(sender.entra_id, str(member.get("name") or sender.name), tuple(dict.fromkeys(emails)))


def _addresses(address: str) -> list[str]:
    """A mail address, or the one inside a guest's name: "els_clb.example#EXT#@ours.example" is els@clb.example."""
    lower = address.strip().lower()
    if "#ext#" in lower:
        user, _, domain = lower.split("#ext#")[0].rpartition("_")
        return [f"{user}@{domain}"] if user and domain else []
    return [lower] if "@" in lower else []
