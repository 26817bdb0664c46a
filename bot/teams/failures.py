"""Why something could not be sent to Teams, sorted by what one may do about it.

NotDelivered
├── Unreachable     nothing left this machine: no address, no connection, no token. It may be tried again
├── Throttled       "too many" (429). It may be tried again, after the seconds that Teams asks for
├── Conflict        Teams was busy with the same thing (412). It may be tried again
├── Dead            nobody can be written to there any more (403, 404)
├── Rejected        Teams does not take this message (other 4xx), or the address may not be written to
└── Uncertain       it may have arrived (408, 5xx, silence, a broken connection). A message is never sent again
"""

import json
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from time import time

LONGEST_PAUSE = 3600.0
"""Seconds: what Teams asks for beyond this is not believed."""

USUAL_PAUSE = 2.0
"""Seconds to wait after "too many" without saying how long."""


class NotDelivered(Exception):
    """A call to Teams that did not succeed; `code` is short, for logs and lists, and names nobody.

    `certain`: it certainly had no effect. `hopeless`: trying again would not help.
    """

    certain = True
    hopeless = False

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unreachable(NotDelivered):
    """Nothing was sent."""


class Throttled(NotDelivered):
    """Too many; `after` is how many seconds to wait."""

    def __init__(self, code: str, after: float) -> None:
        super().__init__(code)
        self.after = after


class Conflict(NotDelivered):
    """Teams was busy with the same thing."""


class Dead(NotDelivered):
    """Nobody can be written to there any more."""

    hopeless = True


class Rejected(NotDelivered):
    """Teams does not take this, or we may not call there."""

    hopeless = True


class Uncertain(NotDelivered):
    """It may have arrived."""

    certain = False


def refusal(status: int, headers: Mapping[str, str], body: bytes) -> NotDelivered:
    """What an HTTP answer other than 2xx means."""
    code = f"{status} {_error_code(body)}".strip()
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Throttled(code, _pause(headers.get("Retry-After", "")))
    if status == HTTPStatus.PRECONDITION_FAILED:
        return Conflict(code)
    if status in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}:
        return Dead(code)
    if status == HTTPStatus.REQUEST_TIMEOUT or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Uncertain(code)
    return Rejected(code)


def _error_code(body: bytes) -> str:
    """Teams' own name for what is wrong, such as ConversationBlockedByUser: letters and digits only."""
    try:
        found = json.loads(body)["error"]["code"]
    except (ValueError, RecursionError, KeyError, TypeError):
        return ""
    return found[:40] if isinstance(found, str) and found.isalnum() and found.isascii() else ""


def _pause(retry_after: str) -> float:
    """Seconds in a Retry-After header, which may also hold a date."""
    try:
        seconds = float(retry_after)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(retry_after).timestamp() - time()
        except (ValueError, TypeError, OverflowError):
            return USUAL_PAUSE
    return min(max(seconds, 0.0), LONGEST_PAUSE) if seconds == seconds else USUAL_PAUSE  # noqa: PLR0124 - not NaN
