"""Agenda points: proposing, preparing, supporting, deciding, publishing and closing them in chat."""
