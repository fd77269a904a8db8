"""Days and deadlines: what runs when, on the dates that a case gives."""

from pathways.deadlines.clocks import Timing, questions_of, timing, timings
from pathways.deadlines.days import Days

__all__ = ["Days", "Timing", "questions_of", "timing", "timings"]
