"""From everything that the files say to commands (资料到命令). Pure: the same files give the same ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from graphql_api.demo.intents.exchange import INTENTS as EXCHANGES
from graphql_api.demo.intents.figure import INTENTS as FIGURES
from graphql_api.demo.intents.function import INTENTS as FUNCTIONS
from graphql_api.demo.intents.instrument import INTENTS as INSTRUMENTS
from graphql_api.demo.intents.mandate import INTENTS as MANDATES
from graphql_api.demo.intents.measure import INTENTS as MEASURES
from graphql_api.demo.intents.membership import INTENTS as MEMBERSHIPS
from graphql_api.demo.intents.organization import INTENTS as ORGANIZATIONS
from graphql_api.demo.intents.papers import INTENTS as PAPERS
from graphql_api.demo.intents.party import INTENTS as PARTY
from graphql_api.demo.intents.pending import Pending
from graphql_api.demo.intents.person import INTENTS as PEOPLE
from graphql_api.demo.intents.post import INTENTS as POSTS
from graphql_api.demo.intents.programme import INTENTS as PROGRAMMES
from graphql_api.demo.intents.reorganization import INTENTS as REORGANIZATIONS
from graphql_api.demo.intents.rule import INTENTS as RULES
from graphql_api.demo.keys import Keys
from graphql_api.demo.sequence import Content
from graphql_api.demo.strict import DataError, Record
from registry.commands import Command

_INTENTS: dict[type[Record], Callable[[Any, Keys], list[Command]]] = {
    **INSTRUMENTS,
    **ORGANIZATIONS,
    **FUNCTIONS,
    **REORGANIZATIONS,
    **MEASURES,
    **PEOPLE,
    **POSTS,
    **MEMBERSHIPS,
    **PARTY,
    **EXCHANGES,
    **MANDATES,
    **PROGRAMMES,
    **FIGURES,
    **PAPERS,
    **RULES,
}


def commands_of(data: Mapping[str, Content]) -> list[Command]:
    """Return the commands of all files in order; raises DataError naming the file and the record.

    An adoption carries no preview: only the register can make one.
    """
    keys = _keys(data)
    commands: list[Command] = []
    for file, content in data.items():
        for record in content.records:
            try:
                _check_sourced(record)
                commands.extend(_INTENTS[type(record)](record, keys))
            except ValueError as error:
                raise DataError(f"{file}: {record.place}: {error}") from error
    _check_ids(commands)
    _check_pending(commands)
    return commands


def _keys(data: Mapping[str, Content]) -> Keys:
    defined: dict[str, set[str]] = {}
    for file in data.values():
        for record in file.records:
            for noun, key in record.defines:
                known = defined.setdefault(noun, set())
                if key in known:
                    raise DataError(f"{noun} defined twice: {key}")
                known.add(key)
    sources = {source.key: source.title for file in data.values() for source in file.source}
    return Keys(sources, defined)


def _check_sourced(record: Record) -> None:
    """Refuse what comes from nowhere: a fact names its source, an invention says that it is one."""
    if record.source is None and record.cites is None and not record.illustrative:
        raise ValueError("give a source, cite an instrument, or mark it illustrative")
    if record.clause is not None and record.cites is None:
        raise ValueError("a clause needs the instrument that it is in")


def _check_ids(commands: Iterable[Command]) -> None:
    seen: set[UUID] = set()
    for command in commands:
        if command.command_id in seen:
            raise DataError(f"two records give the same {type(command).__name__} of {command.subject}")
        seen.add(command.command_id)


def _check_pending(commands: Iterable[Command]) -> None:
    """Refuse to cite or to correct what is not recorded before."""
    sent: set[UUID] = set()
    for command in commands:
        if isinstance(command, Pending) and command.of not in sent:
            raise DataError(f"{command.reason or command.subject}: nothing before it does what it cites")
        sent.add(command.command_id)
