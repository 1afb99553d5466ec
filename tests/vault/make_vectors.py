"""Adds missing vectors, keeps those that stand: `python -m tests.vault.make_vectors`."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from intake import vault
from tests.vault import fixed
from tests.vault.sample import Sample, written_place
from tests.vault.samples import SAMPLES

VECTORS = Path(__file__).parent / "vectors"
FORMS = {1: "seal", 2: "box", 3: "addition"}
CHEAP = vault.Stretching(8, 1, 1, fixed.fixed("salt")[:16])
PLACES: tuple[tuple[vault.Part, ...], ...] = (
    ("label",),
    ("document", fixed.CASE, "account", fixed.ROW, 3),
    ("Әріп", b"\x00\xff", 0, 4_294_967_296),
)
SIZES = (0, 1, 508, 509, 4092, 4093, 5000, 16_384, 100_000, 8_388_608)


def values() -> dict[str, Any]:
    """Everything that follows from its inputs without chance."""
    return {
        "contexts": [
            {"place": written_place(place), "context": vault.context(*_labelled(place)).hex()}
            for place in PLACES
        ],
        "derived keys": [
            {
                "key": fixed.CASE_KEY.raw.hex(),
                "place": written_place(place),
                "derived": fixed.CASE_KEY.derive(*_labelled(place)).raw.hex(),
            }
            for place in PLACES
        ],
        "macs": [_mac("audit", b""), _mac("addition", fixed.TEXT)],
        "key pairs": [_key_pair(vault.Seed(bytes(32))), _key_pair(fixed.MEMBER_SEED)],
        "padded sizes": [[size, len(vault.pad(bytes(size), floor=512))] for size in SIZES],
        "stretched": [
            _stretched(CHEAP, None),
            _stretched(CHEAP, fixed.SERVER_KEY),
            _stretched(vault.Stretching.for_code(CHEAP.salt), None),
        ],
        "return codes": [_code(fixed.ONCE), _code(vault.Once(bytes(32)))],
        "drafts": [_draft(fixed.ONCE), _draft(vault.Once(bytes(32)))],
        "audit": _audit(),
    }


def _labelled(place: tuple[vault.Part, ...]) -> tuple[str, *tuple[vault.Part, ...]]:
    label, *parts = place
    return str(label), *parts


def _mac(label: str, message: bytes) -> dict[str, str]:
    key = fixed.AUDIT_KEY
    mac = key.mac(label, message).hex()
    return {"key": key.raw.hex(), "label": label, "message": message.hex(), "mac": mac}


def _key_pair(seed: vault.Seed) -> dict[str, str]:
    return {
        "seed": seed.raw.hex(),
        "public": base64.b64encode(seed.public.raw).decode(),
        "fingerprint": seed.public.fingerprint(),
        "symmetric": seed.symmetric.raw.hex(),
    }


def _stretched(how: vault.Stretching, pepper: vault.Key | None) -> dict[str, str | None]:
    return {
        "text": "тест-фраза",
        "how": how.to_bytes().hex(),
        "pepper": None if pepper is None else pepper.raw.hex(),
        "key": vault.stretch("тест-фраза", how, pepper=pepper).raw.hex(),
    }


def _code(once: vault.Once) -> dict[str, str]:
    code = vault.return_code(once)
    keys = vault.code_keys(code, CHEAP.salt, how=CHEAP)
    return {
        "once": once.raw.hex(),
        "code": code,
        "how": CHEAP.to_bytes().hex(),
        "look_up": keys.look_up.hex(),
        "key": keys.key.raw.hex(),
    }


def _draft(once: vault.Once) -> dict[str, str]:
    return {
        "once": once.raw.hex(),
        "id": str(vault.draft_id(once)),
        "key": vault.draft_key(once).raw.hex(),
    }


def _audit() -> dict[str, Any]:
    sealed, digest = vault.Sealed(fixed.TEXT), fixed.fixed("digest")
    pseudonym = vault.pseudonym(fixed.AUDIT_KEY, fixed.CASE)
    line = vault.audit_line(sealed, sequence=1, pseudonym=pseudonym, revision=2, digest=digest)
    return {
        "key": fixed.AUDIT_KEY.raw.hex(),
        "case": str(fixed.CASE),
        "pseudonym": pseudonym.hex(),
        "sealed": sealed.hex(),
        "digest": digest.hex(),
        "mac": vault.audit_mac(fixed.AUDIT_KEY, vault.AUDIT_START, line).hex(),
    }


def objects() -> dict[str, Any]:
    """A vector of every object; each is another on every call."""
    return {sample.name: _vector(sample) for sample in SAMPLES}


def _vector(sample: Sample) -> dict[str, Any]:
    sealed = sample.make()
    return {
        "form": FORMS[sealed[0]],
        "layout": sample.layout,
        "secret": sample.secret.hex(),
        "place": written_place(sample.place),
        "content": sample.content(),
        "sealed": base64.b64encode(sealed).decode(),
    }


def main() -> None:
    _add(VECTORS / "objects.json", objects)
    _add(VECTORS / "values.json", values)
    _add_text(VECTORS / "rings.pub", pins)
    _add_text(VECTORS / "rings-later.pub", later_pins)
    _add_text(VECTORS / "sheets.txt", sheets)


def pins() -> str:
    return vault.Pins(fixed.PINS, fixed.RECOVERY_SEED.public).to_text()


def later_pins() -> str:
    return vault.Pins(fixed.LATER_PINS, fixed.RECOVERY_SEED.public).to_text()


def sheets() -> str:
    made = vault.make_sheets(fixed.RECOVERY_SEED, threshold=2, count=3)
    return "\n".join([*made, ""])


def _add(path: Path, make: Callable[[], dict[str, Any]]) -> None:
    known = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps(make() | known, ensure_ascii=False, indent=1) + "\n")


def _add_text(path: Path, make: Callable[[], str]) -> None:
    if not path.exists():
        path.write_text(make())


if __name__ == "__main__":
    main()
