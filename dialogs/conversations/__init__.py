"""One job a file: an understood question or button to a Reply."""
