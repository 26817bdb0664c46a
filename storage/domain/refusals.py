"""Why the storage says no.

Refusal
├── NotCoordinator          only a coordinator may do this
├── NotInChannel            this only means something in a channel of a team
├── UnknownOrganisation     no such organisation, or not one this viewer may know
├── AlreadyKnown            this Entra id belongs to a known person
└── AddressTaken            this mail address belongs to somebody with another account
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
