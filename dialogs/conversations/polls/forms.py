"""Between the form of a poll and the poll: what is filled in is read as if it was said."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dialogs.cards.poll_payloads import StartPoll
from dialogs.language.polling import new_options
from dialogs.texts import poll_starting as texts
from storage.domain.polls import FEWEST_OPTIONS, LONGEST_DAYS, MOST_OPTIONS, NewOption, NewPoll, PollKind, Shown, Whom

TICKED = "true"
"""What a toggle sends that is on."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a form says, and what is wrong with it, in sentences."""

    draft: NewPoll
    mistakes: tuple[str, ...] = ()


def form_of(draft: NewPoll, chosen: str = "") -> StartPoll:
    """The form with what is known of a poll filled in."""
    return StartPoll(
        question=draft.question,
        kind=draft.kind.value,
        options="\n".join(texts.typed(one) for one in draft.options),
        anonymous=_ticked(draft.anonymous),
        may_add=_ticked(draft.may_add),
        shown=draft.shown.value,
        most=str(draft.most or ""),
        quorum=str(draft.quorum or ""),
        closes_on=f"{draft.closes:%Y-%m-%d}" if draft.closes else "",
        closes_at=f"{draft.closes:%H:%M}" if draft.closes else "",
        opens_on=f"{draft.opens:%Y-%m-%d}" if draft.opens else "",
        opens_at=f"{draft.opens:%H:%M}" if draft.opens else "",
        whom=draft.whom.value,
        meeting=draft.meeting_id or 0,
        base=replace(draft, options=(), question=""),
        chosen=chosen,
    )


def _ticked(value: bool) -> str:
    return TICKED if value else ""


def read(form: StartPoll, now: datetime) -> Read:
    """The poll of a form; `now` is local. What is no kind, number or day is told and left as it was."""
    base = form.base or NewPoll(PollKind.SINGLE, "")
    kind, wrong = base.kind, [] if not form.kind or form.kind in set(PollKind) else [texts.MISTAKES["kind"]]
    kind = PollKind(form.kind) if form.kind in set(PollKind) else kind
    options = new_options(form.options, now, kind) if kind is not PollKind.TEMPERATURE else ()
    draft = replace(
        base,
        kind=kind,
        question=" ".join(form.question.split()),
        options=options,
        anonymous=form.anonymous == TICKED,
        may_add=form.may_add == TICKED,
        shown=Shown(form.shown) if form.shown in set(Shown) else base.shown,
        whom=Whom(form.whom) if form.whom in set(Whom) else base.whom,
        meeting_id=form.meeting or base.meeting_id,
        most=_number(form.most) if kind is PollKind.SEVERAL else None,
        quorum=_number(form.quorum),
    )
    draft, late = _timed(draft, form, now)
    return Read(draft, (*wrong, *_missing(draft, form), *late))


def _number(said: str) -> int | None:
    return int(said) if said.strip().isdecimal() and len(said.strip()) < _LONGEST_NUMBER else None


_LONGEST_NUMBER = 5


def _missing(draft: NewPoll, form: StartPoll) -> list[str]:
    """What a poll can not do without, and numbers that are none."""
    found = [] if draft.question else [texts.MISTAKES["question"]]
    if draft.kind is not PollKind.TEMPERATURE:
        found += _options(draft.options, draft.kind)
    most_wrong = draft.kind is PollKind.SEVERAL and form.most.strip() and not _fits(draft.most, len(draft.options))
    found += [texts.MISTAKES["most"]] if most_wrong else []
    return found + ([texts.MISTAKES["quorum"]] if form.quorum.strip() and not draft.quorum else [])


def _fits(most: int | None, options: int) -> bool:
    return most is not None and 0 < most <= options


def _options(options: tuple[NewOption, ...], kind: PollKind) -> list[str]:
    if len(options) < FEWEST_OPTIONS:
        return [texts.MISTAKES["options"]]
    if len(options) > MOST_OPTIONS:
        return [texts.MANY_OPTIONS]
    no_day = next((one.text for one in options if one.day is None), None) if kind is PollKind.DATES else None
    return [texts.no_day(no_day)] if no_day is not None else []


def _timed(draft: NewPoll, form: StartPoll, now: datetime) -> tuple[NewPoll, list[str]]:
    """The same with when it opens and closes, and what is wrong with that."""
    local, longest = now.replace(tzinfo=None), timedelta(days=LONGEST_DAYS)
    wrong: list[str] = []
    times: dict[str, datetime | None] = {}
    for name, earliest in (("opens", local), ("closes", local)):
        try:
            at: datetime | None = getattr(form, name)
        except ValueError:
            at, wrong = None, [*wrong, texts.MISTAKES[name]]
        if at is not None and not earliest < at <= earliest + 2 * longest:
            wrong.append(texts.MISTAKES[name])
        times[name] = at
    opens, closes = times["opens"], times["closes"]
    if not wrong and opens and closes and not opens < closes <= opens + longest:
        wrong.append(texts.MISTAKES["closes"])
    return replace(draft, opens=opens, closes=closes), wrong
