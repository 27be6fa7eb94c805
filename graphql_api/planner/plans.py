"""Plans kept for the next request (计划缓存): bounded, those used last.

A plan is kept under the text of its document, the name of the operation, what the viewer may do (not who it
is), and the variables that shape the statement: which of them are there, and the values of those that the
compiler looks at. All else is filled in for each request: see :mod:`graphql_api.planner.given`. Which tables
a statement reads is settled where it runs, by the search path of its connection, so that a plan outlives the
set of projections that it was made beside.

Not kept is what is no plan of many: one with problems, which are somebody's own, and one that is shaped by
values of which there is no end, such as a text that is searched for. It is compiled anew each time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from enum import Enum
from functools import lru_cache
from typing import Any

from graphql import GraphQLError, GraphQLSchema
from msgspec import Struct, field
from msgspec.structs import replace

from graphql_api.access import Grant, Right
from graphql_api.planner.compiler import Statement
from graphql_api.planner.given import (
    Binding,
    Given,
    LookedAtError,
    Slot,
    Source,
    UnfitError,
    any_asker,
    bound,
    is_given,
    uuid_of,
)
from graphql_api.planner.operation import Asked, Plan, Question, asked_of, compiled
from graphql_api.planner.reading import Reading
from graphql_api.planner.variables import Signature, coerced, signatures_of

KEPT = 1_000
"""Plans kept at most."""

KEPT_CHARACTERS = 20_000_000
"""What their statements may come to: that of a page has some 10,000 characters, the longest a million."""

_ATTEMPTS = 4
"""How often a plan is begun anew because a variable shapes it; then all of them are taken to."""

_FEW = (bool, int, Enum, type(None))
"""Types of values that plans may be kept under: there are not many."""


class Plans:
    """The plans made last for one schema."""

    def __init__(self, schema: GraphQLSchema, kept: int = KEPT, characters: int = KEPT_CHARACTERS) -> None:
        """Keep ``kept`` plans, whose statements have ``characters`` together, at most."""
        self._schema = schema
        self._most = kept
        self._most_characters = characters
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._characters = 0
        self._known: OrderedDict[tuple[str, str | None], _Known] = OrderedDict()
        self.used = 0
        """How many questions were answered by a plan that was there; for tests."""

    def __len__(self) -> int:
        """Return how many plans are kept."""
        return len(self._kept)

    def plan(self, text: str, question: Question, *, completed: bool = False) -> Plan | None:
        """Return the plan of the question, whose document is ``text``: see :func:`plan_operation`."""
        if (kept := self.kept(text, question, completed=completed)) is not None:
            return kept
        asked = asked_of(self._schema, question)
        if asked is None:
            return None
        binding = Binding(asked.variables, question.viewer, question.today)
        name = (text, question.operation_name)
        known = self._known.get(name)
        shaping = frozenset() if known is None else known.shaping
        key = _key(name, shaping, binding, question, completed=completed)
        if key is None or key in self._kept:
            # What is kept did not serve: a value makes no sense, or asks for another statement.
            return compiled(self._schema, asked, question, completed=completed)
        return self._made(name, asked, question, binding, completed=completed)

    def kept(self, text: str, question: Question, *, completed: bool = False) -> Plan | None:
        """Return the plan of the question if one is kept that serves; nothing is compiled."""
        name = (text, question.operation_name)
        known = self._known.get(name)
        if known is None:
            return None
        variables = self._variables(known, question)
        if variables is None:
            return None
        binding = Binding(variables, question.viewer, question.today)
        key = _key(name, known.shaping, binding, question, completed=completed)
        kept = None if key is None else self._kept.get(key)
        if kept is None:
            return None
        self._kept.move_to_end(key)
        self._known.move_to_end(name)
        try:
            plan = kept.bound(binding)
        except (GraphQLError, UnfitError):
            return None
        self.used += 1
        return plan

    def _variables(self, known: _Known, question: Question) -> Mapping[str, Any] | None:
        if known.signatures is not None:
            return coerced(known.signatures, question.variables or {})
        asked = asked_of(self._schema, question)
        return None if asked is None else asked.variables

    def _made(
        self,
        name: tuple[str, str | None],
        asked: Asked,
        question: Question,
        binding: Binding,
        *,
        completed: bool,
    ) -> Plan | None:
        """Make the plan, and keep it if it may serve others."""
        known = self._known.get(name) or _Known(signatures_of(self._schema, asked.operation))
        plan, shaping = self._with_gaps(asked, question, known.shaping, completed=completed)
        self._remember(name, replace(known, shaping=shaping))
        key = _key(name, shaping, binding, question, completed=completed)
        if plan is None or plan.problems or plan.statement is None or key is None:
            return compiled(self._schema, asked, question, completed=completed)
        kept = _Kept(plan, plan.statement)
        try:
            answer = kept.bound(binding)
        except (GraphQLError, UnfitError):
            return compiled(self._schema, asked, question, completed=completed)
        self._keep(key, kept)
        return answer

    def _with_gaps(
        self, asked: Asked, question: Question, shaping: frozenset[Source], *, completed: bool
    ) -> tuple[Plan | None, frozenset[Source]]:
        """Return the plan for whoever has the same standing, and which variables shape it."""
        for _ in range(_ATTEMPTS):
            try:
                return self._for_any(asked, question, shaping, completed=completed), shaping
            except LookedAtError as error:
                shaping |= {error.source}
        shaping = frozenset(Source("variable", (name,)) for name in asked.variables)
        return self._for_any(asked, question, shaping, completed=completed), shaping

    def _for_any(
        self, asked: Asked, question: Question, shaping: frozenset[Source], *, completed: bool
    ) -> Plan | None:
        unknown = asked._replace(variables=_unknown(asked.variables, shaping))
        return compiled(self._schema, unknown, question, any_asker(), completed=completed)

    def _remember(self, name: tuple[str, str | None], known: _Known) -> None:
        self._known[name] = known
        self._known.move_to_end(name)
        if len(self._known) > self._most:
            self._known.popitem(last=False)

    def _keep(self, key: Hashable, kept: _Kept) -> None:
        self._kept[key] = kept
        self._characters += kept.characters
        while len(self._kept) > self._most or self._characters > self._most_characters:
            _, gone = self._kept.popitem(last=False)
            self._characters -= gone.characters


def _key(
    name: tuple[str, str | None],
    shaping: frozenset[Source],
    binding: Binding,
    question: Question,
    *,
    completed: bool,
) -> Hashable:
    """Return what the plan is kept under; None when it is not kept."""
    shape = _shape(binding.variables, shaping, ())
    if shape is None:
        return None
    return name, completed, question.limit, standing(question.viewer.grants), shape


class _Known(Struct, frozen=True):
    """What is known of an operation before its plan: its variables, and which of them shape it.

    ``signatures`` are None where graphql-core coerces the variables.
    """

    signatures: tuple[Signature, ...] | None
    shaping: frozenset[Source] = frozenset()


class _Kept(Struct, frozen=True):
    """A plan, and where its statement has gaps."""

    plan: Plan
    statement: Statement
    slots: list[tuple[int, Slot]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Find the gaps."""
        self.slots.extend(
            (place, each) for place, each in enumerate(self.statement.parameters) if isinstance(each, Slot)
        )

    @property
    def characters(self) -> int:
        """How long the statement is."""
        return len(self.statement.sql)

    def bound(self, binding: Binding) -> Plan:
        """Return the plan for one request; raises GraphQLError or UnfitError."""
        parameters = self.statement.parameters.copy()
        for place, slot in self.slots:
            parameters[place] = slot.value(binding)
        reading = None if self.statement.reading is None else _read_by(self.statement.reading, binding)
        return self.plan._replace(statement=self.statement._replace(parameters=parameters, reading=reading))


