"""The master keys on two sheets of paper: each alone says nothing, both together give the file back.

A sheet has a line for each version: `version:half:set:sum`. The half is random, or random XOR key; the set tells
which two sheets belong together; the sum finds a slip of the pen.
"""

import base64
import binascii
import os
from hashlib import sha256

from cre.core.vault.errors import NoKey
from cre.core.vault.master import KEY_BYTES, MasterKeys

SUM_SIGNS = 8
SET_BYTES = 4


def split(held: MasterKeys) -> tuple[str, str]:
    """Two sheets for these keys, new ones each time."""
    name = os.urandom(SET_BYTES).hex()
    sheets: tuple[list[str], list[str]] = ([], [])
    for version, key in sorted(held.by_version.items()):
        pad = os.urandom(KEY_BYTES)
        for sheet, half in zip(sheets, (pad, exclusive_or(pad, key)), strict=True):
            sheet.append(line_of(version, half, name))
    first, second = ("\n".join(sheet) + "\n" for sheet in sheets)
    return first, second


def join(first: str, second: str) -> str:
    """The key file that two sheets hold.

    Raises `NoKey` with the number of the line where something was typed wrong, when the sheets do not belong
    together, or when both are the same one.
    """
    one, two = parse(first, "first"), parse(second, "second")
    if {name for name, _ in one.values()} != {name for name, _ in two.values()} or one.keys() != two.keys():
        raise NoKey("These two sheets do not belong together.")
    if first.split() == second.split():
        raise NoKey("This is the same sheet twice; the other envelope holds the other half.")
    keys = {version: exclusive_or(one[version][1], two[version][1]) for version in one}
    return "".join(f"{version}:{base64.b64encode(key).decode()}\n" for version, key in sorted(keys.items()))


def line_of(version: int, half: bytes, name: str) -> str:
    body = f"{version}:{base64.b32encode(half).decode().rstrip('=')}:{name}"
    return f"{body}:{checksum(body)}"


def parse(sheet: str, which: str) -> dict[int, tuple[str, bytes]]:
    """The set and the half of each version on a sheet."""
    found = {}
    for number, line in enumerate((line.strip() for line in sheet.splitlines() if line.strip()), start=1):
        body, _, given = line.upper().replace(" ", "").rpartition(":")
        try:
            version, half, name = body.split(":")
            raw = base64.b32decode(half + "=" * (-len(half) % 8))
            right = checksum(f"{int(version)}:{half}:{name.lower()}").upper() == given and len(raw) == KEY_BYTES
        except (ValueError, binascii.Error):
            right = False
        if not right:
            raise NoKey(f"Line {number} of the {which} sheet was typed wrong.")
        found[int(version)] = (name.lower(), raw)
    if not found:
        raise NoKey(f"The {which} sheet is empty.")
    return found


def checksum(body: str) -> str:
    return sha256(body.encode()).hexdigest()[:SUM_SIGNS]


def exclusive_or(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
