"""The export of a poll: how it stands, and of a named one who chose what."""

from dataclasses import dataclass

from storage.domain.polls import Poll, Tally, Vote


@dataclass(frozen=True, slots=True)
class PollFile:
    """All that stands in an export. `votes` are by name; of an anonymous poll there are none, only counts."""

    poll: Poll
    tally: Tally
    votes: tuple[Vote, ...] = ()
