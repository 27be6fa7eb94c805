"""``python -m tests.architecture``: print every breach of the house rules; exit 1 when there is one."""

from __future__ import annotations

import sys

from tests.architecture.rules import project_violations

found = project_violations()
for violation in found:
    sys.stdout.write(f"{violation}\n")
sys.stdout.write(f"House rules: {len(found)} broken.\n" if found else "House rules: all kept.\n")
sys.exit(bool(found))
