"""What a rulebook makes of a case: standings, stages, hurdles, reasons, open questions, expectations."""

from pathways.assessment.assess import assess
from pathways.assessment.model import (
    NO_WAY,
    Assessment,
    AvenueResult,
    Checked,
    DeadlineResult,
    HurdleResult,
    LocalCell,
    PartResult,
    Reason,
    Standing,
    WaitResult,
)

__all__ = [
    "NO_WAY",
    "Assessment",
    "AvenueResult",
    "Checked",
    "DeadlineResult",
    "HurdleResult",
    "LocalCell",
    "PartResult",
    "Reason",
    "Standing",
    "WaitResult",
    "assess",
]
