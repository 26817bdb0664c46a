"""Finds in a free text what identifies a person, and proposes neutral words for it; never proof of anonymity."""

from storage.domain.identifying.finding import findings
from storage.domain.identifying.kinds import HARD, Finding, Identifier, Known
from storage.domain.identifying.neutral import neutral

__all__ = ["HARD", "Finding", "Identifier", "Known", "findings", "neutral"]
