"""storage decides and remembers: the domain, its tables, and one service per use case."""
