"""What sentences about polls say: what is asked of whom and until when, what somebody votes, which poll is meant."""

from dialogs.language.poll_options import listed, new_options, option_of, options_in, which_poll
from dialogs.language.poll_starts import PollStarted, started
from dialogs.language.poll_telling import PollSaid, poll_said
from dialogs.language.poll_votes import voted

__all__ = [
    "PollSaid",
    "PollStarted",
    "listed",
    "new_options",
    "option_of",
    "options_in",
    "poll_said",
    "started",
    "voted",
    "which_poll",
]
