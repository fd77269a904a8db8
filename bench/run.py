"""How fast it is, as ratios in one run: ``python bench/run.py [--quick]`` prints one table. See bench/README.md."""

from __future__ import annotations

import argparse
import gc
import os
import platform
import resource
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from statistics import mean, median

from cloop import WORD, CLoop
from questions import started

from pathways.assessment import assess
from pathways.case import Case, Given, read_case
from pathways.logic import Lanes, Statements, evaluate
from pathways.logic.many import BLOCK, Program
from pathways.rulebook import Rulebook, load_rulebook, read_rulebook
from pathways.rulebook.compiled import load_compiled
from pathways.rulebook.files import fingerprint
from pathways.rulebook.locate import rulebook_folder, shipped

HERE = Path(__file__).parent
MAIN = "minneapolis-2026"
CASES = 1_000_000
#: So often a case is assessed before it is timed: Python takes some rounds to reach its speed.
WARM = 20

Row = tuple[str, str, str, str]


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repetitions: seconds, and less to be relied on")
    quick = parser.parse_args().quick
    rulebook = load_rulebook()
    print(
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}; "
        f"{len(rulebook.statements)} statements, {len(rulebook.statements.variables)} variables\n"
    )
    print("| What | Measured | Target | |\n|---|---|---|---|")
    for rows in (
        starts(9 if quick else 41),
        checks(5 if quick else 21),
        assessments(rulebook, 15 if quick else 101),
        next_questions(rulebook),
        lanes(rulebook.statements, 3 if quick else 9),
        loading(3 if quick else 11),
    ):
        for what, measured, target, verdict in rows:
            print(f"| {what} | {measured} | {target} | {verdict} |", flush=True)


def _verdict(met: bool) -> str:
    return "met" if met else "**missed**"


def _best(work: Callable[[], object], runs: int) -> float:
    """The shortest time of several, in seconds."""
    return min(_times(work, runs))


def _times(work: Callable[[], object], runs: int) -> list[float]:
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return found


def _drop(results: Iterable[object]) -> None:
    """Let each result go when the next is made, so that memory is used again and not fetched from the system anew."""
    deque(results, maxlen=1)


# -- whole processes ------------------------------------------------------------------------------


