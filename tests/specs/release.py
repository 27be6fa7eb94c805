"""Keeps the present schema as that of a release: ``python -m tests.specs.release``."""

from __future__ import annotations

import tempfile
from pathlib import Path

from graphql_api.schema import build_schema
from tests.support.node import run_node
from tests.support.processes import REPOSITORY


def main() -> None:
    """Write tests/golden/schema.released.graphql."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "schema.graphql"
        file.write_text(build_schema().as_str(), encoding="utf-8")
        kept = run_node("differences.mjs", "--release", str(file))
    (REPOSITORY / "tests" / "golden" / "schema.released.graphql").write_text(kept, encoding="utf-8")


if __name__ == "__main__":
    main()
