"""Sends: messages to a conversation, a person in private, and questions to the roster."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import aiohttp

from bot.teams.activities import Incoming, Json, Sender
from bot.teams.tokens import Tokens
from dialogs.turn import Message
from storage.domain.people import Account

CARD = "application/vnd.microsoft.card.adaptive"
TIME_LIMIT = aiohttp.ClientTimeout(total=15)
NOT_FOUND = 404


class NotDelivered(Exception):
    """The connector refused, or may not be written to; the message gives its status or the address."""


class Messenger:
    """Writes to Teams through the connector of a service URL."""

    def __init__(self, session: aiohttp.ClientSession, tokens: Tokens, allows: Callable[[str], bool]) -> None:
        self._session, self._tokens, self._allows = session, tokens, allows

    async def reply(self, incoming: Incoming, message: Message) -> None:
        """Answer where an activity came from, in its thread. Raises NotDelivered."""
        activity = _activity(message, incoming.bot_id, incoming.conversation_id)
        activity["recipient"] = {"id": incoming.sender.id, "name": incoming.sender.name}
        path = f"v3/conversations/{quote(incoming.conversation_id, safe='')}/activities"
        if incoming.id and incoming.type == "message":
            activity["replyToId"] = incoming.id
            path += f"/{quote(incoming.id, safe='')}"
        await self._call("POST", incoming.place.service_url, path, activity)

    async def whisper(self, incoming: Incoming, message: Message) -> None:
        """Write to the sender of an activity in their personal chat. Raises NotDelivered."""
        tenant = incoming.place.tenant_id
        created = await self._call(
            "POST",
            incoming.place.service_url,
            "v3/conversations",
            {
                "isGroup": False,
                "bot": {"id": incoming.bot_id},
                "members": [{"id": incoming.sender.id}],
                "tenantId": tenant,
                "channelData": {"tenant": {"id": tenant}},
            },
        )
        conversation_id = str((created or {}).get("id", ""))
        if not conversation_id:
            raise NotDelivered("no conversation")
        path = f"v3/conversations/{quote(conversation_id, safe='')}/activities"
        await self._call("POST", incoming.place.service_url, path, _activity(message, incoming.bot_id, conversation_id))

    async def account(self, service_url: str, conversation_id: str, sender: Sender) -> Account | None:
        """The Teams account of somebody in a conversation's or team's roster; None when they are not in it.

        Raises NotDelivered when the roster can't be read.
        """
        path = f"v3/conversations/{quote(conversation_id, safe='')}/members/{quote(sender.id, safe='')}"
        member = await self._call("GET", service_url, path)
        return _account(member, sender) if member else None

    async def _call(self, method: str, service_url: str, path: str, body: Json | None = None) -> Json | None:
        if not self._allows(service_url):
            raise NotDelivered(f"{service_url} is not allowed")
        token = await self._tokens.token()
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = f"{service_url.rstrip('/')}/{path}"
        try:
            async with self._session.request(
                method, _exact(url), json=body, headers=headers, timeout=TIME_LIMIT, allow_redirects=False
            ) as response:
                if response.status == NOT_FOUND and method == "GET":
                    return None
                if not response.ok:
                    raise NotDelivered(f"HTTP {response.status}")
                return _object(await response.read())
        except (aiohttp.ClientError, TimeoutError) as error:
            raise NotDelivered(type(error).__name__) from error


def _object(body: bytes) -> Json:
    """The object in an answer. Empty when there is none: what was sent has arrived, whatever is answered to it."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _exact(url: str) -> Any:
    from yarl import URL  # noqa: PLC0415 - aiohttp's own URL type; kept here, where encoding matters

    return URL(url, encoded=True)


def _activity(message: Message, bot_id: str, conversation_id: str) -> dict[str, Any]:
    activity: dict[str, Any] = {
        "type": "message",
        "from": {"id": bot_id},
        "conversation": {"id": conversation_id},
        "text": message.text,
        "textFormat": "markdown",
        "locale": "nl-BE",
    }
    if message.card is not None:
        activity["attachments"] = [{"contentType": CARD, "content": dict(message.card)}]
    return activity


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
