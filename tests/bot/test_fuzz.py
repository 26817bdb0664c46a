"""A share of `make fuzz`: generated requests, most of them wrong, at a bot as in production."""

from pathlib import Path

from tests.fuzz.run import fuzz

CASES = 200
SEED = 20261121


async def test_what_a_stranger_sends_gets_the_right_answer_and_the_bot_goes_on(tmp_path: Path) -> None:
    report = await fuzz(SEED, range(CASES), tmp_path)
    assert report.problems() == []
    assert report.statuses.total() == CASES
    assert {200, 400, 401, 403, 413, 415} <= report.statuses.keys()
