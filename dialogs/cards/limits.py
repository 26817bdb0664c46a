"""Limits that Teams and the database set to what cards carry."""

MOST_BUTTONS = 6
"""Teams shows no more buttons than this on one card."""

LONGEST_LABEL = 44
"""Characters on a button: Teams cuts off what does not fit on one line."""

LONGEST_QUESTION = 500
"""Characters of a question behind a button: as long as one in a network file may be."""

HIGHEST_ID = 2_147_483_647
"""The largest id a table has; anything larger in a button was not put there by us."""

LONGEST_ANSWER = 4_000
"""Characters of an answer that is typed on a card."""

LONGEST_NAME = 200
"""Characters of a name, an organisation or a mail address that is typed on a card."""

MOST_PEOPLE = 30
"""People whom one button is about."""
