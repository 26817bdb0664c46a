"""What the bot does by itself, on time."""
