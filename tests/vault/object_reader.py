"""The second reader's objects, from FORMAT.md 3 and 4 alone; imports nothing of Intake."""

import base64
import struct
from collections.abc import Callable, Mapping
from typing import Any

from tests.vault import reader

RINGS = ("case", "intimate", "facts", "audit")
SLOTS = ("identity", "account", "intimate", "work", "mail", "state")


def open_vector(vector: Mapping[str, Any]) -> object:
    """What an object's vector holds, as the vector states it under `content`."""
    sealed = base64.b64decode(vector["sealed"])
    opened = (
        _addition(sealed, vector) if vector["form"] == "addition" else _opened(sealed, vector)
    )
    return _LAYOUTS[vector["layout"]](opened)


def _opened(sealed: bytes, vector: Mapping[str, Any]) -> bytes:
    place, secret = reader.context(vector["place"]), bytes.fromhex(vector["secret"])
    match vector["form"], sealed[:1]:
        case "seal", b"\x01":
            return reader.unseal(secret, sealed, place)
        case "box", b"\x02":
            return reader.unbox(secret, sealed, place)
        case _:
            raise reader.RefusedError


def _addition(sealed: bytes, vector: Mapping[str, Any]) -> bytes:
    *place, ring, generation = vector["place"]
    start = 1 + RINGS.index(ring) * 1169
    if sealed[:1] != b"\x03":
        raise reader.RefusedError
    seal, box = sealed[start : start + 1169], sealed[1 + 2 * 1169 :]
    key = reader.unseal(
        bytes.fromhex(vector["secret"]), seal, reader.context([*place, ring, generation])
    )
    return reader.unbox(key, box, reader.context(place))


def _case_keys(opened: bytes) -> dict[str, str]:
    mask, keys = opened[0], opened[1:]
    if len(opened) != 193 or mask >= 64:
        raise reader.RefusedError
    return {
        slot: keys[32 * bit : 32 * bit + 32].hex()
        for bit, slot in enumerate(SLOTS)
        if mask & 1 << bit
    }


def _member(opened: bytes) -> dict[str, object]:
    seed, trusted, length, totp, counter = struct.unpack(">32s144sB64sQ", opened)
    return {
        "seed": seed.hex(),
        **_trusted(trusted),
        "totp": totp[:length].hex(),
        "counter": counter,
    }


def _session(opened: bytes) -> dict[str, object]:
    seed, trusted, started = struct.unpack(">32s144sQ", opened)
    return {"seed": seed.hex(), **_trusted(trusted), "started": started}


def _trusted(packed: bytes) -> dict[str, object]:
    rows = zip(RINGS, struct.iter_unpack(">I32s", packed), strict=True)
    return {"trusted": {r: [generation, d.hex()] for r, (generation, d) in rows if generation}}


_LAYOUTS: Mapping[str, Callable[[bytes], object]] = {
    "bare": bytes.hex,
    "padded": lambda opened: reader.unpad(opened).hex(),
    "case-keys": _case_keys,
    "member": _member,
    "session": _session,
}
