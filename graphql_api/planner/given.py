"""What a kept plan does not know (未定值): values of variables, the day, and who asks.

A plan serves many requests that differ in such values. It is compiled with a :class:`Given` in the place of
each: something that can be handed on to a parameter, or be found to be there, and nothing else. Whoever looks
at it, in whatever way, is stopped by :class:`LookedAtError`: the statement would come to depend on the value,
and so the value has to be part of the key that the plan is kept under. What the compiler does not look at
cannot leak from one request to the next, because it was never there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import MAXYEAR, MINYEAR, date
from typing import Any, NamedTuple, NoReturn
from uuid import UUID

from graphql_api.access import Right, Viewer
from graphql_api.problems import invalid


class Binding(NamedTuple):
    """What one request puts in the place of what its plan does not know (代入)."""

    variables: Mapping[str, Any]
    viewer: Viewer
    today: date


class Source(NamedTuple):
    """Where a value comes from: ``variable``, with the path to it, ``today``, ``viewer``, or ``roots``."""

    name: str
    path: tuple[str, ...] = ()

    def of(self, binding: Binding) -> Any:  # noqa: ANN401 - of any type that a request can bring
        """Return the value that a request has there."""
        match self.name:
            case "variable":
                value: Any = binding.variables
                for key in self.path:
                    value = value[key]
                return value
            case "roots":
                return sorted(binding.viewer.roots(Right(self.path[0])))
            case "viewer":
                return binding.viewer.name
            case _:
                return binding.today


class LookedAtError(Exception):
    """The value of ``source`` shapes the statement."""

    def __init__(self, source: Source) -> None:
        """Say whose value."""
        super().__init__(source)
        self.source = source


class Given:
    """A value that is not known; ``read`` says what becomes of it before it is a parameter."""

    __slots__ = ("_read", "_source")

    def __init__(self, source: Source, read: Callable[[Any], Any] | None = None) -> None:
        """Stand for what a request has at ``source``."""
        object.__setattr__(self, "_source", source)
        object.__setattr__(self, "_read", read)

    def _looked_at(self, *_: object) -> NoReturn:
        raise LookedAtError(object.__getattribute__(self, "_source"))

    # Python looks these up at the class, and whatever is not here at the object: isinstance, too, asks it.
    __getattribute__ = __setattr__ = __delattr__ = _looked_at
    __bool__ = __len__ = __iter__ = __contains__ = __getitem__ = __index__ = __int__ = __float__ = _looked_at
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = _looked_at
    __str__ = __repr__ = __format__ = __bytes__ = __call__ = __reduce_ex__ = _looked_at
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __mod__ = __rmod__ = __and__ = _looked_at
    __or__ = __ror__ = __rand__ = __neg__ = __fspath__ = __enter__ = __exit__ = __reversed__ = _looked_at


def is_given(value: object) -> bool:
    """Say whether a value is one that is not known."""
    return type(value) is Given


def later(given: object, read: Callable[[Any], Any]) -> Given:
    """Return what stands for the value that ``read`` will make of a given one."""
    source: Source = object.__getattribute__(given, "_source")
    before: Callable[[Any], Any] | None = object.__getattribute__(given, "_read")
    return Given(source, read if before is None else lambda value: read(before(value)))


def bound(given: object, binding: Binding) -> Any:  # noqa: ANN401 - of any type that a request can bring
    """Return what a given value is in a request; raises GraphQLError when it makes no sense."""
    source: Source = object.__getattribute__(given, "_source")
    read: Callable[[Any], Any] | None = object.__getattribute__(given, "_read")
    value = source.of(binding)
    return value if read is None else read(value)


class Slot(NamedTuple):
    """A parameter that each request has a value of its own for, cast to the SQL type ``kind``."""

    given: object
    kind: str

    def value(self, binding: Binding) -> Any:  # noqa: ANN401 - whatever the driver takes for the kind
        """Return the parameter; raises UnfitError, or GraphQLError, where the statement is not for it."""
        value = fitting(bound(self.given, binding), self.kind)
        if is_extreme(value):
            raise UnfitError
        return value


class UnfitError(Exception):
    """A value asks for another statement."""


def fitting(value: Any, kind: str) -> Any:  # noqa: ANN401 - whatever the driver takes for the kind
    """Return ``value`` as a parameter of the SQL type ``kind``; raises GraphQLError for what is none."""
    if kind.startswith("uuid"):
        return [uuid_of(item) for item in value] if isinstance(value, list) else uuid_of(value)
    items = value if isinstance(value, list) else (value,)
    if any(isinstance(item, str) and "\0" in item for item in items):
        raise invalid("text", "a null character is no text", "文本不得含空字符")
    return value


def is_extreme(value: object) -> bool:
    """Say whether a value is a day that the driver takes for none: of the first or the last year there is."""
    return isinstance(value, date) and not MINYEAR < value.year < MAXYEAR


def uuid_of(value: object) -> UUID:
    """Return the id that a value is; raises GraphQLError."""
    try:
        return UUID(str(value))
    except ValueError:
        shown = repr(str(value)[:50])
        raise invalid(
            "id", f"{shown} is not an id; ids are UUIDs", f"{shown} 不是编号，编号为 UUID"
        ) from None


class Asker(NamedTuple):
    """Who asks, and when, as the compiler makes parameters of it (提问者): known, or not.

    What the viewer may see is always known: it is part of what a plan is kept under.
    """

    name: Any
    today: Any
    roots: Callable[[Right], Any]


def known_asker(viewer: Viewer, today: date) -> Asker:
    """Return ``viewer``, asking on ``today``."""
    return Asker(viewer.name, today, lambda right: sorted(viewer.roots(right)))


def any_asker() -> Asker:
    """Return whoever has the same standing, on whatever day."""
    roots = {right: Given(Source("roots", (right,))) for right in Right}
    return Asker(Given(Source("viewer")), Given(Source("today")), roots.__getitem__)
