"""The bot seen from outside: its health, its logs and its figures. Nothing here knows a person or a message."""
