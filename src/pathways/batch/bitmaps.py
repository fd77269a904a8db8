"""Between columns of Arrow and planes: a plane is an integer with one bit for each row, the first row lowest."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from pathways.record import record


def plane_of(rows: pa.BooleanArray) -> int:
    """The rows that are true; a row without a value is not."""
    valid, bits = rows.buffers()
    full = (1 << len(rows)) - 1
    plane = int.from_bytes(bits, "little") >> rows.offset & full if bits is not None else 0
    if rows.null_count:
        plane &= int.from_bytes(valid, "little") >> rows.offset
    return plane


def rows_of(plane: int, width: int) -> pa.BooleanArray:
    """A plane as a column of true and false."""
    return pa.Array.from_buffers(pa.bool_(), width, [None, pa.py_buffer(plane.to_bytes((width + 7) // 8, "little"))])


def equal(codes: pa.Array, code: int) -> int:
    """The rows that hold a code."""
    return plane_of(pc.equal(codes, pa.scalar(code, codes.type)))


def codes_of(planes: Mapping[int, int], width: int) -> pa.Array:
    """For each row the code (0 to 255) whose plane has it; 0 where none has."""
    found = None
    for bit in range(max(planes, default=0).bit_length()):
        plane = 0
        for code, rows in planes.items():
            if code >> bit & 1:
                plane |= rows
        if plane:
            part = rows_of(plane, width).cast(pa.uint8())
            part = pc.shift_left(part, pa.scalar(bit, pa.uint8())) if bit else part
            found = part if found is None else pc.add(found, part)
    if found is None:
        return pa.Array.from_buffers(pa.uint8(), width, [None, pa.py_buffer(bytes(width))])
    return found


@record
class ArrowSelection:
    """The lanes of a block in which a plane has a bit; see :class:`pathways.logic.settle.Selection`."""

    width: int
    whole: int
    mask: pa.BooleanArray
    places: pa.Array

    @classmethod
    def of(cls, where: int, whole: int) -> ArrowSelection:
        """The lanes ``where`` of a block ``whole`` wide."""
        mask = rows_of(where, whole)
        return cls(where.bit_count(), whole, mask, pc.indices_nonzero(mask))

    def picked(self, plane: int) -> int:
        """The bits of a plane in the lanes chosen, side by side."""
        return plane_of(rows_of(plane, self.whole).take(self.places)) if plane else 0

    def spread(self, plane: int) -> int:
        """A plane of the lanes chosen, put back in their places."""
        if not plane:
            return 0
        return plane_of(pc.replace_with_mask(rows_of(0, self.whole), self.mask, rows_of(plane, self.width)))
