"""The files that are imported, and how one is: by ``kexie import`` in a process of its own (导入文件)."""

from __future__ import annotations

import base64
import csv
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

SOCIETIES = 50


def import_file(file: Path, url: str, master: bytes, folder: Path) -> tuple[float, float]:
    """Return how many seconds an import took and the megabytes that its process held at most."""
    environment = {**os.environ, "KEXIE_MASTER_KEY": base64.b64encode(master).decode()}
    command = [sys.executable, "-m", "graphql_api.cli", "import", str(file), "--database-url", url]
    began = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--data-dir", str(folder / "data")], env=environment, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        message = f"the import of {file.name} failed"
        raise RuntimeError(message)
    unit = 1 if sys.platform == "darwin" else 1024
    return time.perf_counter() - began, usage.ru_maxrss * unit / 1_000_000


def files_of(folder: Path, people: int) -> Sequence[Path]:
    """Write the files, and return them in the order of import."""
    return [
        _written(
            folder / "organizations.csv",
            ["代码", "名称", "类别", "生效日期"],
            ([f"S{n}", f"第{n}学会", "学会", "1990-01-01"] for n in range(SOCIETIES)),
        ),
        _written(
            folder / "people.csv",
            ["代码", "姓名", "电话", "生效日期"],
            ([f"P{n}", f"会员{n:07}", f"138{n:08}", "2001-01-01"] for n in range(people)),
        ),
        _written(
            folder / "memberships.csv",
            ["组织代码", "会员代码", "会员类别", "会员号", "生效日期"],
            ([f"S{n % SOCIETIES}", f"P{n}", "个人会员", str(n), "2001-01-01"] for n in range(people)),
        ),
    ]


def _written(file: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(head)
        writer.writerows(rows)
    return file
