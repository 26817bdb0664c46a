"""Talk about polls: starting one, voting, how it stands, and what is done with it."""
