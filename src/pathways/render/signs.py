"""The signs of a way, drawn: each has a shape of its own, so that none is told by its color alone."""

from __future__ import annotations

from collections.abc import Mapping

from pathways.render.page import Way
from pathways.render.words import count, upper

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


def track(way: Way) -> str:
    """The stations of a way on one line as the inside of a drawing, in the order of the list beside it.

    A point stands over those on which the result hangs; a flag at the end. Colors are the style sheet's.
    """
    middle = _TOP + HEIGHT / 2
    end = _MARGIN + len(way.marks) * _STEP + 4
    drawn = [f'<path class="road" d="M{_MARGIN} {middle}H{end + 22}" stroke="currentColor" stroke-width="2"/>']
    for at, mark in enumerate(way.marks):
        x = _MARGIN + at * _STEP
        # Nothing of the road shows through a sign.
        shade = '<circle cx="12" cy="12" r="10.5" fill="var(--paper)"/>'
        drawn.append(f'<g class="{mark.sign}" transform="translate({x} {_TOP})">{shade}{SIGNS[mark.sign]}</g>')
        if mark.here:
            drawn.append(f'<path class="point" d="M{x + WIDTH / 2 - 5} 2h10l-5 8z" fill="currentColor"/>')
    flag = f"M{end} {_TOP - 2}v{HEIGHT + 4}M{end} {_TOP}h15l-4 6 4 6h-15"
    drawn.append(
        f'<path class="end" d="{flag}" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linejoin="round"/>'
    )
    return "".join(drawn)


def track_size(way: Way) -> tuple[int, int]:
    """The width and height of the drawing of a way."""
    return 2 * _MARGIN + _STEP * (len(way.marks) + 1), _TOP + HEIGHT + 4


def track_words(way: Way) -> str:
    """What the drawing of a way shows; the stations themselves are listed beside it."""
    hangs = sum(mark.here for mark in way.marks)
    on = f" The result hangs on {hangs} of them." if hangs else ""
    return f"The way in a picture: {count(len(way.marks), 'station')}, listed below.{on} {upper(way.outcome)}."


def track_of(way: Way, inks: Mapping[str, str]) -> str:
    """The drawing of a way as an SVG file of its own, with these inks by the class of what they color."""
    inner = track(way).replace("var(--paper)", inks["paper"])
    for name, ink in inks.items():
        inner = inner.replace(f'class="{name}"', f'color="{ink}"')
    width, height = track_size(way)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{inner}</svg>'
