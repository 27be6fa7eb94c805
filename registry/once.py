"""Attributes worked out when first asked for, and then kept (一次求值).

``functools.cached_property`` takes a lock on every first look before Python 3.12; the registry's values are
worked out by one thread, and thousands of them a second.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


class once(Generic[Value]):  # noqa: N801 - it is used like ``property``
    """A property whose value replaces it in the instance."""

    def __init__(self, work_out: Callable[[Any], Value]) -> None:
        """Keep what ``work_out`` returns under its own name."""
        self._work_out = work_out
        self._name = work_out.__name__
        self.__doc__ = work_out.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> once[Value]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> Value: ...

    def __get__(self, instance: object | None, owner: type) -> once[Value] | Value:
        """Work the value out; the next look finds it in the instance and does not come here."""
        if instance is None:
            return self
        value = self._work_out(instance)
        instance.__dict__[self._name] = value
        return value
