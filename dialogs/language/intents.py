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
    HELP = "help"
    GREETING = "greeting"
    THANKS = "thanks"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"

    @property
    def about_a_meeting(self) -> bool:
        """True for what is asked about one meeting."""
        return self in ABOUT_A_MEETING


ABOUT_A_MEETING = frozenset(
    intent
    for intent in Intent
    if intent.value.startswith(("meeting.", "agenda.", "attendance.", "registration."))
    and intent not in {Intent.MEETING_LIST, Intent.ATTENDANCE_MINE}
)
