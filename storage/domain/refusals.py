"""Why the storage says no.

Refusal
├── NotCoordinator          only a coordinator may do this
├── NotInChannel            this only means something in a channel of a team
├── UnknownOrganisation     no such organisation, or not one this viewer may know
├── AlreadyKnown            this Entra id belongs to a known person
├── AddressTaken            this mail address belongs to somebody with another account
├── NoSuchNotice            there is no notice with this number
├── NothingToSend           none of these notices is in a state for that
├── NoSuchQuestion          there is no such question to the coordinator
├── AlreadyAnswered         somebody answered this question before
├── NoSuchAnnouncement      there is no such announcement
├── AlreadyDecided          this announcement was sent or dropped before
├── NotKnown                the network does not know who this is
├── NobodyToTell            there is nobody to tell this to
├── NoChannelChosen         no channel was chosen to post in
├── NoSuchMeeting           there is no such meeting
├── MeetingOver             this meeting is over
├── MeetingCancelled        this meeting does not take place
├── RegistrationClosed      nobody can register any more
├── AlreadyRegistered       this person is registered
├── NotRegistered           this person is not on the list
├── NothingOffered          no seat is offered to this person, or not any more
├── NotYours                this is about somebody else
├── NotOneself              nobody replaces themselves
├── NotARealGuest           of a guest name, organisation and mail address are needed
├── NotNow                  this can't be done (any more) with the meeting as it stands
├── NoSuchSession           this meeting has no such session
├── AlreadyPlanned          this meeting is there already
├── NoSuchPoint             there is no such agenda point, or not one this viewer may see
├── PointSettled            this agenda point was discussed, declined, merged or taken back before
├── NotThisPoint            that can't be done with this agenda point
├── IdentifiesSomebody      the text has what may identify a person
├── NoSuchPoll              there is no such poll, or not one that this viewer may see
├── NoSuchOption            this poll has no such option
├── PollClosed              nobody can vote in this poll (any more)
├── NotInvited              this poll asks others
├── AlreadyVoted            an anonymous vote can't be changed
├── AnonymousPoll           that would tell who voted what
├── HasVotes                that can't be changed any more once somebody voted
├── AlreadyNudged           those who did not vote were reminded before
├── NoUrn                   this bot has no key to keep anonymous votes with
├── NotSensible             this value means nothing for this field
├── NothingSaid             the text is empty
└── TooLong                 the text is longer than one reads
"""

from storage.domain.identifying import Finding


class Refusal(Exception):
    """A request that the rules don't allow. Its class says why; `dialogs.texts.refusals` says it in Dutch."""


class NotCoordinator(Refusal):
    """Only a coordinator may do this."""


class NotInChannel(Refusal):
    """This only means something in a channel of a team."""


class UnknownOrganisation(Refusal):
    """There is no such organisation, or not one that this viewer may know."""


class AlreadyKnown(Refusal):
    """This Entra id belongs to a person the network knows."""


class AddressTaken(Refusal):
    """This account has no mail address, or one that belongs to somebody with another account."""


class NoSuchNotice(Refusal):
    """There is no notice with this number."""


class NothingToSend(Refusal):
    """None of these notices is in a state in which that can be done."""


class NoSuchQuestion(Refusal):
    """There is no such question to the coordinator."""


class AlreadyAnswered(Refusal):
    """Somebody answered this question before."""


class NoSuchAnnouncement(Refusal):
    """There is no such announcement."""


class AlreadyDecided(Refusal):
    """This announcement was sent or dropped before."""


class NotKnown(Refusal):
    """The network does not know who this is."""


class NobodyToTell(Refusal):
    """There is nobody to tell this to."""


class NoChannelChosen(Refusal):
    """No channel was chosen to post in."""


class NothingSaid(Refusal):
    """The text is empty."""


class TooLong(Refusal):
    """The text is longer than one reads."""


class NoSuchMeeting(Refusal):
    """There is no such meeting."""


class MeetingOver(Refusal):
    """This meeting is over."""


class MeetingCancelled(Refusal):
    """This meeting does not take place."""


class RegistrationClosed(Refusal):
    """Nobody can register any more."""


class AlreadyRegistered(Refusal):
    """This person is registered."""


class NotRegistered(Refusal):
    """This person is not on the list."""


class NothingOffered(Refusal):
    """No seat is offered to this person, or not any more."""


class NotYours(Refusal):
    """This is about somebody else."""


class NotOneself(Refusal):
    """Nobody replaces themselves."""


class NotARealGuest(Refusal):
    """Of a guest, name, organisation and mail address are needed."""


class NotNow(Refusal):
    """This can't be done (any more) with the meeting as it stands."""


class NoSuchSession(Refusal):
    """This meeting has no such session."""


class AlreadyPlanned(Refusal):
    """There is a meeting with this title that starts at this moment."""


class NoSuchPoint(Refusal):
    """There is no such agenda point, or not one that this viewer may see."""


class PointSettled(Refusal):
    """This agenda point was discussed, declined, merged or taken back before."""


class NotThisPoint(Refusal):
    """That can't be done with this agenda point."""


class NoReport(Refusal):
    """There is no report of this meeting (yet)."""


class NoSuchLine(Refusal):
    """A report or its draft has no such line."""


class ReportApproved(Refusal):
    """This report was approved: it does not change any more."""


class ObjectionsOpen(Refusal):
    """Somebody objects to this report, and nobody settled that yet; `count` objections."""

    def __init__(self, count: int = 1) -> None:
        super().__init__(count)
        self.count = count


class NoSuchObjection(Refusal):
    """There is no such objection, or somebody settled it."""


class NoSuchAction(Refusal):
    """There is no such action, or not one that this viewer may see."""


class ActionSettled(Refusal):
    """This action is done or dropped."""


class NoSuchPoll(Refusal):
    """There is no such poll, or not one that this viewer may see."""


class NoSuchOption(Refusal):
    """This poll has no such option."""


class PollClosed(Refusal):
    """Nobody can vote in this poll: it is closed, called off, or not open yet."""


class NotInvited(Refusal):
    """This poll asks others."""


class AlreadyVoted(Refusal):
    """This person voted in this anonymous poll: nobody knows what, so it can't be changed."""


class AnonymousPoll(Refusal):
    """That would tell who voted what, or who voted, in an anonymous poll."""


class HasVotes(Refusal):
    """That can't be changed any more once somebody voted."""


class AlreadyNudged(Refusal):
    """Those who did not vote were reminded before: that is done once."""


class NoUrn(Refusal):
    """This bot was given no key to keep anonymous votes with."""


class IdentifiesSomebody(Refusal):
    """The text has what may identify a person. Nothing was saved; the text itself goes nowhere but to its author.

    `field` is which of several texts; `may_keep` tells whether its author may choose to keep it so.
    """

    def __init__(self, text: str = "", found: tuple[Finding, ...] = (), field: str = "", may_keep: bool = True) -> None:
        super().__init__(field)  # never the text: what is raised may be logged
        self.text, self.found, self.field, self.may_keep = text, found, field, may_keep


class NotSensible(Refusal):
    """This value means nothing for this field."""

    def __init__(self, field: str = "") -> None:
        super().__init__(field)
        self.field = field
