"""What somebody may want. The ids are listed in docs/intents.md."""

from enum import StrEnum


class Intent(StrEnum):
    """One thing that can be asked or said."""

    MEETING_WHEN = "meeting.when"
    MEETING_WHERE = "meeting.where"
    MEETING_TIME = "meeting.time"
    MEETING_DURATION = "meeting.duration"
    MEETING_ONLINE = "meeting.online"
    MEETING_ROOM = "meeting.room"
    MEETING_ABOUT = "meeting.about"
    MEETING_LIST = "meeting.list"
    MEETING_DEADLINES = "meeting.deadlines"
    MEETING_FEE = "meeting.fee"
    MEETING_PLACES = "meeting.places"
    MEETING_SESSIONS = "meeting.sessions"
    AGENDA_SHOW = "agenda.show"
    AGENDA_SPEAKERS = "agenda.speakers"
    AGENDA_CASES = "agenda.cases"
    AGENDA_DEADLINE = "agenda.deadline"
    REGISTRATION_DEADLINE = "registration.deadline"
    ATTENDANCE_WHO = "attendance.who"
    ATTENDANCE_COUNT = "attendance.count"
    ATTENDANCE_EXCUSED = "attendance.excused"
    ATTENDANCE_ME = "attendance.me"
    ATTENDANCE_MINE = "attendance.mine"
    PEOPLE_CONTACT = "people.contact"
    PEOPLE_ORGANISATION = "people.organisation"
    PEOPLE_EMAIL = "people.email"
    PEOPLE_COORDINATOR = "people.coordinator"
    PEOPLE_ORGANISATIONS = "people.organisations"
    FAQ_ANSWER = "faq.answer"
    FAQ_LIST = "faq.list"
    CHANNEL_POST_HERE = "channel.post_here"
    REGISTRATION_REGISTER = "registration.register"
    REGISTRATION_UNREGISTER = "registration.unregister"
    REGISTRATION_EXCUSE = "registration.excuse"
    REGISTRATION_REPLACE = "registration.replace"
    REGISTRATION_GUEST = "registration.guest"
    REGISTRATION_WAITING = "registration.waiting"
    REGISTRATION_CAPACITY = "registration.capacity"
    REGISTRATION_CLOSE = "registration.close"
    REGISTRATION_REOPEN = "registration.reopen"
    REGISTRATION_LIMIT = "registration.limit"
    REGISTRATION_CHOOSE = "registration.choose"
    REGISTRATION_ASSIGN = "registration.assign"
    REGISTRATION_PAID = "registration.paid"
    REGISTRATION_EXPORT = "registration.export"
    REGISTRATION_CALENDAR = "registration.calendar"
    REGISTRATION_UNREACHABLE = "registration.unreachable"
    ATTENDANCE_TICK = "attendance.tick"
    AGENDA_PROPOSE = "agenda.propose"
    AGENDA_WITHDRAW = "agenda.withdraw"
    AGENDA_PUBLISH = "agenda.publish"
    AGENDA_CHANGE = "agenda.change"
    AGENDA_MINE = "agenda.mine"
    AGENDA_SUPPORT = "agenda.support"
    AGENDA_COMMENT = "agenda.comment"
    AGENDA_CASE = "agenda.case"
    AGENDA_PROMISE = "agenda.promise"
    AGENDA_BACKLOG = "agenda.backlog"
    AGENDA_BOARD = "agenda.board"
    AGENDA_ACCEPT = "agenda.accept"
    AGENDA_DECLINE = "agenda.decline"
    AGENDA_MERGE = "agenda.merge"
    AGENDA_ASK = "agenda.ask"
    AGENDA_MOVE = "agenda.move"
    AGENDA_ARRANGE = "agenda.arrange"
    AGENDA_COMPOSE = "agenda.compose"
    AGENDA_HOLD = "agenda.hold"
    AGENDA_HANDLED = "agenda.handled"
    AGENDA_EXPERT = "agenda.expert"
    AGENDA_FILE = "agenda.file"
    POLL_START = "poll.start"
    POLL_VOTE = "poll.vote"
    POLL_UNVOTE = "poll.unvote"
    POLL_SHOW = "poll.show"
    POLL_LIST = "poll.list"
    POLL_RESULT = "poll.result"
    POLL_MISSING = "poll.missing"
    POLL_NUDGE = "poll.nudge"
    POLL_ADD = "poll.add"
    POLL_CHANGE = "poll.change"
    POLL_CLOSE = "poll.close"
    POLL_DROP = "poll.drop"
    POLL_APPLY = "poll.apply"
    POLL_RUNOFF = "poll.runoff"
    POLL_EXPORT = "poll.export"
    REPORT_SUMMARY = "report.summary"
    REPORT_DECISIONS = "report.decisions"
    REPORT_SEARCH = "report.search"
    REPORT_NOTE = "report.note"
    REPORT_NOTES = "report.notes"
    REPORT_CHANGE = "report.change"
    REPORT_REMOVE = "report.remove"
    REPORT_OBJECT = "report.object"
    REPORT_APPROVE = "report.approve"
    REPORT_POST = "report.post"
    REPORT_HOLD = "report.hold"
    REPORT_FILE = "report.file"
    REPORT_LINK = "report.link"
    REPORT_DELIVER = "report.deliver"
    ACTIONS_LIST = "actions.list"
    ACTIONS_OPEN = "actions.open"
    ACTIONS_DONE = "actions.done"
    ACTIONS_MOVE = "actions.move"
    ACTIONS_HAND_OVER = "actions.hand_over"
    ACTIONS_DROP = "actions.drop"
    ACTIONS_ESCALATE = "actions.escalate"
    MEETING_CREATE = "meeting.create"
    MEETING_MOVE = "meeting.move"
    MEETING_CANCEL = "meeting.cancel"
    MEETING_INVITE = "meeting.invite"
    MEETING_CHANGE = "meeting.change"
    MEETING_COPY = "meeting.copy"
    MEETING_SERIES = "meeting.series"
    MEETING_HISTORY = "meeting.history"
    MEETING_RULES = "meeting.rules"
    ANNOUNCEMENT_SEND = "announcement.send"
    OUTBOX_SHOW = "outbox.show"
    OUTBOX_SEND_NOW = "outbox.send_now"
    OUTBOX_HOLD = "outbox.hold"
    OUTBOX_RESUME = "outbox.resume"
    OUTBOX_CANCEL = "outbox.cancel"
    OUTBOX_AGAIN = "outbox.again"
    COORDINATOR_ASK = "coordinator.ask"
    PRIVACY_REQUEST = "privacy.request"
    HELP = "help"
    GREETING = "greeting"
    THANKS = "thanks"
    YES = "yes"
    NO = "no"
    CANCEL = "cancel"
    COMPLAINT = "complaint"
    SMALLTALK = "smalltalk"
    SWEARING = "swearing"
    UNKNOWN = "unknown"

    @property
    def about_a_meeting(self) -> bool:
        """True for what is asked about one meeting."""
        return self in ABOUT_A_MEETING


