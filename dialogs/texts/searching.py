"""What the bot says of what it found in reports and agendas."""

from collections.abc import Sequence

from dialogs.texts.words import day, plain
from storage.domain.searching import Hit

FOUND = "Dit vond ik over {words}:"
FOUND_AT_ALL = "Dit vond ik:"
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
WHERE_AND_POINT = "{title}, {day}, bij “{point}”"
SINCE_THEN = "Sinds {day}: “{text}”"
ROW = "- {text}\n  {about}"


def head(form: str, without: str, words: str) -> str:
    """The first line, with the words that were looked for where these are known."""
    return form.format(words=f"“{plain(words)}”") if words else without


def said(hit: Hit) -> str:
    """What was said, marked where it holds no more."""
    if hit.kind == "agenda":
        return ON_THE_AGENDA.format(text=plain(hit.text))
    return (NO_MORE_SO if hit.superseded_by else SAID).format(text=plain(hit.text))


def about(hit: Hit) -> list[str]:
    """Where that was, and what took its place."""
    values = {"title": plain(hit.meeting.title), "day": day(hit.day), "point": plain(hit.item_title)}
    lines = [(WHERE_AND_POINT if hit.item_title else WHERE).format(**values)]
    later = hit.superseded_by
    return [*lines, SINCE_THEN.format(day=day(later.day), text=plain(later.text))] if later else lines


def found(first: str, hits: Sequence[Hit]) -> str:
    """What was found, as text."""
    rows = [ROW.format(text=said(one), about="\n  ".join(about(one))) for one in hits]
    return "\n".join([first, "", *rows])
