"""Fixed examples of every event; ``python -m tests.support.example_events`` pins those that are new.

A topic that is pinned stays as it is: a change of its bytes is a change of what is stored.
"""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

from registry.events import Event
from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from tests.support import sealed_bodies

FOLDER = Path(__file__).parent / "examples"
GOLDEN = Path(__file__).parents[1] / "golden" / "events"
MODULES = {path.stem: import_module(f"tests.support.examples.{path.stem}") for path in FOLDER.glob("*.py")}

EXAMPLES: dict[type[Event], list[Event]] = {
    kind: examples for module in MODULES.values() for kind, examples in module.EXAMPLES.items()
}


def pinned(name: str) -> dict[str, Any]:
    """Return the bodies by topic that the golden file of a module holds."""
    path = GOLDEN / f"{name}.json"
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return content


def pin() -> None:
    """Pin the bodies of topics that are not pinned so far."""
    mapper = EventMapper(EVENTS)
    for name, module in MODULES.items():
        bodies = pinned(name)
        for kind, examples in module.EXAMPLES.items():
            bodies.setdefault(kind.topic, [mapper.encode(example).decode() for example in examples])
        text = json.dumps(bodies, ensure_ascii=False, indent=2)
        (GOLDEN / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
        sealed_bodies.pin(name, module.EXAMPLES)


if __name__ == "__main__":
    pin()
