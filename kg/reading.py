"""Pack the reading that a records file was made from into a few lines of it, and unpack it: what a person changed is what differs.

The reading itself is kept, not hashes of it: only so can a later merge say what was read before. It is packed, so that
nobody corrects the wrong copy, and takes about a sixth of the records' own size.
"""

from __future__ import annotations

import base64
import binascii
import bz2
from typing import Any

import msgspec

from kg.records import Plan

__all__ = ["READING", "pack", "unpack"]

READING = "reading"
"""The key of a records file under which the reading stands."""

_NOTE = "# What was read, packed: kg finds what you corrected by it. Leave it as it is."
_WIDTH = 118
_MOST_BYTES = 100_000_000
"""The largest reading that is unpacked: five times the largest document."""


def pack(reading: Plan) -> str:
    """Give the lines that hold a reading at the end of a YAML file; equal readings give equal lines."""
    packed = base64.b64encode(bz2.compress(msgspec.json.encode(reading))).decode("ascii")
    lines = [f"  {packed[at : at + _WIDTH]}" for at in range(0, len(packed), _WIDTH)]
    return "\n".join([_NOTE, f"{READING}: |", *lines, ""])


def unpack(packed: Any) -> Plan:
    """Give the reading back, however an editor has broken its lines; raises `ValueError` where it is no reading any more."""
    try:
        data = base64.b64decode("".join(str(packed).split()), validate=True)
        plain = bz2.BZ2Decompressor().decompress(data, _MOST_BYTES)
        return msgspec.json.decode(plain, type=Plan)  # what is cut off is no JSON
    except (ValueError, OSError, EOFError, binascii.Error, msgspec.MsgspecError) as error:
        raise ValueError("not the reading as kg packed it") from error