def _read_by(reading: Reading, binding: Binding) -> Reading:
    """Return what one request reads that is restricted."""
    return reading._replace(
        actor=bound(reading.actor, binding),
        persons=tuple(uuid_of(bound(each, binding)) if is_given(each) else each for each in reading.persons),
        roots=tuple(bound(reading.roots, binding)) if is_given(reading.roots) else reading.roots,
    )


@lru_cache(maxsize=1_000)
def standing(grants: tuple[Grant, ...]) -> Hashable:
    """Return what somebody may do, whoever it is and wherever: the rights for the whole, and for each part.

    Two of the same standing get the same statement with other roots as parameters. Which rights are held on
    one and the same root is part of it, as the compiler compares the roots of one right with another's.
    """
    rights: dict[object, set[Right]] = {}
    for grant in grants:
        rights.setdefault(grant.root, set()).update(grant.rights)
    everywhere = rights.pop(None, set())
    return tuple(sorted(everywhere)), tuple(sorted(tuple(sorted(each)) for each in rights.values()))


def _unknown(
    variables: Mapping[str, Any], shaping: frozenset[Source], above: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return the variables with what does not shape the statement taken out."""
    return {name: _hidden(value, shaping, (*above, name)) for name, value in variables.items()}


def _hidden(value: Any, shaping: frozenset[Source], path: tuple[str, ...]) -> Any:  # noqa: ANN401 - of any type
    if _is_few(value) or Source("variable", path) in shaping:
        return value
    if isinstance(value, dict):
        return _unknown(value, shaping, path)
    return Given(Source("variable", path))


def _is_few(value: object) -> bool:
    """Say whether a value is taken to shape the statement without trying: a choice among few."""
    return value is None or isinstance(value, bool | Enum)


def _shape(value: Any, shaping: frozenset[Source], path: tuple[str, ...]) -> Hashable:  # noqa: ANN401 - of any type
    """Return how a value shapes the statement; None when there is no end of such shapes."""
    if isinstance(value, dict) and Source("variable", path) not in shaping:
        parts = tuple((name, _shape(each, shaping, (*path, name))) for name, each in value.items())
        return None if any(part is None for _, part in parts) else parts
    if _is_few(value):
        return (type(value), value)
    if Source("variable", path) not in shaping:
        return True
    values = value if isinstance(value, list) else (value,)
    return (type(value), *values) if all(isinstance(each, _FEW) for each in values) else None
