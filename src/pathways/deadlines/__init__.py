"""Days and deadlines: what runs when, on the dates that a case gives."""

from pathways.deadlines.clocks import Timing, cell_of, questions_of, timing, timings
from pathways.deadlines.days import Days, span

__all__ = ["Days", "Timing", "cell_of", "questions_of", "span", "timing", "timings"]
