"""Every Dutch sentence the bot can say, by subject."""
