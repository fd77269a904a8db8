"""The signs of a way, drawn: each has a shape of its own, so that none is told by its color alone."""

from __future__ import annotations

from collections.abc import Callable

from pathways.render.page import Way
from pathways.render.words import upper

WIDTH = HEIGHT = 24

#: Each sign in a square of 24; ``currentColor`` is the ink, ``--paper`` what shows through.
SIGNS = {
    "clear": '<circle cx="12" cy="12" r="9" fill="currentColor"/>'
    '<path d="M7.5 12.4l3.1 3.1 6-6.4" fill="none" stroke="var(--paper)" stroke-width="2.2" stroke-linecap="round" '
    'stroke-linejoin="round"/>',
    "decide": '<circle cx="12" cy="12" r="8.5" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M12 3.5a8.5 8.5 0 0 1 0 17z" fill="currentColor"/>',
    "unknown": '<circle cx="12" cy="12" r="8.5" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-dasharray="3.2 2.6"/><circle cx="12" cy="12" r="1.8" fill="currentColor"/>',
    "stop": '<rect x="3.5" y="3.5" width="17" height="17" rx="2.5" fill="currentColor"/>'
    '<path d="M8.5 8.5l7 7m0-7l-7 7" stroke="var(--paper)" stroke-width="2.2" stroke-linecap="round"/>',
    "moves": '<circle cx="12" cy="12" r="8.5" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M7.5 12h8m-3-3.4l3.4 3.4-3.4 3.4" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linecap="round" stroke-linejoin="round"/>',
}
_STEP = 34
_MARGIN = 6
_TOP = 14


def track(way: Way, safe: Callable[[str], str], color: Callable[[str], str] | None = None) -> str:
    """The stations of a way on one line as SVG, in the order of the list beside it, a point over those it hangs on.

    ``safe`` makes a text safe to stand in a file, ``color`` names the ink of a sign where no style sheet does.
    """
    width = 2 * _MARGIN + _STEP * len(way.marks) + _STEP
    middle = _TOP + HEIGHT / 2
    drawn = [
        f'<path class="road" d="M{_MARGIN} {middle}H{width - _MARGIN}" stroke-width="2" '
        f'stroke="{_ink("road", color)}"/>'
    ]
    for at, mark in enumerate(way.marks):
        x = _MARGIN + at * _STEP
        ink = f' color="{color(mark.sign)}"' if color else ""
        drawn.append(f'<g class="{mark.sign}"{ink} transform="translate({x} {_TOP})">{_solid(mark.sign)}</g>')
        if mark.here:
            point = f"M{x + WIDTH / 2 - 5} 2h10l-5 8z"
            drawn.append(f'<path class="point" d="{point}" fill="{_ink("point", color)}"/>')
    end = _MARGIN + len(way.marks) * _STEP + 4
    drawn.append(
        f'<path class="end" d="M{end} {_TOP - 2}v{HEIGHT + 4}M{end} {_TOP}h15l-4 6 4 6h-15" fill="none" '
        f'stroke="{_ink("end", color)}" stroke-width="2.2" stroke-linejoin="round"/>'
    )
    said = safe(f"The way in a picture: {len(way.marks)} stations, listed below. {upper(way.outcome)}.")
    inner = "".join(drawn)
    if color:
        inner = inner.replace("var(--paper)", color("paper"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="track" role="img" aria-label="{said}" '
        f'viewBox="0 0 {width} {_TOP + HEIGHT + 4}" width="{width}" height="{_TOP + HEIGHT + 4}">{inner}</svg>'
    )


def _solid(sign: str) -> str:
    """A sign with nothing of the road showing through."""
    return f'<circle cx="12" cy="12" r="10.5" fill="var(--paper)"/>{SIGNS[sign]}'


def _ink(name: str, color: Callable[[str], str] | None) -> str:
    return color(name) if color else "currentColor"
