"""Series of meetings: days proposed on a rhythm, chosen on a card, and made in one go."""

from dataclasses import replace
from datetime import date

from dialogs.cards.plan_form import FORM, Read, read_form, with_usual
from dialogs.cards.plan_payloads import MakeSeries
from dialogs.cards.planning import series_card
from dialogs.conversations import gate
from dialogs.language.dates.school import is_school_day
from dialogs.language.planning import new_meeting
from dialogs.language.planning import series as rhythm_of
from dialogs.language.understanding import Understanding
from dialogs.texts import planning as texts
from dialogs.texts.meetings import KIND_NAMES
from dialogs.texts.refusals import sentence
from dialogs.turn import Reply, Turn, whisper
from storage.domain.meetings import MeetingKind
from storage.domain.planning import NewMeeting
from storage.domain.refusals import IdentifiesSomebody, NotCoordinator, Refusal
from storage.domain.series import MOST, Proposed, proposed
from storage.services.house import House

_SATURDAY = 5


async def propose(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Show the days that a rhythm gives, without those of school holidays and public holidays."""
    if not turn.viewer.is_coordinator:
        return whisper(sentence(NotCoordinator()))
    text = turn.text if asked.text in " ".join(turn.text.split()) else asked.text
    rhythm = rhythm_of(text, turn.now)
    if rhythm is None:
        return whisper(texts.NO_RHYTHM)
    days = proposed(rhythm, _in_school_holiday)
    if not days:
        return whisper(texts.NO_DAYS)
    said = new_meeting(text, turn.now, await house.names.at(turn.network, turn.now, for_coordinator=True))
    kind = MeetingKind(said.get("kind", MeetingKind.INTERVISIE))
    form = {"kind": kind.value, "title": KIND_NAMES[kind], **with_usual(said, await house.planning.usual(kind))}
    return whisper(texts.series(days, min(rhythm.count, MOST)), series_card(form, days))


async def make(house: House, turn: Turn, payload: MakeSeries) -> Reply:
    """Make a meeting on every chosen day, all or none; with mistakes, the form comes back."""
    if not turn.viewer.is_coordinator:
        return whisper(sentence(NotCoordinator()))
    form = {name: getattr(payload, name) for name in FORM} | {"days": payload.days}
    days = list(dict.fromkeys(day for day in payload.days.split(",") if day))[:MOST]
    if not days:
        return whisper(texts.NO_DAY_CHOSEN, series_card(form, _choices(payload)))
    names = await house.names.at(turn.network, turn.now, for_coordinator=True)
    reads = [read_form({**form, "day": day}, turn.now.tzinfo, names, turn.now) for day in days]
    wrong = next((read.mistakes for read in reads if read.mistakes), ())
    if wrong:
        return whisper(texts.mistakes(wrong, form), series_card(form, _choices(payload), wrong))
    try:
        made = await house.planning.create_all(
            [_new(read) for read in reads], turn.viewer, turn.now, chosen=payload.chosen
        )
    except IdentifiesSomebody as refusal:
        return gate.caught(turn, refusal, payload, gate.KEEP, retyped=True)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return whisper(texts.made_all(made)).remembering(replace(turn.memory, meeting_id=made[0].id))


def _new(read: Read) -> NewMeeting:
    return NewMeeting(**read.values)


def _choices(payload: MakeSeries) -> tuple[Proposed, ...]:
    """The days that were proposed; what is none was put there by somebody else."""
    found = []
    for said in payload.choices.split(",")[:MOST]:
        try:
            found.append(Proposed(date.fromisoformat(said)))
        except ValueError:
            continue
    return tuple(found)


def _in_school_holiday(day: date) -> bool:
    return day.weekday() < _SATURDAY and not is_school_day(day)
