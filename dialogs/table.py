"""The table from intent, button or open question to the conversation that handles it."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, TypeAlias

from dialogs.cards.action_payloads import DoAction, ShowActions
from dialogs.cards.agenda_payloads import ApplyAgenda, DropPromise, HoldAgenda, MakePromise, PublishAgenda
from dialogs.cards.approval_payloads import ApproveReport, ObjectLine, SettleObjection, ShowObjections
from dialogs.cards.board_payloads import (
    AnswerPoint,
    ArrangePoint,
    AskPoint,
    DecidePoints,
    DeclinePoints,
    MergePoint,
    MovePoints,
    NudgePoint,
    ShowBoard,
    ShowPoint,
)
from dialogs.cards.closing_payloads import SetExpert, SettlePoints, ShowClosing, ShowExpert
from dialogs.cards.gate_payloads import DropText
from dialogs.cards.invite_payloads import DecideInvitation, DecideRule, DraftRule, SaveRules
from dialogs.cards.note_payloads import KeepNote, SaveNote, SettleNote, ShowNote, ShowNotes, TakeReport
from dialogs.cards.payloads import (
    AddWalkIn,
    AnswerAsked,
    AskCoordinator,
    BringGuest,
    ChangeSeats,
    ConfirmWalkIn,
    DecideSeat,
    DraftAnnouncement,
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
from dialogs.cards.point_payloads import (
    CaseStep,
    CommentPoint,
    SaveCase,
    SavePoint,
    ShowPointForm,
    StartCase,
    SupportPoint,
    TakeBackPoint,
    TellCase,
)
from dialogs.cards.search_payloads import ShowHits
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
from dialogs.cards.summary_payloads import (
    HoldSummary,
    PostSummary,
    SaveLine,
    SavePeople,
    SettleLine,
    ShowDraft,
    ShowLine,
    ShowPeople,
)
from dialogs.conversations import (
    announcements,
    asking,
    attendance,
    files,
    gate,
    invitations,
    meetings,
    outbox,
    people,
    planning,
    rules,
    series,
    sessions,
    sharing,
)
from dialogs.conversations.actions import asking as action_asking
from dialogs.conversations.actions import doing as action_doing
from dialogs.conversations.actions import listing as action_listing
from dialogs.conversations.actions import passing as action_passing
from dialogs.conversations.agenda import (
    arranging,
    backlog,
    board,
    board_notices,
    cases,
    closing,
    composing,
    deciding,
    experts,
    guessing,
    own_points,
    promising,
    proposing,
    publishing,
    supporting,
)
from dialogs.conversations.enrolment import excusing, registering, replacing, seats, whom
from dialogs.conversations.polls import entering as polls
from dialogs.conversations.reports import (
    approving,
    correcting,
    delivering,
    linking,
    listing,
    notes,
    objecting,
    searching,
    summary,
)
from dialogs.conversations.reports import draft as summary_draft
from dialogs.conversations.reports import files as report_files
from dialogs.conversations.reports import posting as summary_posting
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
    Intent.AGENDA_BOARD: partial(board.show, agenda=meetings.agenda),
    **dict.fromkeys(arranging.INTENTS, arranging.about),
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
    Intent.AGENDA_COMPOSE: composing.propose,
    Intent.AGENDA_PUBLISH: publishing.publish,
    Intent.AGENDA_HOLD: publishing.hold,
    Intent.AGENDA_FILE: publishing.file,
    Intent.AGENDA_PROMISE: promising.promise,
    Intent.AGENDA_PROPOSE: proposing.form_of,
    Intent.AGENDA_HANDLED: closing.about,
    Intent.REPORT_FILE: report_files.file,
    Intent.REPORT_OBJECT: objecting.about,
    Intent.REPORT_APPROVE: approving.about,
    Intent.REPORT_SUMMARY: summary.summary,
    Intent.REPORT_DECISIONS: summary.decisions,
    Intent.REPORT_POST: summary_posting.post,
    Intent.REPORT_HOLD: summary_posting.hold,
    Intent.REPORT_LINK: linking.about,
}
ANSWERS: Mapping[Intent, Answer] = {
    Intent.AGENDA_MOVE: partial(own_points.move, others=closing.moved),
    Intent.AGENDA_EXPERT: experts.answer,
    **dict.fromkeys(people.INTENTS, people.answer),
    **dict.fromkeys(outbox.INTENTS, outbox.answer),
    Intent.MEETING_RULES: rules.answer,
    Intent.MEETING_CREATE: planning.create,
    Intent.MEETING_SERIES: series.propose,
    Intent.AGENDA_PROPOSE: proposing.answer,
    Intent.AGENDA_MINE: own_points.mine,
    Intent.AGENDA_WITHDRAW: own_points.withdraw,
    Intent.AGENDA_CHANGE: own_points.change,
    Intent.AGENDA_SUPPORT: supporting.support,
    Intent.AGENDA_COMMENT: supporting.comment,
    Intent.AGENDA_CASE: cases.answer,
    Intent.AGENDA_BACKLOG: backlog.shown,
    Intent.REPORT_SEARCH: searching.search,
    Intent.REPORT_NOTE: partial(notes.note, otherwise=proposing.answer),
    Intent.REPORT_NOTES: notes.listed,
    Intent.REPORT_CHANGE: partial(correcting.change, objects=objecting.about),
    Intent.REPORT_REMOVE: partial(correcting.remove, objects=objecting.about),
    Intent.REPORT_DELIVER: delivering.answer,
    Intent.ACTIONS_LIST: action_listing.mine,
    Intent.ACTIONS_OPEN: action_listing.opened,
    **dict.fromkeys(action_doing.VERBS, action_doing.answer),
    **dict.fromkeys(polls.ANSWERS, polls.answer),
}
GUESSES: Mapping[Intent, Guess] = {
    Intent.AGENDA_BOARD: partial(board.guess, agenda=meetings.agenda),
    Intent.AGENDA_HANDLED: closing.guess,
    Intent.REPORT_SUMMARY: summary.guess,
    Intent.REPORT_DECISIONS: partial(searching.decided, otherwise=partial(summary.guess, act=summary.decisions)),
    **dict.fromkeys((Intent.REPORT_POST, Intent.REPORT_HOLD), summary_posting.guess),
    Intent.REPORT_LINK: linking.guess,
    **dict.fromkeys(arranging.INTENTS, arranging.guess),
    Intent.AGENDA_COMPOSE: partial(guessing.arranging, act=composing.propose),
    Intent.AGENDA_PUBLISH: partial(guessing.arranging, act=publishing.publish),
    Intent.AGENDA_HOLD: partial(guessing.arranging, act=publishing.hold),
    Intent.AGENDA_PROMISE: partial(guessing.bringing, act=promising.promise),
    Intent.REGISTRATION_REGISTER: registering.guess,
    **dict.fromkeys(excusing.INTENTS, excusing.guess),
    Intent.REGISTRATION_REPLACE: replacing.guess,
    Intent.REGISTRATION_CHOOSE: sessions.guess,
    Intent.REGISTRATION_ASSIGN: sharing.guess_share,
    Intent.REGISTRATION_PAID: sharing.guess_paid,
    Intent.ATTENDANCE_TICK: attendance.guess,
}
PRESSES: Mapping[type[Payload], Press] = {
    ShowHits: searching.more,
    KeepNote: notes.kept,
    ShowNotes: notes.shown,
    ShowNote: correcting.opened,
    SaveNote: correcting.saved,
    SettleNote: correcting.settled,
    TakeReport: delivering.pressed,
    ShowBoard: board.turned,
    ShowPoint: board.opened,
    DecidePoints: board.decide,
    DeclinePoints: board.decline,
    MergePoint: board.merge,
    AskPoint: board.ask,
    MovePoints: board.move,
    ArrangePoint: board.arrange,
    NudgePoint: board.nudge,
    AnswerPoint: board_notices.answer,
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
    DropText: gate.drop,
    SettlePoints: closing.save,
    ShowClosing: closing.show,
    ShowExpert: experts.show,
    SetExpert: experts.pressed,
    AskCoordinator: asking.pressed,
    AnswerAsked: asking.answer,
    DraftAnnouncement: announcements.pressed,
    DraftRule: rules.redrafted,
    AddSession: sessions.add,
    **dict.fromkeys((ChooseSession, RankSessions), sessions.pressed),
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
    ApplyAgenda: composing.pressed,
    PublishAgenda: publishing.pressed,
    HoldAgenda: publishing.held,
    MakePromise: promising.promised,
    DropPromise: promising.dropped,
    SavePoint: proposing.saved,
    ShowPointForm: proposing.show,
    TakeBackPoint: own_points.pressed,
    SupportPoint: supporting.pressed,
    CommentPoint: supporting.commented,
    StartCase: cases.start,
    CaseStep: cases.go,
    TellCase: cases.told,
    SaveCase: cases.saved,
    ShowActions: action_listing.shown,
    DoAction: action_doing.pressed,
    **polls.PRESSES,
    ShowDraft: summary_draft.shown,
    ShowLine: summary_draft.opened,
    SaveLine: summary_draft.saved,
    SettleLine: summary_draft.settled,
    ShowPeople: listing.shown,
    SavePeople: listing.saved,
    HoldSummary: summary_posting.held,
    PostSummary: summary_posting.pressed,
    ObjectLine: objecting.object_to,
    SettleObjection: objecting.settle,
    ApproveReport: approving.pressed,
    ShowObjections: approving.objections,
}


async def _press(house: House, turn: Turn, payload: Payload) -> Reply:
    return await PRESSES[type(payload)](house, turn, payload)


PENDING: Mapping[str, Typed] = {
    searching.PENDING: searching.typed,
    delivering.PENDING: delivering.typed,
    deciding.DECLINE: arranging.why_typed,
    deciding.ASK: arranging.question_typed,
    deciding.MOVE: arranging.where_typed,
    board_notices.ANSWER: board_notices.typed,
    gate.PENDING: partial(gate.typed, press=_press),
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
    composing.PENDING: composing.typed,
    publishing.PENDING: publishing.typed,
    summary_posting.PENDING: summary_posting.typed,
    objecting.PENDING: objecting.typed,
    correcting.PENDING: correcting.typed,
    attendance.GOING_ON: attendance.goes_on,
    proposing.PENDING: proposing.typed,
    closing.PENDING: closing.typed,
    experts.PENDING: experts.typed,
    supporting.PENDING: supporting.typed,
    action_listing.LISTED: action_asking.listed,
    action_doing.WHICH: action_asking.chosen,
    action_doing.DUE: action_asking.to_when,
    action_doing.SURE: action_asking.sure,
    action_passing.TO: action_passing.typed,
    **polls.PENDING,
    cases.PENDING: cases.typed,
    cases.PENDING_TITLE: cases.title_typed,
}
"""By what stands before the colon of `Memory.pending`."""

NO_QUESTION = frozenset({action_listing.LISTED}) | polls.NO_QUESTION
"""Of these, what only remembers a list that was shown: a yes or no is no answer to it."""

WHOLE = frozenset(
    {objecting.PENDING, correcting.PENDING, proposing.PENDING, supporting.PENDING, cases.PENDING, cases.PENDING_TITLE}
    | polls.WHOLE
)
"""Of these, what is typed is one answer, however many sentences it has."""

AT_LENGTH = frozenset({cases.PENDING})
"""Of these it may even look like a report; what is pasted after any other question is one."""