def starts(runs: int) -> Iterator[Row]:
    """A whole process of ours and a trivial one, turn by turn."""
    # What is installed is compiled, so both sides may keep their compiled modules.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def start(*arguments: str) -> Callable[[], object]:
        return lambda: subprocess.run(
            [sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True
        )

    trivial = start(str(HERE / "trivial.py"))
    command = Path(sys.executable).with_name("pathways")
    program = (str(command),) if command.exists() else ("-m", "pathways")
    ours = start(*program, "run", MAIN, "--format", "json")
    for warm in (trivial, ours, trivial, ours):
        warm()

    def first_question() -> None:
        with subprocess.Popen(
            [sys.executable, *program, "ask"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stderr is not None
            shown = b""
            while not shown.endswith(b"\n> "):
                shown += os.read(process.stderr.fileno(), 1 << 16)
            process.kill()

    for what, work, most in (
        (f"process: `run {MAIN} --format json` ÷ a trivial Typer command", ours, 2.0),
        ("`ask`: from the start to the first prompt ÷ a trivial Typer command", first_question, 2.5),
    ):
        pairs = [(_times(trivial, 1)[0], _times(work, 1)[0]) for _ in range(runs)]
        ratio = median(mine / floor for floor, mine in pairs)
        floor, mine = (1000 * median(side) for side in zip(*pairs, strict=True))
        yield what, f"{ratio:.2f}× ({mine:.0f} ÷ {floor:.0f} ms)", f"at most {most:g}×", _verdict(ratio <= most)


def checks(runs: int) -> Iterator[Row]:
    """A whole process that checks the shipped rules, as an author starts it after each change."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "pathways", "rules", "check", "--no-prove"]

    def check(**more: str) -> None:
        subprocess.run(command, env=environment | more, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)

    def processor_time() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    check()
    taken, used = [], []
    for _ in range(runs):
        before = processor_time()
        taken.append(1000 * _times(check, 1)[0])
        used.append(1000 * (processor_time() - before))
    said = f"{median(used):.0f} ms of the processor; by the clock {median(taken):.0f}, the quickest {min(taken):.0f}"
    yield "process: `rules check --no-prove`", said, "under 500 ms", _verdict(median(used) < 500)
    before = processor_time()
    check(PATHWAYS_NO_CACHE="1")
    nothing_kept = processor_time() - before
    yield "the same with nothing kept: all citations parsed, all public holidays", f"{nothing_kept:.2f} s", "", ""


# -- one case -------------------------------------------------------------------------------------


def assessments(rulebook: Rulebook, runs: int) -> Iterator[Row]:
    """One assessment in process, for every shipped scenario: again, with one answer changed, and from nothing."""
    questions = [fact.id for fact in rulebook.facts.values() if fact.kind == "yes-no"]
    # The real cases, without those invented to cover the rules.
    files = [file for file in shipped("scenarios").rglob("*.yaml") if "covered" not in file.parts]
    for file in sorted(files, key=lambda file: (file.stem != MAIN, file.stem)):
        case = read_case(file, rulebook)
        for _ in range(WARM):
            assess(rulebook, case)
        again = [_milliseconds(rulebook, case) for _ in range(runs)]
        at = range(0, len(questions), max(1, len(questions) // runs))
        others = [case.with_answer(questions[one], Given.known("yes" if one % 2 else "no")) for one in at]
        changed = [_milliseconds(rulebook, other) for other in others]
        afresh = []
        for _ in range(runs):
            rulebook.decider.forget()
            afresh.append(_milliseconds(rulebook, case))
        yield (
            f"one assessment: {file.stem}",
            f"{median(again):.2f} ms; one answer changed {median(changed):.2f}; from nothing {median(afresh):.2f}",
            "under 2 ms",
            _verdict(median(again) < 2),
        )


def _milliseconds(rulebook: Rulebook, case: Case) -> float:
    return 1000 * _times(lambda: assess(rulebook, case), 1)[0]


def next_questions(rulebook: Rulebook) -> Iterator[Row]:
    """From an answer to the next question, over the interview of every scenario."""
    taken = []
    for file in sorted(shipped("scenarios").glob("*.yaml")):
        # As `ask` does, which is a process of its own.
        gc.collect()
        gc.freeze()
        case = read_case(file, rulebook)
        interview = started(rulebook, case)
        fact = interview.question
        while fact is not None:
            start = time.perf_counter()
            interview = interview.with_answer(fact.id, case.answers.get(fact.id, Given("unknown")))
            fact = interview.question
            taken.append(1000 * (time.perf_counter() - start))
    yield (
        f"from an answer to the next question, {len(taken)} times",
        f"mean {mean(taken):.1f} ms, worst {max(taken):.1f}",
        "under 50 ms",
        _verdict(max(taken) < 50),
    )


# -- many cases -----------------------------------------------------------------------------------


def random_lanes(statements: Statements, width: int, random: Random) -> Lanes:
    """Random answers to every question: some settled, some narrowed or not known at all, some disputed."""
    full = (1 << width) - 1
    options = {}
    for index, variable in enumerate(statements.variables):
        left, settled = full, []
        for _ in variable.options[1:]:
            settled.append(left & random.getrandbits(width))
            left ^= settled[-1]
        settled.append(left)
        random.shuffle(settled)
        loose = random.getrandbits(width) | random.getrandbits(width) & random.getrandbits(width)
        options[index] = [plane | loose & random.getrandbits(width) for plane in settled]
    return Lanes(width, options, {index: random.getrandbits(width) & random.getrandbits(width) for index in options})


def lanes(statements: Statements, runs: int) -> Iterator[Row]:
    """A million random cases, beside the same program in C."""
    below = {part for index in range(len(statements)) for part in statements.statements_of(index)}
    # All that no other statement is made of: everything else lies below.
    wanted = [index for index in range(len(statements)) if index not in below]
    counted = len(statements.cone(wanted))
    random = Random(2026)
    width = BLOCK // WORD * WORD
    widths = [width] * (CASES // width) + [CASES % width // WORD * WORD]
    blocks = [random_lanes(statements, one, random) for one in widths if one]
    cases = sum(block.width for block in blocks)
    compiling = _best(lambda: Program(statements, wanted).evaluate(blocks[-1]), 3)
    program = Program(statements, wanted)
    found = [program.evaluate(block) for block in blocks]
    ours = _best(lambda: _drop(program.evaluate(block) for block in blocks), runs)
    rate = counted * cases / ours / 1e9
    yield (
        f"{cases:,} random cases × {counted} statements, one core",
        f"{rate:.1f} billion a second ({1000 * ours:.1f} ms)",
        "2 billion",
        _verdict(rate >= 2),
    )
    yield (
        "the same, writing and compiling the straight-line program included",
        (f"{counted * cases / (ours + compiling) / 1e9:.1f} billion a second"),
        "",
        "",
    )
    plain = _best(lambda: _drop(evaluate(statements, block, wanted) for block in blocks), 2)
    rate = counted * cases / plain / 1e9
    yield "the same, statement by statement (`evaluate`)", f"{rate:.1f} billion a second", "", ""
    known = evaluate(statements, blocks[-1], wanted)
    equal = all(found[-1][index] == known[index] for index in wanted)
    yield "both give the same bits", "yes" if equal else "no", "yes", _verdict(equal)
    if shutil.which("cc") is None:
        yield "the same program in C", "skipped: no C compiler (`cc`) here", "at least a quarter", ""
        return
    theirs, expected = CLoop(program).evaluate(blocks, runs)
    share = theirs / ours
    yield (
        "our share of the speed of a C word loop (`cc -O2`) over the same program",
        f"{share:.2f} (C: {counted * cases / theirs / 1e9:.1f} billion a second)",
        "at least a quarter",
        _verdict(share >= 0.25),
    )
    yield "C gives the same bits", "yes" if expected == found else "no", "yes", _verdict(expected == found)


# -- loading --------------------------------------------------------------------------------------


_COLD = """
import sys, time
start = time.perf_counter()
from pathlib import Path
from pathways.rulebook.compiled import load_compiled
from pathways.rulebook.files import fingerprint
imported = time.perf_counter()
of_files = fingerprint(Path(sys.argv[1]))
hashed = time.perf_counter()
rulebook = load_compiled(of_files)
assert rulebook is not None, "no compiled form is kept here"
print(imported - start, hashed - imported, time.perf_counter() - hashed)
"""


def loading(runs: int) -> Iterator[Row]:
    """All rules in a new process, compiled and from YAML."""
    folder = rulebook_folder(None)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if load_compiled(fingerprint(folder)) is None:
        yield "loading all rules, compiled", "skipped: no compiled form could be kept", "under 60 ms", ""
    else:
        cold = []
        for _ in range(runs + 1):
            done = subprocess.run(
                [sys.executable, "-c", _COLD, str(folder)], env=environment, capture_output=True, text=True, check=True
            )
            cold.append([1000 * float(part) for part in done.stdout.split()])
        modules, hashing, reading = (median(part) for part in zip(*cold[1:], strict=True))
        yield (
            "loading all rules in a new process: fingerprint and compiled form",
            f"{hashing + reading:.1f} ms",
            "under 60 ms",
            _verdict(hashing + reading < 60),
        )
        yield "of which the fingerprint of the rule files", f"{hashing:.1f} ms", "", ""
        yield "the Python modules it needs, besides", f"{modules:.1f} ms", "", ""
    taken = 1000 * _best(lambda: read_rulebook(folder), 1 if runs < 5 else 3)
    yield "reading and checking all rules from YAML (after a rule has changed)", f"{taken:.0f} ms", "", ""


if __name__ == "__main__":
    main()
