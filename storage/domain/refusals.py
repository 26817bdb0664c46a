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
├── NothingSaid             the text is empty
└── TooLong                 the text is longer than one reads
"""


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
