"""The grammar of Dutch date phrases: tokens -> what was said, as `Found` values.

`reader` reads single words, `guards` rules out what only looks like a date, the rule modules
(`days`, `months`, `relatives`, `ordinals`, `names`, `distances`) read one period each, `hours` reads clocks,
`items` joins day and hour, `chains` reads lists, ranges and deadlines, `recurrences` reads repetition
and `repeated` the days it falls on.
"""