NOT_BUILT: frozenset[Intent] = frozenset()
"""What is understood but not done yet: the bot says so, and whom to tell."""

ABOUT_NO_SINGLE_ONE = frozenset({Intent.MEETING_CREATE, Intent.MEETING_SERIES, Intent.MEETING_RULES})
"""What a coordinator does with meetings that is about none that exists."""

ABOUT_POINTS = frozenset(
    {
        Intent.AGENDA_WITHDRAW,
        Intent.AGENDA_CHANGE,
        Intent.AGENDA_MINE,
        Intent.AGENDA_BACKLOG,
        Intent.AGENDA_MOVE,
        Intent.AGENDA_EXPERT,
    }
)
"""What is about agenda points wherever they stand: a meeting that is named is only where they go."""

ABOUT_WHAT_WAS = frozenset(
    {
        Intent.REPORT_SUMMARY,
        Intent.REPORT_DECISIONS,
        Intent.REPORT_OBJECT,
        Intent.REPORT_APPROVE,
        Intent.REPORT_POST,
        Intent.REPORT_HOLD,
        Intent.REPORT_FILE,
        Intent.REPORT_LINK,
    }
)
"""What is asked of a meeting that was held: where none is named it is the previous one."""

ABOUT_A_MEETING = frozenset(
    intent
    for intent in Intent
    if intent.value.startswith(("meeting.", "agenda.", "attendance.", "registration."))
    and intent not in {Intent.MEETING_LIST, Intent.ATTENDANCE_MINE, *ABOUT_NO_SINGLE_ONE, *ABOUT_POINTS}
    and intent not in NOT_BUILT
) | (ABOUT_WHAT_WAS - NOT_BUILT)

LOOKS_BACK = frozenset(intent for intent in Intent if intent.value.startswith("report.")) - {Intent.REPORT_NOTE} | {
    Intent.ACTIONS_OPEN
}
"""What names a meeting that was held: where it names none, its query is for the previous one."""

ABOUT_ONESELF = frozenset(
    {
        Intent.ATTENDANCE_ME,
        Intent.ATTENDANCE_MINE,
        Intent.REGISTRATION_CALENDAR,
        Intent.REGISTRATION_REGISTER,
        Intent.REGISTRATION_UNREGISTER,
        Intent.REGISTRATION_EXCUSE,
        Intent.REGISTRATION_REPLACE,
        Intent.REGISTRATION_GUEST,
        Intent.REGISTRATION_CHOOSE,
        Intent.AGENDA_PROPOSE,
        Intent.AGENDA_WITHDRAW,
        Intent.AGENDA_CHANGE,
        Intent.AGENDA_MINE,
        Intent.AGENDA_SUPPORT,
        Intent.AGENDA_COMMENT,
        Intent.AGENDA_CASE,
        Intent.AGENDA_PROMISE,
        Intent.ACTIONS_LIST,
        Intent.ACTIONS_DONE,
        Intent.ACTIONS_MOVE,
        Intent.ACTIONS_HAND_OVER,
        Intent.ACTIONS_DROP,
        Intent.ACTIONS_ESCALATE,
        Intent.REPORT_NOTE,
        Intent.REPORT_NOTES,
        Intent.REPORT_CHANGE,
        Intent.REPORT_REMOVE,
        Intent.REPORT_DELIVER,
        Intent.POLL_START,
        Intent.POLL_VOTE,
        Intent.POLL_UNVOTE,
        Intent.POLL_NUDGE,
        Intent.POLL_ADD,
        Intent.POLL_CHANGE,
        Intent.POLL_CLOSE,
        Intent.POLL_DROP,
        Intent.POLL_APPLY,
        Intent.POLL_RUNOFF,
        Intent.POLL_EXPORT,
    }
)
"""What only somebody whom we know can ask."""
