"""The frozen nouns of the network and the rules that hold between them. Pure: no I/O, no SQL."""
