"""Takes parts out of a zip that may be a bomb: everything is counted while it unpacks, whatever the headers say."""

import re
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from storage.domain.uploads import Unread, Unreadable

MOST_UNPACKED = 50_000_000
"""Bytes, of all members together."""

MOST_TIMES = 100
"""How many times as big a member may become as it is packed, and so may all together."""

NEVER_A_BOMB = 4_000_000
"""Unpacked bytes below which the ratio says nothing: a long table packs well, and this much harms nobody."""

MOST_MEMBERS = 2_000
_PIECE = 1 << 16
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_BAD_NAME = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\\|[\x00-\x1f]")
_BROKEN = (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, OverflowError)


def unpack(data: bytes, wanted: re.Pattern[str]) -> dict[str, bytes]:
    """The wanted members that are there, by name; all others are unpacked too, to count them, and dropped.

    :raises Unreadable: when it is broken, locked, dressed up, or a bomb.
    """
    if data.count(_ENTRY) > MOST_MEMBERS:
        raise Unreadable(Unread.SUSPECT)
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            _check_list(members)
            return _read(archive, members, wanted, len(data))
    except _BROKEN as broken:
        raise Unreadable(Unread.BROKEN) from broken
    except RuntimeError as locked:  # what zipfile says of an encrypted member
        raise Unreadable(Unread.LOCKED) from locked


def _check_list(members: list[ZipInfo]) -> None:
    names = [member.orig_filename for member in members]
    if len(names) > MOST_MEMBERS or len({name.lower() for name in names}) < len(names):
        raise Unreadable(Unread.SUSPECT)  # of two with one name, programs read different ones
    for member in members:
        if member.flag_bits & _ENCRYPTED:
            raise Unreadable(Unread.LOCKED)
        if _BAD_NAME.search(member.orig_filename) or member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise Unreadable(Unread.SUSPECT)
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise Unreadable(Unread.SUSPECT)


def _read(archive: ZipFile, members: list[ZipInfo], wanted: re.Pattern[str], packed: int) -> dict[str, bytes]:
    found, unpacked = {}, 0
    for member in members:
        keep = wanted.fullmatch(member.filename) is not None
        kept, size = _read_one(archive, member, keep, MOST_UNPACKED - unpacked)
        unpacked += size
        _check_ratio(unpacked, packed)
        if keep:
            found[member.filename] = kept
    return found


def _read_one(archive: ZipFile, member: ZipInfo, keep: bool, room: int) -> tuple[bytes, int]:
    """What a member holds, if it is to be kept, and its size as it came out."""
    pieces, size = [], 0
    with archive.open(member) as opened:
        while piece := opened.read(_PIECE):
            size += len(piece)
            if size > room:
                raise Unreadable(Unread.SUSPECT)
            _check_ratio(size, member.compress_size)
            if keep:
                pieces.append(piece)
    return b"".join(pieces), size


def _check_ratio(unpacked: int, packed: int) -> None:
    if unpacked > NEVER_A_BOMB and unpacked > MOST_TIMES * packed:
        raise Unreadable(Unread.SUSPECT)
