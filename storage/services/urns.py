"""The urn of an anonymous poll: all ballots in one sealed box, in an order that tells nothing.

The ballots are as long as each other and stand sorted, so that neither their place nor the length of the box tells
which one was added; each time the box is sealed anew, so that nobody without the key can compare it with how it was.
The key is not in the database: whoever reads that, or a backup of it, sees who voted, but never what. Who has both the
key and two copies of the database from just before and after a vote can tell what was added, and the log that a
database writes of its changes holds such copies: the key belongs elsewhere than backups do.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.domain.ballots import packed, unpacked
from storage.domain.polls import MOST_OPTIONS, Ballot, Poll
from storage.domain.refusals import NoUrn
from storage.unit_of_work import UnitOfWork

NONCE, TAG = 12, 16
"""Bytes that make each sealing differ, and bytes that show that it is whole (AES-GCM, NIST SP 800-38D)."""

SHORTEST_SECRET = 32
"""Characters or bytes of the secret that all keys are derived from."""


def sealed(poll_id: int, ballots: bytes, secret: bytes | None) -> bytes:
    """Ballots, packed one after the other, as the box that is kept. Raises NoUrn without a secret."""
    rows = sorted(ballots[at : at + MOST_OPTIONS] for at in range(0, len(ballots), MOST_OPTIONS))
    nonce = secrets.token_bytes(NONCE)
    return nonce + _lock(poll_id, secret).encrypt(nonce, b"".join(rows), _about(poll_id))


def opened(poll_id: int, box: bytes | None, secret: bytes | None) -> bytes:
    """What is in a box. Raises NoUrn when it was sealed with another secret, or of another poll, or damaged."""
    lock = _lock(poll_id, secret)
    if box is None or len(box) < NONCE + TAG:
        raise NoUrn
    try:
        return lock.decrypt(box[:NONCE], box[NONCE:], _about(poll_id))
    except InvalidTag as error:
        raise NoUrn from error


def cast(unit: UnitOfWork, poll: Poll, ballot: Ballot, secret: bytes | None) -> bytes:
    """The urn of a locked poll with one ballot more. Raises NoUrn."""
    return sealed(poll.id, _held(unit, poll, secret) + packed(poll, ballot), secret)


def emptied(unit: UnitOfWork, poll: Poll, secret: bytes | None) -> list[Ballot]:
    """The ballots in the urn of a poll. Raises NoUrn, also when there are not as many as people who voted."""
    return unpacked(poll, _held(unit, poll, secret))


def _held(unit: UnitOfWork, poll: Poll, secret: bytes | None) -> bytes:
    held = opened(poll.id, unit.polls.urn(poll.id), secret)
    if len(held) != poll.voters * MOST_OPTIONS:  # somebody put an older urn back
        raise NoUrn
    return held


def _lock(poll_id: int, secret: bytes | None) -> AESGCM:
    if secret is None:
        raise NoUrn
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=b"urn " + _about(poll_id)).derive(secret))


def _about(poll_id: int) -> bytes:
    return f"poll {poll_id}".encode()
