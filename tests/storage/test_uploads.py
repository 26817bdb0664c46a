"""Files that people give the bot to read: claimed by one, taken up again, given up on, told once; and what waits."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select

from storage.domain.people import Viewer
from storage.domain.refusals import NotKnown
from storage.domain.uploads import LEASE, MOST_TRIES, MOST_WAITING, ReportFound, Sent, Unread, UploadState
from storage.services.house import House
from storage.services.uploads import KEPT
from storage.tables.agenda import DraftRow
from storage.tables.notices import NoticeRow
from storage.tables.reports import UploadRow
from tests.conftest import NOW
from tests.storage.support import MEMBER, ROOS, TARIK, bring, network, rows, viewer

FILE = Sent("verslag.docx", "https://duinen-my.sharepoint.com/verslag?tempauth=geheim")
FOUND = ReportFound("verslag.docx", "Besluit: we starten", NOW, "Verslag", NOW.date(), 2, 1, 0, ("An", "Piet"))


@pytest_asyncio.fixture(loop_scope="session")
async def roos(house: House) -> Viewer:
    """Who coordinates."""
    await bring(house, network())
    return await viewer(house, ROOS)


async def ask(house: House, by: Viewer, *files: Sent, key: str = "") -> tuple[int, ...]:
    """Somebody sends files, or the usual one."""
    return await house.uploads.ask(files or [FILE], by, "a:chat", NOW, key=key)


async def told(house: House) -> list[tuple[str, str]]:
    """The kinds and subjects of what was planned to be said."""
    return await rows(house, select(NoticeRow.kind, NoticeRow.subject))


async def test_what_was_read_is_told_once_and_its_address_is_forgotten(house: House, roos: Viewer) -> None:
    (id_,) = await ask(house, roos)
    upload = await house.uploads.next("een", NOW)
    assert upload is not None
    assert (upload.id, upload.name, upload.url, upload.state) == (id_, *("verslag.docx", FILE.url), UploadState.READING)
    assert await house.uploads.next("twee", NOW) is None
    assert await house.uploads.read(id_, "een", FOUND, NOW)
    assert not await house.uploads.read(id_, "een", FOUND, NOW)
    assert await told(house) == [("upload_read", str(id_))]
    assert await rows(house, select(UploadRow.state, UploadRow.url)) == [("read", "")]
    assert await house.uploads.waiting(f"u{id_}", roos) == FOUND
    assert await house.uploads.next("een", NOW + LEASE * 2) is None


async def test_who_went_down_is_followed_by_another_whose_reading_counts(house: House, roos: Viewer) -> None:
    (id_,) = await ask(house, roos)
    assert await house.uploads.next("een", NOW) is not None
    later = NOW + LEASE + timedelta(seconds=1)
    again = await house.uploads.next("twee", later)
    assert again is not None
    assert again.id == id_
    assert not await house.uploads.read(id_, "een", FOUND, later)
    assert not await house.uploads.refused(id_, "een", Unread.BROKEN, later)
    assert await told(house) == []
    assert await house.uploads.read(id_, "twee", FOUND, later)
    assert len(await told(house)) == 1


async def test_a_file_at_which_everybody_goes_down_is_refused_after_three_tries(house: House, roos: Viewer) -> None:
    (id_,) = await ask(house, roos)
    now = NOW
    for _ in range(MOST_TRIES):
        assert await house.uploads.next("een", now) is not None
        now += LEASE + timedelta(seconds=1)
    assert await house.uploads.next("een", now) is None
    assert await told(house) == [("upload_read", str(id_))]
    found = await house.uploads.told(id_)
    assert found is not None
    assert (found[0].state, found[0].reason, found[0].url) == (UploadState.REFUSED, Unread.TOO_HEAVY, "")
    assert found[1] == roos.person
    assert await house.uploads.next("een", now + LEASE) is None


async def test_two_that_look_at_the_same_moment_get_different_files(house: House, roos: Viewer) -> None:
    ids = await ask(house, roos, FILE, replace(FILE, name="twee.pdf"))
    both = await asyncio.gather(*(house.uploads.next(owner, NOW) for owner in ("een", "twee")))
    got = {one.id for one in both if one is not None}
    more = await house.uploads.next("drie", NOW)  # one may have looked while the other held the row
    assert got | ({more.id} if more else set()) == set(ids)
    assert len(got) + (more is not None) == len(ids)


async def test_the_same_message_twice_is_once_and_more_than_some_wait_outside(house: House, roos: Viewer) -> None:
    first = await ask(house, roos, key="bericht-1")
    assert await ask(house, roos, key="bericht-1") == first
    many = [replace(FILE, name=f"{number}.docx") for number in range(MOST_WAITING + 2)]
    assert len(await ask(house, roos, *many, key="bericht-2")) == MOST_WAITING - 1
    assert await ask(house, roos, key="bericht-3") == ()
    assert len(await ask(house, await viewer(house, TARIK))) == 1
    with pytest.raises(NotKnown):
        await ask(house, MEMBER)


async def test_a_refusal_says_why_and_what_is_no_report_is_refused_for_no_reason(house: House, roos: Viewer) -> None:
    scan, empty = await ask(house, roos, FILE, FILE)
    for _ in range(2):
        await house.uploads.next("een", NOW)
    assert await house.uploads.refused(scan, "een", Unread.SCAN, NOW)
    assert await house.uploads.read(empty, "een", ReportFound("leeg.txt", "Dag allemaal", NOW), NOW)
    found = [await house.uploads.told(one) for one in (scan, empty)]
    assert [(one[0].state, one[0].reason) for one in found if one] == [
        (UploadState.REFUSED, Unread.SCAN),
        (UploadState.REFUSED, None),
    ]
    assert await house.uploads.waiting(f"u{empty}", roos) is None


async def test_what_waits_is_its_senders_alone_until_it_is_dropped(house: House, roos: Viewer) -> None:
    await house.uploads.keep("t1", FOUND, roos, NOW)
    await house.uploads.keep("t2", replace(FOUND, day=None, meeting_id=7), roos, NOW)
    assert await house.uploads.waiting("t1", await viewer(house, TARIK)) is None
    assert await house.uploads.waiting("t1", MEMBER) is None
    await house.uploads.drop("t1", roos)
    assert await house.uploads.waiting("t1", roos) is None
    assert await house.uploads.waiting("t2", roos) == replace(FOUND, day=None, meeting_id=7)


async def test_that_somebody_sent_a_file_is_forgotten_after_a_month(house: House, roos: Viewer) -> None:
    await ask(house, roos)
    await house.uploads.keep("t1", FOUND, roos, NOW)
    await house.uploads.forget_old(NOW + KEPT - timedelta(hours=1))
    assert len(await rows(house, select(UploadRow.id))) == 1
    await house.uploads.forget_old(NOW + KEPT + timedelta(hours=1))
    await house.retention.forget_old(NOW + KEPT)
    assert await rows(house, select(UploadRow.id)) == []
    assert await rows(house, select(DraftRow.what)) == []


async def test_who_reads_is_woken_as_soon_as_there_is_something(house: House, roos: Viewer) -> None:
    woken: list[int] = []
    house.uploads.on_asked(lambda: woken.append(1))
    await ask(house, roos)
    assert woken == [1]
