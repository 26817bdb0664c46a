"""In, out, instead of another, along with somebody, and waiting: talk about who comes to a meeting."""
