"""The same straight-line program as a loop in C over 64-bit words: what to hold the evaluator's speed against."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from pathways.logic import Lanes
from pathways.logic.lanes import Planes
from pathways.logic.many import EMPTY, FULL, Input, Line, Program

WORD = 64


class CLoop:
    """A program compiled with ``cc -O2``. All planes stand word by word side by side: the fastest order for C."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.inputs = [line for line in program.code if isinstance(line, Input)]
        self.planes = 3 * len(program.results)
        folder = Path(tempfile.mkdtemp(prefix="pathways-bench-"))
        try:
            source, library = folder / "loop.c", folder / "loop.so"
            source.write_text(self.source())
            subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", library, source], check=True)
            self._run = ctypes.CDLL(str(library)).run
        finally:
            shutil.rmtree(folder)
        self._run.argtypes = [ctypes.c_size_t, ctypes.c_void_p, ctypes.c_void_p]
        self._run.restype = None

    def source(self) -> str:
        """The loop in C: one line for each line of the program."""
        names = {EMPTY: "0", FULL: "~(uint64_t)0"}
        lines = [
            "#include <stddef.h>",
            "#include <stdint.h>",
            "void run(size_t words, const uint64_t *restrict in, uint64_t *restrict out) {",
            f"for (size_t word = 0; word < words; word++, in += {len(self.inputs)}, out += {self.planes}) {{",
        ]
        given = 0
        for name, line in enumerate(self.program.code):
            names[name] = f"v{name}"
            if isinstance(line, Line):
                lines.append(f"uint64_t v{name} = {f' {line.sign} '.join(names[part] for part in line.parts)};")
            else:
                lines.append(f"uint64_t v{name} = in[{given}];")
                given += 1
        results = [name for planes in self.program.results.values() for name in planes]
        lines += [f"out[{at}] = {names[name]};" for at, name in enumerate(results)]
        return "\n".join([*lines, "}", "}", ""])

    def evaluate(self, blocks: Sequence[Lanes], runs: int) -> tuple[float, list[dict[int, Planes]]]:
        """The best of several times in seconds, and the planes of each block. Widths are whole words."""
        words = sum(lanes.width for lanes in blocks) // WORD
        given = _interleaved(
            [
                [
                    lanes.disputed[one.variable] if one.option is None else lanes.options[one.variable][one.option]
                    for one in self.inputs
                ]
                for lanes in blocks
            ],
            [lanes.width for lanes in blocks],
        )
        found = ctypes.create_string_buffer(8 * words * self.planes)
        self._run(words, given, found)
        # Timed block by block into the same memory, as the evaluator's results are dropped block by block.
        calls = []
        start = ctypes.addressof(given)
        for lanes in blocks:
            calls.append((lanes.width // WORD, start))
            start += lanes.width // WORD * len(self.inputs) * 8
        scratch = ctypes.create_string_buffer(8 * max(count for count, _ in calls) * self.planes)
        best = float("inf")
        for _ in range(runs):
            begun = time.perf_counter()
            for count, at in calls:
                self._run(count, at, scratch)
            best = min(best, time.perf_counter() - begun)
        return best, list(self._results(found.raw, [lanes.width for lanes in blocks]))

    def _results(self, raw: bytes, widths: Sequence[int]) -> Iterator[dict[int, Planes]]:
        at = 0
        view = memoryview(raw).cast("Q")
        for width in widths:
            end = at + width // WORD * self.planes
            rows = (view[at + plane : end : self.planes].tobytes() for plane in range(self.planes))
            planes = (int.from_bytes(row, "little") for row in rows)
            yield dict(zip(self.program.results, zip(planes, planes, planes, strict=True), strict=True))
            at = end


def _interleaved(blocks: Sequence[Sequence[int]], widths: Sequence[int]) -> ctypes.Array[ctypes.c_uint64]:
    """The words of all planes: the first word of each, then the second of each."""
    count = len(blocks[0])
    words = [width // WORD for width in widths]
    result = (ctypes.c_uint64 * (sum(words) * count))()
    view = memoryview(result).cast("B").cast("Q")
    start = 0
    for planes, length in zip(blocks, words, strict=True):
        for at, plane in enumerate(planes):
            row = memoryview(plane.to_bytes(8 * length, "little")).cast("Q")
            for word in range(length):
                view[start + word * count + at] = row[word]
        start += length * count
    return result
