"""How a poll stands as bars, with the same in words for clients that draw none."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from microsoft_teams.cards import (
    CardElement,
    Fact,
    FactSet,
    HorizontalBarChart,
    HorizontalBarChartDataValue,
    StackedHorizontalBarChart,
    StackedHorizontalBarChartData,
    StackedHorizontalBarChartDataPoint,
)

from dialogs.cards.elements import small
from dialogs.texts import polls as texts
from dialogs.texts.words import cut, plain
from storage.domain.polls import Answer, Count, PollKind, PollState, PollView, Tally

LONGEST_BAR = 40
"""Characters beside a bar."""

FIRST: Final = "good"
OTHERS: Final = "categoricalBlue"
"""The colours of what is first, and of the rest."""

Labels: TypeAlias = Mapping[Count, str]


def chart(view: PollView, longest: int) -> list[CardElement]:
    """A bar for each option; nothing where the viewer may not see how it stands.

    While one can vote they stand in the order of the options, so that none jumps; then the best is first.
    """
    tally = view.tally
    if tally is None or tally.hidden or not tally.voters:
        return []
    if view.poll.state is PollState.OPEN:
        tally = replace(tally, counts=tuple(sorted(tally.counts, key=_place)))
    labels = _labels(tally, min(longest, LONGEST_BAR))
    rows = [Fact(title=plain(labels[one]), value=texts.count(one, view.poll.kind)) for one in tally.counts]
    words = FactSet(facts=rows, spacing="Small")
    if view.poll.kind is PollKind.DATES:
        return [_stacked(tally, labels, words)]
    bars = _bars(tally, labels, words)
    return [small(texts.CHART_DUELS), bars] if view.poll.kind is PollKind.RANKING else [bars]


def _place(one: Count) -> int:
    return one.option.position if one.option else one.degree


def _bars(tally: Tally, labels: Labels, words: CardElement) -> CardElement:
    values = [
        HorizontalBarChartDataValue(x=labels[one], y=one.votes, color=FIRST if one.place == 1 else OTHERS)
        for one in tally.counts
    ]
    return HorizontalBarChart(data=values, display_mode="AbsoluteNoAxis", fallback=words)


def _stacked(tally: Tally, labels: Labels, words: CardElement) -> CardElement:
    # The number that Teams writes beside a bar is that of all answers: how many said yes stands in its title.
    titles = {one: texts.BAR_OF_DAY.format(day=labels[one], votes=one.votes) for one in tally.counts}
    bars = [StackedHorizontalBarChartData(title=titles[one], data=_parts(one)) for one in tally.counts]
    return StackedHorizontalBarChart(data=bars, fallback=words)


def _parts(one: Count) -> list[StackedHorizontalBarChartDataPoint]:
    told = ((Answer.YES, one.votes, "good"), (Answer.MAYBE, one.maybe, "warning"), (Answer.NO, one.no, "neutral"))
    return [
        StackedHorizontalBarChartDataPoint(legend=texts.ANSWERS[answer], value=value, color=color)
        for answer, value, color in told
    ]


def _labels(tally: Tally, longest: int) -> Labels:
    """What stands beside each bar. Bars of the same name would be drawn as one, so what is cut gets its number."""
    labels = {one: texts.count_label(one) for one in tally.counts}
    if all(len(label) <= longest for label in labels.values()):
        return labels
    return {one: f"{_place(one)}. {cut(labels[one], longest)}" for one in labels}
