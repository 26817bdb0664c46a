"""Forgetting what was typed about people once nobody needs it any more."""

from datetime import datetime, timedelta

from storage.repositories.agenda_talk import OldCases
from storage.unit_of_work import UnitOfWork, Units

KEPT = timedelta(days=180)
"""How long after a meeting its reasons and remarks are kept, and what was said about its points."""

CASES_ON_THE_SHELF = timedelta(days=90)
"""How long a case waits for a meeting before its text is forgotten."""

CASES_TAKEN_BACK = timedelta(days=7)
"""How long the text of a case that was taken back is kept, so that it can be put back."""

CASES_SETTLED_WITHIN = timedelta(days=7)
"""So long after a meeting is kept, whatever the rule says, what nobody settled yet: it may go on to a next one."""

LINES_TAKEN_AWAY = timedelta(days=30)
"""How long the text of a line of a report that was taken away is kept, so that it can be put back."""

DRAFTS = timedelta(days=7)
"""How long is kept what somebody is still entering."""


class Retention:
    """What is forgotten about meetings that are long over."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def forget_old(self, now: datetime) -> None:
        """Forget why somebody was excused, and what was noted with them or said about points, half a year after.

        And the texts of cases, as many days after as the rule of the kind of meeting says, or after 90 days in the
        backlog; their titles stay. What reports say of cases goes as many days after their meeting, titles too, and
        what was taken out of reports a month after that. And drafts that nobody went on with for a week, and what was
        promised for meetings that are over. Who voted what, and who could, half a year after a poll; its result stays.
        """

        def work(unit: UnitOfWork) -> None:
            unit.registrations.forget_words(now - KEPT)
            unit.agenda_talk.forget_comments(now - KEPT)
            unit.agenda_talk.forget_cases(_old_cases(unit, now), now)
            _forget_in_reports(unit, now)
            unit.actions.forget_remarks(now - KEPT)
            unit.drafts.forget_before(now - DRAFTS)
            unit.agendas.forget_promises(now)
            _forget_of_polls(unit, now)

        await self._units.write(work)


def _forget_of_polls(unit: UnitOfWork, now: datetime) -> None:
    old = unit.poll_times.old(now - KEPT)
    if old:
        unit.poll_times.forget(old, now)
    unit.poll_times.forget_series(now - KEPT)


def _forget_in_reports(unit: UnitOfWork, now: datetime) -> None:
    ended = {kind: now - timedelta(days=rules.case_days) for kind, rules in unit.rules.all().items()}
    for meeting_id in unit.report_history.with_old_cases(ended):
        unit.seats.locked(meeting_id)
        unit.report_history.forget_cases(meeting_id, now)
    unit.report_history.forget_removed(now - LINES_TAKEN_AWAY, now)


def _old_cases(unit: UnitOfWork, now: datetime) -> OldCases:
    kept = {kind: timedelta(days=rules.case_days) for kind, rules in unit.rules.all().items()}
    return OldCases(
        settled={kind: now - days for kind, days in kept.items()},
        unsettled={kind: now - max(days, CASES_SETTLED_WITHIN) for kind, days in kept.items()},
        shelved=now - CASES_ON_THE_SHELF,
        taken_back=now - CASES_TAKEN_BACK,
    )
