"""All of the Bot Framework, and everything on the wire to Teams: moving to its successor is this room's work."""
