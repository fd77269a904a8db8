"""What a rulebook makes of a case: standings, stages, hurdles, reasons, open questions, expectations."""

from pathways.assessment.assess import assess
from pathways.assessment.model import (
    Assessment,
    AvenueResult,
    Checked,
    HurdleResult,
    PartResult,
    Reason,
    Standing,
)

__all__ = [
    "Assessment",
    "AvenueResult",
    "Checked",
    "HurdleResult",
    "PartResult",
    "Reason",
    "Standing",
    "assess",
]
