"""Reports as Markdown, for the page ``docs/benchmarks.md``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bench.harness import OURS, Case, Judgment, Report, significant

PREFACE = """\
# Benchmarks

Written by `make bench` (`python -m bench`, or `python -m bench NAME` for one section); do not edit. Every
figure is a median, and all contenders of a table ran in turns in one run on one machine and one server:
read the ratios rather than the figures. A ratio says how many times better ours is; below 1 the peer is
better. What stands behind a ratio is how low and how high it was in single rounds. What was aimed at stands
before the figures of each section, and whether it was met is worked out from these by the program.

How to read them, and what they do not say:

- Load is a closed loop: each in flight is followed by the next only when it is answered. So a contender that
  stalls is asked less meanwhile, and a percentile tells how long an answer took under so many in flight, not
  how long one would have waited that arrived in the stall. Where commands come at a fixed rate instead, the
  section says so, and latency counts from when the command was due.
- Everything runs on one machine: server, PostgreSQL and whatever presses them share its cores. The clients
  are plain asyncio, in Python, except pgbench's own. Where a client may have been what was slow, the section
  says how much of a core it used.
- All contenders write to and read from one PostgreSQL with the same settings, which stand below each
  section: commits are durable, and whoever waits for one waits for the disk.
- A checkpoint comes before what writes is measured, and a warm-up that does not count.
"""

_HEADING = "## "
_VERDICTS = {True: "yes", False: "**no**", None: "not measured"}
_NAME = re.compile(r"^Command: `python -m bench\.(\w+)", re.MULTILINE)


def page(rendered: Sequence[str]) -> str:
    """Return the whole page: what all benchmarks found, each as :func:`render` has it."""
    return "\n".join([PREFACE, *rendered])


def sections(page: str) -> dict[str, str]:
    """Return what a page says of each benchmark, by its name."""
    found = {}
    for part in page.split(f"\n{_HEADING}")[1:]:
        name = _NAME.search(part)
        if name is None:
            raise ValueError(f"not of any benchmark: {part.splitlines()[0]}")
        found[name[1]] = f"{_HEADING}{part.rstrip()}\n"
    return found


def render(report: Report) -> str:
    """Return one report: machine, versions, contenders, and one table for each unit."""
    command = f"python -m bench.{report.name} --json" + (" --quick" if report.quick else "")
    parts = [f"{_HEADING}{report.title}", report.workload, f"Command: `{command}`"]
    if report.quick:
        parts.append("**A quick run: it shows that the benchmark works, not how fast anything is.**")
    parts.append("\n".join(f"- **{name}**: {does}" for name, does in report.contenders.items()))
    if report.unavailable:
        absent = [f"- **{name}** took no part: {reason}" for name, reason in report.unavailable.items()]
        parts.append("\n".join(absent))
    parts.append(_aims(report.judgments()))
    names = _names(report.cases)
    parts += [_values(report.cases, names), _ratios(report.cases, names)]
    parts.append(_facts("Machine", report.machine))
    parts.append(_facts("Versions", report.versions))
    parts.append(f"Taken in {report.seconds:,.0f} s, with all that was prepared for it.")
    return "\n\n".join(part for part in parts if part) + "\n"


def _aims(judgments: Sequence[Judgment]) -> str:
    """Show what was aimed at beside what was measured."""
    rows = [[one.case, _aim(one), _measured(one), _VERDICTS[one.met]] for one in judgments]
    return "What was aimed at:\n\n" + _table(["case", "aim", "measured", "met"], rows) if rows else ""


def _aim(judgment: Judgment) -> str:
    aim = judgment.aim
    if aim.peer is not None:
        return f"at least {_number(aim.bound)} × {aim.peer}"
    bound = "at least" if judgment.better == "higher" else "at most"
    return f"{bound} {_number(aim.bound)} {judgment.unit}".rstrip()


def _measured(judgment: Judgment) -> str:
    if judgment.measured is None:
        return _number(None)
    if judgment.aim.peer is not None:
        return f"{_number(judgment.measured)} ×{_rounds(judgment.spread)}"
    return f"{_number(judgment.measured)} {judgment.unit}".rstrip()


def _names(cases: Sequence[Case]) -> list[str]:
    """Every peer of any case, in the order of their first appearance."""
    return list(dict.fromkeys(name for case in cases for name in case.peers))


def _values(cases: Sequence[Case], peers: Sequence[str]) -> str:
    rows = [
        [case.case, case.unit, _number(case.ours), *(_number(case.peers.get(name)) for name in peers)]
        for case in cases
    ]
    return _table(["case", "unit", OURS, *peers], rows)


def _ratios(cases: Sequence[Case], peers: Sequence[str]) -> str:
    rows = [
        [case.case, *(_ratio(case, name) for name in peers)]
        for case in cases
        if case.ours is not None and case.peers
    ]
    return "How many times better ours is:\n\n" + _table(["case", *peers], rows) if rows else ""


def _ratio(case: Case, peer: str) -> str:
    """Print a ratio, and between which values it lay in single rounds."""
    return _number(case.ratios().get(peer)) + _rounds(case.spreads.get(peer))


def _rounds(spread: tuple[float, float] | None) -> str:
    """Print between which values a ratio lay in single rounds; nothing where there was but one."""
    return (
        "" if spread is None or spread[0] == spread[1] else f" ({_number(spread[0])} to {_number(spread[1])})"
    )


def _facts(heading: str, facts: Mapping[str, str | int | float]) -> str:
    return f"{heading}: " + "; ".join(f"{name} {value}" for name, value in facts.items()) + "."


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table whose first column is text and whose others are figures."""
    lines = [header, ["---", *("---:" for _ in header[1:])], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _number(value: float | None) -> str:
    """Print a figure to the three digits that are worth reading; a dash where there is none."""
    if value is None:
        return "–"
    rounded = significant(value, 3)
    return f"{rounded:,.0f}" if rounded >= 100 else f"{rounded:g}"
