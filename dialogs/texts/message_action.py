"""What the bot says in the dialog that makes an agenda point of a message."""

TITLE = "Op de agenda zetten"

ABOUT = "Je agendapunt, uit dit bericht. Alleen de titel is nodig; pas gerust alles aan."

EMPTY = "Waarover wil je het hebben? Alleen de titel is nodig."

NEUTRAL = (
    "In dat bericht staat iets waaraan iemand te herkennen is. Ik heb het hieronder in neutrale woorden gezet: "
    "kijk zelf na of er niets meer in staat dat naar iemand verwijst."
)
