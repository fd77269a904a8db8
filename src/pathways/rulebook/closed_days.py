"""Public holidays, from the `holidays` library (docs/decisions/0008).

They are worked out when the rules are read and kept with them in compiled form: the library takes longer to load than
a whole run of the program.
"""

from __future__ import annotations

FIRST_YEAR, LAST_YEAR = 1870, 2060


def closed_days(country: str, first_year: int, last_year: int) -> frozenset[int]:
    """The public holidays of a country as ordinals, on the days on which they are kept.

    Raises :class:`ValueError` for a country that is not known.
    """
    import holidays

    try:
        found = holidays.country_holidays(country, years=range(first_year, last_year + 1))
    except NotImplementedError:
        raise ValueError(country) from None
    return frozenset(day.toordinal() for day in found)
