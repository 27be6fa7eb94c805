"""What is recorded: organizations, of which nothing is sealed, and people, of whom all is (命令)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

from stdnum.cn import ric

from bench.append.ours import establishment
from registry.commands import Command
from registry.person.commands import RegisterPerson

_BORN = date(1940, 1, 1)
_DAYS = 24_000
_REGISTERED = date(2020, 3, 1)
_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华"

Commands = Callable[[Sequence[UUID]], Iterator[Command]]
"""Yields commands without end, given the organizations that there are."""


def establishments(parents: Sequence[UUID]) -> Iterator[Command]:
    """Yield societies under ``parents`` in turn."""
    return map(establishment, itertools.count(1), itertools.cycle(parents))


def registrations(parents: Sequence[UUID]) -> Iterator[Command]:
    """Yield people, each with an identity number and a telephone."""
    del parents
    return map(registration, itertools.count())


def registration(number: int) -> RegisterPerson:
    """Return the registration of somebody; birth and gender follow from the identity number."""
    born = _BORN + timedelta(days=number % _DAYS)
    digits = f"210202{born:%Y%m%d}{number // _DAYS % 1000:03}"
    name = _FAMILY[number % 20] + _GIVEN[number // 20 % 24] + _GIVEN[number // 480 % 24]
    return RegisterPerson(
        command_id=uuid4(),
        actor="bench",
        effective_on=_REGISTERED,
        person=uuid4(),
        name=name,
        identity_number=digits + ric.calc_check_digit(digits),
        phone=f"139{number % 10**8:08}",
    )


COMMANDS: dict[str, Commands] = {
    "establishOrganization": establishments,
    "registerPerson": registrations,
}
"""By the name of the mutation."""
