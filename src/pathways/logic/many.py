"""Very many lanes: the same evaluation as straight-line code, a block of lanes at a time.

:func:`pathways.logic.lanes.evaluate` looks up what every statement is made of while it evaluates. For one case that is
all there is to do; for a million it pays to write the evaluation down once, as one line for each plane that is needed.
Beside the three planes of a statement two more are used where they are cheaper: *can be other than no*
(``half | yes``) and *can be other than yes* (``half | no``). For an ``all`` and its mirror image ``any``:

    no      any part can be no                  other than no   every part can be other than no
    yes     every part can be yes               half            other than no, and some part can be half

Blocks of :data:`BLOCK` lanes keep the integers that are in use in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from pathways.logic.lanes import Lanes, Planes
from pathways.logic.statements import Kind, Statements
from pathways.logic.structure import bits

#: Lanes in a block at which the evaluation is fastest; a multiple of the 30 bits in a digit of a Python integer.
BLOCK = 61440

Sign = Literal["&", "|", "^"]
Plane = Literal["no", "half", "yes", "not_no", "not_yes"]

_MIRROR: dict[Plane, Plane] = {"no": "yes", "half": "half", "yes": "no", "not_no": "not_yes", "not_yes": "not_no"}

#: A value in a program: an input or the result of a line, by number; or one of these two.
Name = int
EMPTY: Name = -1
FULL: Name = -2


class Input(NamedTuple):
    """A plane that is given: the lanes in which an option is possible or (option None) the answer is disputed."""

    variable: int
    option: int | None


class Line(NamedTuple):
    """One line of a program: a sign between two values or more."""

    sign: Sign
    parts: tuple[Name, ...]


class Program:
    """The evaluation of some statements, and of all that they are made of, as a list of lines.

    ``code[name]`` says where each value comes from; ``results`` names the three planes of every statement wanted.
    """

    def __init__(self, statements: Statements, wanted: Iterable[int]) -> None:
        self.statements = statements
        self.code: list[Input | Line] = []
        self._names: dict[Input | Line, Name] = {}
        self._planes: dict[tuple[int, Plane], Name] = {}
        self._options: dict[tuple[int, int], Name] = {}
        self._counted: dict[int, tuple[Name, Name, Name]] = {}
        self._atoms = _atoms(statements, wanted := list(wanted))
        for index in statements.cone(wanted):
            # Parts before wholes, so that nothing here goes deeper than one level.
            self._prepare(index)
        self.results: dict[int, tuple[Name, Name, Name]] = {
            index: (self._plane(index, "no"), self._plane(index, "half"), self._plane(index, "yes")) for index in wanted
        }
        self._drop_unused()
        self._run: Callable[[Lanes], tuple[int, ...]] | None = None

    # -- writing ----------------------------------------------------------------------------------

    def _add(self, line: Input | Line) -> Name:
        found = self._names.get(line)
        if found is None:
            found = self._names[line] = len(self.code)
            self.code.append(line)
        return found

    def _and(self, parts: Iterable[Name]) -> Name:
        return self._join("&", parts, neutral=FULL, absorbing=EMPTY)

    def _or(self, parts: Iterable[Name]) -> Name:
        return self._join("|", parts, neutral=EMPTY, absorbing=FULL)

    def _join(self, sign: Sign, parts: Iterable[Name], neutral: Name, absorbing: Name) -> Name:
        found = sorted(set(parts) - {neutral})
        if absorbing in found:
            return absorbing
        if len(found) < 2:
            return found[0] if found else neutral
        return self._add(Line(sign, tuple(found)))

    def _prepare(self, index: int) -> None:
        planes: tuple[Plane, ...] = ("no", "half", "yes", "not_no", "not_yes")
        for plane in planes:
            self._plane(index, plane)

    def _plane(self, index: int, plane: Plane) -> Name:
        found = self._planes.get((index, plane))
        if found is None:
            found = self._planes[index, plane] = self._write(index, plane)
        return found

    def _write(self, index: int, plane: Plane) -> Name:
        kind, parts = self.statements.kinds[index], self.statements.parts[index]
        if kind is Kind.LEAF:
            return self._leaf(parts[0], parts[1], plane)
        if kind in (Kind.ALWAYS, Kind.NEVER):
            return FULL if plane in (("yes", "not_no") if kind is Kind.ALWAYS else ("no", "not_yes")) else EMPTY
        if kind is Kind.NOT:
            return self._plane(parts[0], _MIRROR[plane])
        if kind in (Kind.ALL, Kind.ANY):
            return self._joined(parts, plane, turned=kind is Kind.ANY)
        if kind is Kind.AT_LEAST:
            no, half, yes = self._at_least(index)
            choice = {"no": [no], "half": [half], "yes": [yes], "not_no": [half, yes], "not_yes": [half, no]}
            return self._or(choice[plane])
        return self._word(kind, parts[0], plane)

    def _leaf(self, variable: int, mask: int, plane: Plane) -> Name:
        atoms = self._atoms[variable]
        inside = self._or(self._any_option(variable, atom) for atom in atoms if atom & mask)
        outside = self._or(self._any_option(variable, atom) for atom in atoms if not atom & mask)
        if plane == "not_no":
            return inside
        if plane == "not_yes":
            return outside
        half = self._and((inside, outside))
        if plane == "half":
            return half
        disputed = self._and((half, self._add(Input(variable, None))))
        return self._add(Line("^", (inside if plane == "yes" else outside, disputed)))

    def _any_option(self, variable: int, options: int) -> Name:
        found = self._options.get((variable, options))
        if found is None:
            found = self._options[variable, options] = self._or(
                self._add(Input(variable, option)) for option in bits(options)
            )
        return found

    def _joined(self, parts: Sequence[int], plane: Plane, turned: bool) -> Name:
        """A plane of an ``all``, or (turned) of an ``any``."""
        inner = _MIRROR[plane] if turned else plane

        def below(plane: Plane) -> list[Name]:
            return [self._plane(part, _MIRROR[plane] if turned else plane) for part in parts]

        if inner in ("no", "not_yes"):
            return self._or(below(inner))
        if inner in ("yes", "not_no"):
            return self._and(below(inner))
        return self._and((self._or(below("half")), self._and(below("not_no"))))

    def _word(self, kind: Kind, part: int, plane: Plane) -> Name:
        if kind is Kind.CONTESTABLE:
            return (
                self._plane(part, "no")
                if plane == "no"
                else EMPTY
                if plane == "yes"
                else (FULL if plane == "not_yes" else self._plane(part, "not_no"))
            )
        if plane == "half":
            return EMPTY
        says_yes = plane in ("yes", "not_no")
        if kind is Kind.CLEARLY:
            return self._plane(part, "yes" if says_yes else "not_yes")
        if kind is Kind.ARGUABLY:
            return self._plane(part, "not_no" if says_yes else "no")
        return self._plane(part, "half") if says_yes else self._or((self._plane(part, "no"), self._plane(part, "yes")))

    def _at_least(self, index: int) -> tuple[Name, Name, Name]:
        """As :func:`pathways.logic.lanes.at_least`: the pairs (parts yes, at least disputed) that can occur."""
        found = self._counted.get(index)
        if found is not None:
            return found
        count, *parts = self.statements.parts[index]
        reach: dict[tuple[int, int], Name] = {(0, 0): FULL}
        for part in parts:
            after: dict[tuple[int, int], list[Name]] = {}
            for (sure, maybe), lanes in reach.items():
                more = min(maybe + 1, count)
                for pair, plane in (
                    ((sure, maybe), self._plane(part, "no")),
                    ((sure, more), self._plane(part, "half")),
                    ((min(sure + 1, count), more), self._plane(part, "yes")),
                ):
                    after.setdefault(pair, []).append(self._and((lanes, plane)))
            reach = {pair: self._or(names) for pair, names in after.items()}
        no, half, yes = (
            self._or(name for pair, name in reach.items() if (pair[0] == count) + (pair[1] == count) == value)
            for value in range(3)
        )
        self._counted[index] = no, half, yes
        return no, half, yes

    def _drop_unused(self) -> None:
        """Keep the lines that a result needs, in an order that uses each value soon after it is made."""
        order: dict[Name, Name] = {EMPTY: EMPTY, FULL: FULL}
        kept: list[Input | Line] = []
        waiting = [name for planes in reversed(self.results.values()) for name in reversed(planes)]
        while waiting:
            name = waiting.pop()
            if name in order:
                continue
            line = self.code[name]
            missing = [part for part in line.parts if part not in order] if isinstance(line, Line) else []
            if missing:
                waiting += [name, *reversed(missing)]
                continue
            order[name] = len(kept)
            kept.append(Line(line.sign, tuple(order[part] for part in line.parts)) if isinstance(line, Line) else line)
        self.code = kept
        self.results = {index: (order[no], order[half], order[yes]) for index, (no, half, yes) in self.results.items()}

    # -- running ----------------------------------------------------------------------------------

    def evaluate(self, lanes: Lanes) -> dict[int, Planes]:
        """The planes of every statement that is wanted, in every lane."""
        if self._run is None:
            self._run = self._compiled()
        found = iter(self._run(lanes))
        return dict(zip(self.results, zip(found, found, found, strict=True), strict=True))

    def _compiled(self) -> Callable[[Lanes], tuple[int, ...]]:
        last: dict[Name, int] = {}
        for at, line in enumerate(self.code):
            if isinstance(line, Line):
                last.update(dict.fromkeys(line.parts, at))
        for planes in self.results.values():
            last.update(dict.fromkeys(planes, len(self.code)))
        # A word is used again as soon as what it held is not needed any more, so that its memory is, too.
        words = {EMPTY: "empty", FULL: "full"}
        free: list[str] = []
        source = ["def run(lanes):", " options, disputed, full, empty = lanes.options, lanes.disputed, lanes.full, 0"]
        for name, line in enumerate(self.code):
            if isinstance(line, Input):
                variable, option = line
                text = f"disputed[{variable}]" if option is None else f"options[{variable}][{option}]"
            else:
                text = f" {line.sign} ".join(words[part] for part in line.parts)
                free += [words[part] for part in line.parts if last.get(part) == name]
            words[name] = free.pop() if free else f"p{len(words)}"
            source.append(f" {words[name]} = {text}")
        source.append(f" return ({''.join(f'{words[name]}, ' for planes in self.results.values() for name in planes)})")
        space: dict[str, Callable[[Lanes], tuple[int, ...]]] = {}
        exec(compile("\n".join(source), "<statements>", "exec"), space)  # noqa: S102 - made of numbers, above
        return space["run"]


def _atoms(statements: Statements, wanted: Iterable[int]) -> dict[int, list[int]]:
    """For each variable, its options in groups that no leaf below the statements tells apart."""
    groups: dict[int, list[int]] = {}
    for index in statements.cone(wanted):
        if statements.kinds[index] is Kind.LEAF:
            variable, mask = statements.parts[index]
            before = groups.get(variable, [statements.variables[variable].everything])
            groups[variable] = [part for group in before for part in (group & mask, group & ~mask) if part]
    return groups


def evaluate_many(
    statements: Statements, blocks: Iterable[Lanes], wanted: Iterable[int]
) -> Iterator[dict[int, Planes]]:
    """For each block of lanes, the planes of every statement in ``wanted``, as `evaluate` has them.

    Works best with blocks of :data:`BLOCK` lanes, which may be made while they are asked for.
    """
    program = Program(statements, wanted)
    return (program.evaluate(lanes) for lanes in blocks)
