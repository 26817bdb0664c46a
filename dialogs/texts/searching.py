"""What the bot says of what it found in reports and agendas."""

from collections.abc import Sequence

from dialogs.texts.words import capital, day, enumeration, plain
from storage.domain.searching import Hit

FOUND = "Dit vond ik over {words}:"
FOUND_AT_ALL = "Dit vond ik:"
WHEN = "Over {words} ging het op {meetings}."
FOUND_MORE = "En ook dit, over {words}:"
NO_DECISION = "Een besluit over {words} vond ik niet. Wel dit:"
NO_DECISION_AT_ALL = "Een besluit daarover vond ik niet. Wel dit:"
NEAREST = "Precies daarover vond ik niets. Dit komt het dichtst bij {words}:"
NEAREST_AT_ALL = "Precies daarover vond ik niets. Dit komt het dichtst in de buurt:"
FOUND_PRIVATELY = "En dit, uit bijeenkomsten die niet voor iedereen zijn:"
NOTHING = "Over {words} vond ik niets in de verslagen en agenda's die je mag zien. Probeer het eens met één ander woord, of vraag wat er op een bijeenkomst beslist is: “wat is er beslist op de vorige intervisie?”"
NOTHING_AT_ALL = (
    "Daarover vond ik niets in de verslagen en agenda's die je mag zien. Probeer het eens met één ander woord."
)
NO_MORE = "Meer vond ik niet over {words}."
ABOUT_WHAT = (
    "Waarover zal ik zoeken in de verslagen? Een paar woorden volstaan, zoals “time-out” of “afspraken met het CLB”."
)
NOT_SEARCHED = "Goed, ik zoek niets op."
BUTTON_MORE = "Toon meer"

SAID = "“{text}”"
NO_MORE_SO = "Geldt niet meer: “{text}”"
ON_THE_AGENDA = "Op de agenda: {text}"
WHERE = "{title}, {day}"
MEETING = "{title} ({day})"
WHERE_AND_POINT = "{title}, {day}, bij “{point}”"
SINCE_THEN = "Sinds {day}: “{text}”"
ROW = "- {text}\n  {about}"


def head(form: str, without: str, words: str) -> str:
    """The first line, with the words that were looked for where these are known."""
    return form.format(words=f"“{plain(words)}”") if words else without


def when(words: str, hits: Sequence[Hit]) -> str:
    """At which meetings it was about that, the latest first."""
    named = dict.fromkeys(MEETING.format(title=plain(one.meeting.title), day=day(one.day)) for one in hits)
    return WHEN.format(words=f"“{plain(words)}”", meetings=enumeration(list(named)))


def said(hit: Hit) -> str:
    """What was said, marked where it holds no more."""
    if hit.kind == "agenda":
        return ON_THE_AGENDA.format(text=plain(hit.text))
    return (NO_MORE_SO if hit.superseded_by else SAID).format(text=plain(capital(hit.text)))


def about(hit: Hit) -> list[str]:
    """Where that was, and what took its place."""
    values = {"title": plain(hit.meeting.title), "day": day(hit.day), "point": plain(hit.item_title)}
    lines = [(WHERE_AND_POINT if hit.item_title else WHERE).format(**values)]
    later = hit.superseded_by
    return [*lines, SINCE_THEN.format(day=day(later.day), text=plain(later.text))] if later else lines


def told(hits: Sequence[Hit]) -> list[tuple[str, list[str]]]:
    """What was said each time, and where; of what was said at one point one after the other that stands once."""
    rows = []
    for one, following in zip(hits, [*hits[1:], None], strict=True):
        where = about(one)
        again = following is not None and one.superseded_by is None and where == about(following)
        rows.append((said(one), [] if again else where))
    return rows


def found(first: str, hits: Sequence[Hit]) -> str:
    """What was found, as text."""
    rows = [ROW.format(text=text, about="\n  ".join(where)).rstrip() for text, where in told(hits)]
    return "\n".join([first, "", *rows])
