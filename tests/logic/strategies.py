"""Random variables, statements and cases, small enough for the slow reference."""

from __future__ import annotations

from hypothesis import strategies as st

from pathways.logic import Answer, Statements


@st.composite
def rulebooks(draw: st.DrawFn, max_variables: int = 4, words: bool = True) -> tuple[Statements, int]:
    """A table of statements and one of them, the root."""
    statements = Statements()
    for number in range(draw(st.integers(1, max_variables))):
        size = draw(st.sampled_from([2, 2, 2, 3]))
        statements.variable(f"v.{number}", [f"o{i}" for i in range(size)])

    @st.composite
    def leaves(draw: st.DrawFn) -> int:
        variable = draw(st.integers(0, len(statements.variables) - 1))
        return statements.leaf(variable, draw(st.integers(0, statements.variables[variable].everything)))

    def wholes(parts: st.SearchStrategy[int]) -> st.SearchStrategy[int]:
        several = st.lists(parts, min_size=1, max_size=3)
        options = [
            parts.map(statements.negation),
            several.map(statements.all),
            several.map(statements.any),
            st.lists(parts, min_size=3, max_size=3).map(lambda p: statements.at_least(2, p)),
        ]
        if words:
            options += [
                parts.map(statements.clearly),
                parts.map(statements.arguably),
                parts.map(statements.disputed),
                parts.map(statements.contestable),
            ]
        return st.one_of(options)

    return statements, draw(st.recursive(leaves(), wholes, max_leaves=7))


@st.composite
def cases(draw: st.DrawFn, statements: Statements) -> dict[int, Answer]:
    """Answers to some of the variables: settled, disputed, narrowed or left out."""
    answers = {}
    for index, variable in enumerate(statements.variables):
        if draw(st.booleans()):
            answers[index] = Answer(draw(st.integers(1, variable.everything)), draw(st.booleans()))
    return answers
