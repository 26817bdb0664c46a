"""dialogs understands and answers: Dutch in, Dutch out, without network or SQL."""
