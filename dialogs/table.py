"""The table from intent, button or open question to the conversation that handles it."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, TypeAlias

from dialogs.cards.invite_payloads import DecideInvitation, DecideRule, SaveRules
from dialogs.cards.payloads import (
    AddWalkIn,
    BringGuest,
    ChangeSeats,
    ConfirmWalkIn,
    DecideSeat,
    Enrol,
    LetBe,
    NoteRemark,
    Payload,
    ShowRoll,
    SignOff,
    StepIn,
    TakeBack,
    TellReason,
    TickRoll,
)
from dialogs.cards.plan_payloads import (
    CancelMeeting,
    ChangeMeeting,
    KeepPlan,
    MakeMeeting,
    MakeSeries,
    SaveMeeting,
)
from dialogs.cards.session_payloads import (
    AddSession,
    ChooseSession,
    LeaveSession,
    LeaveSharing,
    RankSessions,
    SeatSomebody,
    SetSessionWay,
    ShareSessions,
    TickPaid,
)
from dialogs.conversations import (
    attendance,
    files,
    invitations,
    outbox,
    people,
    planning,
    rules,
    series,
    sessions,
    sharing,
)
from dialogs.conversations.enrolment import excusing, registering, replacing, seats, whom
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.turn import Reply, Turn
from storage.domain.meetings import Meeting
from storage.services.house import House

About: TypeAlias = Callable[[House, Turn, Meeting, Understanding | None], Awaitable[Reply]]
"""Answers what is asked about one meeting; nothing was understood where a bare button asked it."""

Answer: TypeAlias = Callable[[House, Turn, Understanding], Awaitable[Reply]]
"""Answers what is asked about no single meeting."""

Guess: TypeAlias = Callable[[House, Turn, Understanding], Awaitable[Reply | None]]
"""Answers what names no meeting where the one who asks makes clear which; None: the next one is meant."""

Press: TypeAlias = Callable[[House, Turn, Any], Awaitable[Reply]]
"""Does what a button says; its third argument is the payload of its key in the table."""

Typed: TypeAlias = Callable[[House, Turn, str, Understanding], Awaitable[Reply | None]]
"""Takes what is typed after a question of the bot, with what the question was about; None: it was no answer to it."""

ABOUT: Mapping[Intent, About] = {
    Intent.REGISTRATION_REGISTER: registering.about,
    **dict.fromkeys(excusing.INTENTS, excusing.about),
    Intent.REGISTRATION_REPLACE: replacing.about,
    Intent.REGISTRATION_GUEST: replacing.guest,
    Intent.REGISTRATION_WAITING: seats.waiting,
    Intent.MEETING_SESSIONS: sessions.listed,
    Intent.REGISTRATION_CHOOSE: sessions.choose,
    Intent.REGISTRATION_ASSIGN: sharing.share,
    Intent.REGISTRATION_PAID: sharing.paid,
    Intent.REGISTRATION_CAPACITY: partial(seats.change, verb="capacity"),
    Intent.REGISTRATION_LIMIT: partial(seats.change, verb="limit"),
    Intent.REGISTRATION_CLOSE: partial(seats.change, verb="close"),
    Intent.REGISTRATION_REOPEN: partial(seats.change, verb="reopen"),
    **dict.fromkeys((Intent.MEETING_CHANGE, Intent.MEETING_MOVE), planning.change),
    Intent.MEETING_CANCEL: planning.cancel,
    Intent.MEETING_COPY: planning.copy,
    Intent.MEETING_HISTORY: planning.history,
    Intent.MEETING_INVITE: invitations.invite,
    Intent.REGISTRATION_UNREACHABLE: invitations.unreachable,
    Intent.ATTENDANCE_WHO: attendance.who,
    Intent.ATTENDANCE_TICK: attendance.tick,
    Intent.REGISTRATION_CALENDAR: files.calendar,
    Intent.REGISTRATION_EXPORT: files.full_list,
}
ANSWERS: Mapping[Intent, Answer] = {
    **dict.fromkeys(people.INTENTS, people.answer),
    **dict.fromkeys(outbox.INTENTS, outbox.answer),
    Intent.MEETING_RULES: rules.answer,
    Intent.MEETING_CREATE: planning.create,
    Intent.MEETING_SERIES: series.propose,
}
GUESSES: Mapping[Intent, Guess] = {
    Intent.REGISTRATION_REGISTER: registering.guess,
    **dict.fromkeys(excusing.INTENTS, excusing.guess),
    Intent.REGISTRATION_REPLACE: replacing.guess,
    Intent.REGISTRATION_CHOOSE: sessions.guess,
    Intent.REGISTRATION_ASSIGN: sharing.guess_share,
    Intent.REGISTRATION_PAID: sharing.guess_paid,
    Intent.ATTENDANCE_TICK: attendance.guess,
}
PRESSES: Mapping[type[Payload], Press] = {
    MakeMeeting: planning.make,
    SaveMeeting: planning.save,
    ChangeMeeting: planning.apply,
    CancelMeeting: planning.call_off,
    KeepPlan: planning.keep,
    MakeSeries: series.make,
    Enrol: registering.enrol,
    TakeBack: registering.take_back,
    SignOff: excusing.sign_off,
    TellReason: excusing.tell_reason,
    StepIn: replacing.step_in,
    BringGuest: replacing.bring,
    DecideSeat: seats.decide,
    ChangeSeats: seats.press,
    LetBe: whom.let_be,
    AddSession: sessions.add,
    ChooseSession: sessions.pressed,
    RankSessions: sessions.pressed,
    LeaveSession: sessions.left,
    SeatSomebody: sessions.seat,
    ShareSessions: sharing.shared,
    SetSessionWay: sharing.set_way,
    LeaveSharing: sharing.leave,
    TickPaid: sharing.ticked,
    DecideInvitation: invitations.pressed,
    DecideRule: rules.pressed,
    SaveRules: rules.saved,
    ShowRoll: attendance.show,
    TickRoll: attendance.save,
    AddWalkIn: attendance.add,
    ConfirmWalkIn: attendance.confirm,
    NoteRemark: attendance.note,
}
PENDING: Mapping[str, Typed] = {
    planning.PENDING: planning.typed,
    registering.ENROL: registering.typed,
    excusing.SIGN_OFF: excusing.typed,
    excusing.REASON: excusing.reason_typed,
    excusing.OFF_THE_LINE: excusing.off_typed,
    replacing.INSTEAD: replacing.typed,
    replacing.GUEST: replacing.typed,
    replacing.STEP_IN: replacing.step_in_typed,
    sessions.PENDING: sessions.typed,
    sessions.PENDING_SEAT: sessions.typed_seat,
    sharing.PENDING: sharing.typed,
    sharing.PENDING_WAY: sharing.typed_way,
    seats.HOW_MANY: seats.how_many,
    seats.SEATS: seats.typed,
    invitations.PENDING: invitations.typed,
    rules.PENDING: rules.typed,
    attendance.PENDING: attendance.confirmed,
    attendance.GOING_ON: attendance.goes_on,
}
"""By what stands before the colon of `Memory.pending`."""
