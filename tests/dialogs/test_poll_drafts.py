"""Drafts of polls that come back from a client: what no card of ours holds is no draft."""

from typing import Any

import pytest

from dialogs.cards.payloads import read_payload
from dialogs.cards.poll_payloads import MOST_NAMED, StartPoll

ASKED: dict[str, Any] = {"kind": "single", "question": "Welk thema?", "options": [{"text": "a"}, {"text": "b"}]}
TAMPERED: tuple[dict[str, Any], ...] = (
    {"closes": "2026-11-30T16:00:00+02:00"},
    {"opens": "2026-11-30T16:00:00Z"},
    {"kind": "dates", "options": [{"day": "2026-12-04", "starts": "09:00:00+02:00", "ends": "10:00:00"}]},
    {"whom": "people", "people": [10**30]},
    {"whom": "people", "people": [0]},
    {"whom": "people", "people": list(range(1, MOST_NAMED + 2))},
    {"whom": "participants", "meeting_id": 10**30},
    {"rhythm": {"count": 2, "start": "9999-12-01", "months": 1}},
)


@pytest.mark.parametrize("tampered", TAMPERED, ids="-".join)
def test_what_no_card_of_ours_holds_is_no_draft(tampered: dict[str, Any]) -> None:
    draft = {**ASKED, **tampered}
    assert read_payload({"action": "send_poll", "draft": draft}) is None
    assert read_payload({"action": "start_poll", "base": draft}) is None
    assert read_payload({"action": "send_poll", "draft": ASKED}) is not None


def test_an_hour_of_another_zone_is_none_that_a_calendar_gives() -> None:
    form = StartPoll(closes_on="2026-11-30", closes_at="16:00+02:00")
    with pytest.raises(ValueError, match="zone"):
        _ = form.closes
