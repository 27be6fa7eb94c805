"""What every benchmark shares: interleaved rounds, medians, ratios and the shape of a report."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Literal, NamedTuple, TypeAlias

OURS = "ours"
"""The name of the registry among the contenders of a benchmark."""

Better: TypeAlias = Literal["higher", "lower"]
Sample: TypeAlias = Mapping[str, float]
"""What one measurement found: the value of each metric, by the metric's name."""


@dataclass(frozen=True)
class Metric:
    """One thing that is measured: its name, its unit, and whether more of it is better."""

    name: str
    unit: str
    better: Better


@dataclass(frozen=True)
class Case:
    """The medians of one metric under one load: ours, and each peer's by name.

    ``ours`` is None when the registry took no part; then there are no ratios either.
    """

    case: str
    unit: str
    better: Better
    ours: float | None
    peers: Mapping[str, float]
    spreads: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """The lowest and the highest ratio of a round to each peer, both measured in that round."""

    def ratios(self) -> dict[str, float]:
        """How many times better ours is than each peer; below 1 the peer is better."""
        if self.ours is None:
            return {}
        return {name: times_better(self.ours, value, self.better) for name, value in self.peers.items()}

    def to_json(self) -> dict[str, object]:
        """Return the case as the published interface spells it."""
        return {
            "case": self.case,
            "unit": self.unit,
            "better": self.better,
            "ours": None if self.ours is None else significant(self.ours),
            "peers": {name: significant(value) for name, value in self.peers.items()},
            "ratios": {name: significant(value) for name, value in self.ratios().items()},
            "spreads": {name: [*map(significant, spread)] for name, spread in self.spreads.items()},
        }


class Aim(NamedTuple):
    """What was aimed at: so many times better than a peer, or a figure of ours up to (or from) a bound.

    ``cases`` is a pattern: every case that it fits has to reach the aim.
    """

    cases: str
    bound: float
    peer: str | None = None

    def judged(self, cases: Sequence[Case]) -> list[Judgment]:
        """Return what became of it in each case that it is of, or that it was not measured."""
        found = [case for case in cases if fnmatchcase(case.case, self.cases)]
        return [self._judged(case) for case in found] or [Judgment(self, self.cases, None, None)]

    def _judged(self, case: Case) -> Judgment:
        if self.peer is not None:
            measured = case.ratios().get(self.peer)
            met = None if measured is None else measured >= self.bound
            return Judgment(self, case.case, measured, met, case.spreads.get(self.peer))
        if case.ours is None:
            return Judgment(self, case.case, None, None)
        met = case.ours >= self.bound if case.better == "higher" else case.ours <= self.bound
        return Judgment(self, case.case, case.ours, met, unit=case.unit, better=case.better)


class Judgment(NamedTuple):
    """What became of an aim in one case; ``measured`` is a ratio to its peer, else a figure of ours.

    None stands for what was not measured.
    """

    aim: Aim
    case: str
    measured: float | None
    met: bool | None
    spread: tuple[float, float] | None = None
    unit: str = ""
    better: Better = "higher"

    def to_json(self) -> dict[str, object]:
        """Return it as the published interface spells it."""
        return {
            "case": self.case,
            "peer": self.aim.peer,
            "bound": self.aim.bound,
            "measured": None if self.measured is None else significant(self.measured),
            "met": self.met,
        }


@dataclass(frozen=True)
class Report:
    """The outcome of one benchmark, with all that is needed to read it fairly."""

    name: str
    title: str
    workload: str
    """What one measured unit of work is, and how it was run: Markdown."""
    machine: Mapping[str, str | int | float]
    versions: Mapping[str, str]
    contenders: Mapping[str, str]
    """What each contender does, by name: Markdown."""
    cases: Sequence[Case]
    unavailable: Mapping[str, str] = field(default_factory=dict)
    """Contenders that took no part, by name, and why."""
    quick: bool = False
    aims: Sequence[Aim] = ()
    seconds: float = 0.0
    """How long all of it took."""

    def judgments(self) -> list[Judgment]:
        """Return what became of every aim."""
        return [judgment for aim in self.aims for judgment in aim.judged(self.cases)]

    def to_json(self) -> dict[str, object]:
        """Return the report as the published interface spells it."""
        return {
            "name": self.name,
            "machine": dict(self.machine),
            "versions": dict(self.versions),
            "cases": [case.to_json() for case in self.cases],
            "aims": [judgment.to_json() for judgment in self.judgments()],
            "unavailable": dict(self.unavailable),
            "quick": self.quick,
            "seconds": round(self.seconds),
        }


def times_better(ours: float, theirs: float, better: Better) -> float:
    """Return how many times better ``ours`` is than ``theirs``; both must be positive."""
    if ours <= 0 or theirs <= 0:
        raise ValueError(f"only positive values can be compared, not {ours} and {theirs}")
    return ours / theirs if better == "higher" else theirs / ours


def significant(value: float, digits: int = 4) -> float:
    """Round to so many significant digits, since a benchmark knows no more of them."""
    return float(f"{value:.{digits}g}")


def interleaved(rounds: int, names: Sequence[str]) -> Iterator[str]:
    """Yield each name once a round: A B C, B C A, C A B, and so on.

    A machine that grows slower or faster during a run then does so for all alike, and the
    rotation spares every contender the same place behind its strongest neighbor.
    """
    for number in range(rounds):
        for place in range(len(names)):
            yield names[(number + place) % len(names)]


def medians(samples: Sequence[Sample]) -> dict[str, float]:
    """Return the median of each metric over the samples, which must all have the same metrics."""
    if not samples:
        raise ValueError("no sample, no median")
    names = samples[0].keys()
    if any(sample.keys() != names for sample in samples):
        raise ValueError("the samples measure different things")
    return {name: statistics.median(sample[name] for sample in samples) for name in names}


def compare(
    case: str,
    rounds: int,
    contenders: Mapping[str, Callable[[], Sample]],
    metrics: Sequence[Metric],
    of_some: Sequence[Metric] = (),
) -> list[Case]:
    """Measure all contenders in interleaved rounds and return one case per metric.

    ``of_some`` are metrics that some of them do not tell.
    """
    samples: dict[str, list[Sample]] = {name: [] for name in contenders}
    for name in interleaved(rounds, list(contenders)):
        samples[name].append(contenders[name]())
    cases = [_case(case, metric, samples) for metric in metrics]
    for metric in of_some:
        telling = {name: found for name, found in samples.items() if metric.name in found[0]}
        cases.append(_case(case, metric, telling))
    return cases


def _case(case: str, metric: Metric, samples: Mapping[str, Sequence[Sample]]) -> Case:
    found = {name: medians(of_one)[metric.name] for name, of_one in samples.items()}
    ours = found.pop(OURS, None)
    return Case(
        case=f"{case}, {metric.name}",
        unit=metric.unit,
        better=metric.better,
        ours=ours,
        peers=found,
        spreads={}
        if ours is None
        else {name: _spread(metric, samples[OURS], samples[name]) for name in found},
    )


def _spread(metric: Metric, ours: Sequence[Sample], theirs: Sequence[Sample]) -> tuple[float, float]:
    """Return the lowest and the highest ratio of two samples that were taken in one round."""
    ratios = [
        times_better(our[metric.name], their[metric.name], metric.better)
        for our, their in zip(ours, theirs, strict=True)
    ]
    return min(ratios), max(ratios)


def quotient(case: str, value: float, other: float) -> Case:
    """Return how many times a figure of ours is another one of ours; as little above 1 as may be."""
    return Case(case, "×", "lower", value / other, {})
