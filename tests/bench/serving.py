"""Reading pages and processes of a server that is measured."""

import re
from pathlib import Path


def field(page: bytes, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rb'name="%b"[^>]*value="([^"]*)"' % name.encode(), page)
    if found is None:
        raise RuntimeError(f"no field {name}")
    return found[1].decode()


def memory(pid: int) -> list[int]:
    """Proportional set size of each worker under `pid`, in bytes."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [_pss(int(child)) for child in children]


def _pss(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("The kernel does not tell the proportional set size.")
