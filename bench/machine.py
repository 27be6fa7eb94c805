"""Facts about the machine and the software, without which a figure says nothing."""

from __future__ import annotations

import os
import platform
import statistics
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

SYNCS = 100
"""How many synchronous writes are timed: enough for a median, 1 s even on a slow disk."""


def machine(data_folder: Path) -> dict[str, str | int | float]:
    """Describe processor, memory, kernel, and the disk under ``data_folder``.

    ``fsync_ms`` is the median time of writing 4 KiB and waiting until they are durable: the floor
    under every commit here. A disk that answers in microseconds does not wait for anything.
    ``load_average`` is that of the last minute: far above 0, somebody else was measured, too.
    """
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 0,
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "load_average": round(os.getloadavg()[0], 2),
        "filesystem": _filesystem(data_folder),
        "fsync_ms": round(_fsync_ms(data_folder), 3),
    }


def versions(distributions: Iterable[str]) -> dict[str, str]:
    """Return the installed version of each distribution that is there, and Python's own."""
    found = {"python": platform.python_version()}
    for name in distributions:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def processor_seconds(pid: int) -> float:
    """Return what a process has used of the processor so far, by its own clock, to the microsecond."""
    # As clock_getcpuclockid(3) makes the number of the clock on Linux.
    return time.clock_gettime((~pid << 3) | 2)


def resident(pid: int) -> int:
    """Return the bytes of memory that a process holds; Linux alone tells."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def _filesystem(folder: Path) -> str:
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return "unknown"
    folder = folder.resolve()
    deepest, kind = Path("/"), "unknown"
    for line in mounts.read_text(encoding="utf-8").splitlines():
        _, point, candidate, *_ = line.split()
        # A later mount on the same point hides the earlier one, hence "at least as deep".
        if folder.is_relative_to(point) and len(Path(point).parts) >= len(deepest.parts):
            deepest, kind = Path(point), candidate
    return kind


def _fsync_ms(folder: Path) -> float:
    durations = []
    with tempfile.TemporaryFile(dir=folder) as file:
        block = bytes(4096)
        for _ in range(SYNCS):
            started = time.perf_counter()
            file.write(block)
            file.flush()
            os.fsync(file.fileno())
            durations.append(time.perf_counter() - started)
    return statistics.median(durations) * 1000
