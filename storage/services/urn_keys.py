"""The secret under which anonymous votes are sealed: from the settings, or for SQLite from a file beside its own."""

import logging
import os
import secrets
from contextlib import suppress
from pathlib import Path

from sqlalchemy import URL

from storage.services.urns import SHORTEST_SECRET

log = logging.getLogger(__name__)

ENDING = ".key"
"""What the name of the key's file has more than that of the database."""


def secret_for(url: URL, said: str = "") -> bytes | None:
    """The secret of the bot at this database: what the settings say, else what is in the file beside it.

    That file is made where there is none yet. None: there is no secret, so that there are no anonymous polls.
    """
    if said:
        return said.encode(errors="surrogateescape")
    file = key_file(url)
    if file is None:
        return None
    try:
        if not file.exists():
            _make(file)
        secret = file.read_bytes().strip()
    except OSError as error:
        log.warning("no key for anonymous polls: %s", type(error).__name__)
        return None
    if len(secret) < SHORTEST_SECRET:  # somebody emptied it; another one would not open what was sealed with it
        log.warning("no key for anonymous polls: its file is damaged")
        return None
    return secret


def key_file(url: URL) -> Path | None:
    """Where the key of a database in a file is; None for any other: replicas must share one, and so be told it."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    file = Path(url.database)
    return file.with_name(file.name + ENDING)


def is_usable(url: URL, said: str = "") -> bool:
    """Whether there is a secret, or one can be made; no file is left behind that was not there.

    Whoever looks need not be the bot: a file that they make would be closed to it.
    """
    file = key_file(url)
    if said or file is None:
        return bool(said)
    try:
        if file.exists():
            return len(file.read_bytes().strip()) >= SHORTEST_SECRET
        trial = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        _make(trial)
        trial.unlink()
    except OSError:
        return False
    return True


def _make(file: Path) -> None:
    """A new secret in its file, as a whole or not at all; of several who make it at once, the first one's."""
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as written:
            written.write(secrets.token_hex(32).encode())
            written.flush()
            os.fsync(written.fileno())
        with suppress(FileExistsError):
            os.link(draft, file)  # which never takes the place of another
    finally:
        draft.unlink()
