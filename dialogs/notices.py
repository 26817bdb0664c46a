"""The table from a planned notice to what it says, made from what holds at that moment."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from dialogs.conversations import (
    announcements,
    asking,
    attendance,
    invitations,
    outbox,
    sessions,
    telling,
)
from dialogs.conversations.actions import told as action_notices
from dialogs.conversations.agenda import board_notices, closing, experts, outgoing, point_notices
from dialogs.conversations.enrolment import seat_notices
from dialogs.conversations.polls import notices as poll_notices
from dialogs.conversations.reports import approving, delivering, summary_notices
from dialogs.turn import Message
from storage.domain.actions import ACTION_NEWS, ACTION_PASSED, ACTION_REMINDER, ACTION_STUCK
from storage.domain.approving import APPROVAL_ASKED, OBJECTION_SETTLED, REPORT_APPROVED, REPORT_OBJECTED
from storage.domain.attendance import MISSED_TWICE, SEATS_80, SEATS_FULL
from storage.domain.invitations import (
    INVITATION,
    INVITATION_POST,
    MEETING_CANCELLED,
    MEETING_CHANGED,
    NUDGE,
    REMINDER,
    UNREACHED,
)
from storage.domain.notices import Notice
from storage.domain.polls import POLL, POLL_DONE, POLL_NUDGE, POLL_RESULT
from storage.domain.publishing import AGENDA, AGENDA_CHANGED, AGENDA_DRAFT, AGENDA_NUDGE, AGENDA_POST
from storage.domain.reports import SUMMARY, SUMMARY_DRAFT, SUMMARY_EXCUSED, SUMMARY_POST
from storage.domain.summaries import SUMMARY_ASKED
from storage.domain.uploads import UPLOAD_READ
from storage.services.announcements import ANNOUNCEMENT, ANSWER, QUESTION
from storage.services.board import (
    POINT_ACCEPTED,
    POINT_ANSWERED,
    POINT_ASKED,
    POINT_DECLINED,
    POINT_MERGED,
    POINT_MOVED,
)
from storage.services.carrying import AGENDA_CLOSED, AGENDA_CLOSING
from storage.services.carrying_points import POINT_CARRIED
from storage.services.experts import EXPERT_ANSWERED
from storage.services.house import House
from storage.services.notices import TROUBLE
from storage.services.points import POINT_COMMENTED, POINT_PROPOSED
from storage.services.registrations import (
    OFFER_LAPSED,
    PRESENTER_OUT,
    REGISTERED_FOR_YOU,
    REPLACES,
    SEAT_GIVEN,
    SEAT_OFFERED,
)
from storage.services.sessions import SESSION_GIVEN
from storage.services.sharing import SESSION_ASSIGNED

Composer: TypeAlias = Callable[[House, Notice, datetime], Awaitable[Message | None]]

COMPOSERS: Mapping[str, Composer] = {
    POINT_PROPOSED: point_notices.proposed,
    POINT_COMMENTED: point_notices.commented,
    AGENDA_CLOSING: closing.compose_closing,
    AGENDA_CLOSED: closing.compose_closed,
    POINT_CARRIED: closing.compose_carried,
    EXPERT_ANSWERED: experts.compose_answered,
    POINT_ACCEPTED: board_notices.accepted,
    POINT_DECLINED: board_notices.declined,
    POINT_MOVED: board_notices.moved,
    POINT_MERGED: board_notices.merged,
    POINT_ASKED: board_notices.asked,
    POINT_ANSWERED: board_notices.answered,
    TROUBLE: outbox.trouble,
    ANNOUNCEMENT: announcements.compose,
    QUESTION: asking.compose_question,
    ANSWER: asking.compose_answer,
    SEAT_GIVEN: seat_notices.given,
    SEAT_OFFERED: seat_notices.offered,
    OFFER_LAPSED: seat_notices.lapsed,
    REGISTERED_FOR_YOU: seat_notices.for_you,
    REPLACES: seat_notices.replaces,
    PRESENTER_OUT: seat_notices.presenter_out,
    INVITATION: telling.compose_invitation,
    INVITATION_POST: telling.compose_invitation,
    NUDGE: telling.compose_nudge,
    REMINDER: telling.compose_reminder,
    MEETING_CHANGED: telling.compose_changed,
    MEETING_CANCELLED: telling.compose_cancelled,
    UNREACHED: invitations.compose_unreached,
    SEATS_80: attendance.compose_seats,
    SEATS_FULL: attendance.compose_seats,
    MISSED_TWICE: attendance.compose_missed,
    SESSION_GIVEN: sessions.compose_given,
    SESSION_ASSIGNED: sessions.compose_assigned,
    AGENDA: outgoing.compose_agenda,
    AGENDA_POST: outgoing.compose_agenda,
    AGENDA_CHANGED: outgoing.compose_changed,
    AGENDA_DRAFT: outgoing.compose_draft,
    AGENDA_NUDGE: outgoing.compose_nudge,
    ACTION_REMINDER: action_notices.reminder,
    ACTION_PASSED: action_notices.passed,
    ACTION_NEWS: action_notices.news,
    ACTION_STUCK: action_notices.stuck,
    SUMMARY_POST: summary_notices.compose_post,
    SUMMARY: summary_notices.compose_post,
    SUMMARY_EXCUSED: summary_notices.compose_excused,
    SUMMARY_DRAFT: summary_notices.compose_draft,
    SUMMARY_ASKED: summary_notices.compose_asked,
    REPORT_OBJECTED: approving.compose_objected,
    OBJECTION_SETTLED: approving.compose_settled,
    APPROVAL_ASKED: approving.compose_asked,
    REPORT_APPROVED: approving.compose_approved,
    POLL: poll_notices.poll,
    POLL_RESULT: poll_notices.result,
    POLL_NUDGE: poll_notices.nudge,
    POLL_DONE: poll_notices.done,
    UPLOAD_READ: delivering.compose_read,
}
"""Who makes the message of each kind of notice; None when there is nothing left to say."""


async def compose(house: House, notices: Sequence[Notice], now: datetime) -> Message | None:
    """One message for notices that go out together; None when all of them are outdated.

    Raises KeyError for a kind that nobody makes.
    """
    made = [message for notice in notices if (message := await COMPOSERS[notice.kind](house, notice, now))]
    if len(made) < 2:  # noqa: PLR2004
        return made[0] if made else None
    cards = [message.card for message in made if message.card]
    return Message("\n\n".join(message.text for message in made), cards[0] if len(cards) == 1 else None)
