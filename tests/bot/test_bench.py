"""A share of `make bench` and `make soak`: that they measure what they say, on real bots and real lines."""

from pathlib import Path

from tests.bench.edge import Size, bars, measure
from tests.bench.soak import soak

GENEROUS_GROWTH = 0.5
"""So short after the start a bot still grows; `make soak` tells what it does in the long run."""


async def test_a_short_bench_has_a_figure_for_every_bar(tmp_path: Path) -> None:
    bots = ("bare", "ours", "serve sqlite")
    size = Size(1, 0.2, 1, 0.2, with_postgresql=False, bots=bots, at_once_slow=16)
    figures = await measure(size, tmp_path, None)
    assert {bar.name: bar.value > 0 for bar in bars(figures)} == {bar.name: True for bar in bars(figures)}
    assert all(one.turns > 0 for rounds in (*figures.fast.values(), *figures.slow.values()) for one in rounds)


async def test_a_short_day_leaves_a_bot_as_small_as_it_was(tmp_path: Path) -> None:
    day = await soak(500, tmp_path, more_people=20, rest=0.05)
    assert day.problems(GENEROUS_GROWTH) == []
    assert day.turns >= 500
    assert day.replies > 250
    assert len(day.looks) == 25
