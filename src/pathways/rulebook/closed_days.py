"""Public holidays, from the `holidays` library (docs/decisions/0008).

They are worked out when rules are read, and kept: the library takes longer to load than a whole run of the program.
"""

from __future__ import annotations

from array import array

from pathways.rulebook.kept import keep, kept_path, read_kept

FIRST_YEAR, LAST_YEAR = 1870, 2060
#: Of so many countries they are kept.
COUNTRIES = 4
_DAY = array("l").itemsize


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


def all_closed_days(country: str) -> frozenset[int]:
    """Those of all years that are worked out beforehand, from what is kept where they were before."""
    from importlib.metadata import version

    path = kept_path("days", f"holidays {version('holidays')}: {country} {FIRST_YEAR} {LAST_YEAR}")
    kept = read_kept(path)
    if kept is not None and len(kept) % _DAY == 0:
        return frozenset(kept.cast("l"))
    found = closed_days(country, FIRST_YEAR, LAST_YEAR)
    keep(path, array("l", sorted(found)).tobytes(), COUNTRIES)
    return found
