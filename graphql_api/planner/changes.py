"""What differs between two dates, compiled (变化的编译). Both dates are looked at with one belief."""

from __future__ import annotations

from collections.abc import Callable

from graphql_api.planner.compiler import Compiler, Scope
from graphql_api.planner.selection import Selected
from graphql_api.planner.templates import plain, template

_ESTIMATE = 50
"""How many things of each sort differ between two dates, for the estimate of what an answer costs."""


_COMPARED = ("organization", "life", "relation", "function", "holding")


class Difference:
    """The two dates, and the names that the templates of a difference use."""

    def __init__(self, compiler: Compiler, before: Scope, after: Scope, root: object) -> None:
        self.compiler = compiler
        self.before, self.after = before.each(_ESTIMATE), after.each(_ESTIMATE)
        self.root = None if root is None else compiler.parameter(root, "uuid")

    def within(self, row: str, *, functions: bool = False) -> str:
        """Return the condition that ``row`` belongs to the part of the register that was asked for."""
        if self.root is None:
            return "true"
        return self.fill("changes_within_functions" if functions else "changes_within", row)

    def fill(self, name: str, row: str = "", content: str = "", within: str = "true") -> str:
        """Return a template with its tables, dates, row and content."""
        names = self.compiler.names(
            self.after,
            t=row,
            content=content,
            within=within,
            before=self.before.as_of,
            after=self.after.as_of,
            root=self.root or "",
            subtree="" if self.root is None else self._subtree(),
            **self._earlier(),
        )
        return template(name).format_map(names)

    def _subtree(self) -> str:
        names = self.compiler.names(
            self.after,
            before=self.before.as_of,
            after=self.after.as_of,
            root=self.root or "",
            **self._earlier(),
        )
        return template("changes_subtree").format_map(names)

    def _earlier(self) -> dict[str, str]:
        """Return the tables that are looked at for what was before."""
        return {f"before_{table}": self.before.belief.table(table) for table in _COMPARED}


def changes(compiler: Compiler, field: Selected, _: Scope) -> str:
    """Compile ``changes``."""
    before = compiler.scope(field, field.arguments["from"])
    # The belief is one and the same: the parameter of the first scope serves the second.
    after = before._replace(as_of=compiler.parameter(field.arguments["to"], "date"))
    return difference_of(compiler, field, before, after)


def difference_of(compiler: Compiler, field: Selected, before: Scope, after: Scope) -> str:
    """Compile a ``ChangeSet`` of what ``before`` and ``after`` show; they may be of other tables."""
    difference = Difference(compiler, before, after, field.arguments.get("root"))
    pairs: list[tuple[str, str]] = []
    for part in compiler.below(field, "ChangeSet"):
        build = _PARTS.get(part.name)
        values = {} if build is None else {part.name: build(difference, part)}
        pairs.extend(plain(compiler, "ChangeSet", [part], values))
    return compiler.build(pairs)


def _organizations(name: str, *, gone: bool) -> Callable[[Difference, Selected], str]:
    def build(difference: Difference, part: Selected) -> str:
        compiler, scope = difference.compiler, difference.before if gone else difference.after
        row = compiler.alias()
        content = compiler.object("Organization", compiler.below(part, "Organization"), row, scope)
        return difference.fill(name, row, content, difference.within(row))

    return build


def _functions(name: str) -> Callable[[Difference, Selected], str]:
    def build(difference: Difference, part: Selected) -> str:
        compiler = difference.compiler
        row = compiler.alias()
        content = compiler.object("Function", compiler.below(part, "Function"), row, difference.after)
        return difference.fill(name, row, content, difference.within(row, functions=True))

    return build


def _paired(
    name: str, kind: str, rows: dict[str, tuple[str, str, bool]]
) -> Callable[[Difference, Selected], str]:
    """Return the builder of a part whose objects show several rows.

    ``rows`` gives for each field the suffix of its row's name, its type, and whether it is of the earlier
    date.
    """

    def build(difference: Difference, part: Selected) -> str:
        compiler = difference.compiler
        row = compiler.alias()
        pairs: list[tuple[str, str]] = []
        for field in compiler.below(part, kind):
            if field.name not in rows:
                values = {"before": f"{row}.name_before", "after": f"{row}.name"}
                pairs.extend(plain(compiler, kind, [field], values))
                continue
            suffix, below, gone = rows[field.name]
            compiler.check(compiler.type_of(kind), field)
            scope = difference.before if gone else difference.after
            content = compiler.object(below, compiler.below(field, below), f"{row}{suffix}", scope)
            pairs.append((field.key, content))
        functions = kind == "FunctionTransfer"
        within = difference.within(row, functions=functions)
        return difference.fill(name, row, compiler.build(pairs), within)

    return build


_PARTS: dict[str, Callable[[Difference, Selected], str]] = {
    "established": _organizations("changes_established", gone=False),
    "dissolved": _organizations("changes_dissolved", gone=True),
    "renamed": _paired("changes_renamed", "Renaming", {"organization": ("", "Organization", False)}),
    "moved": _paired(
        "changes_moved",
        "Move",
        {
            "organization": ("", "Organization", False),
            "from": ("_from", "Organization", True),
            "to": ("_to", "Organization", False),
        },
    ),
    "functionsTransferred": _paired(
        "changes_transferred",
        "FunctionTransfer",
        {
            "function": ("", "Function", False),
            "from": ("_from", "Organization", True),
            "to": ("_to", "Organization", False),
        },
    ),
    "functionsOrphaned": _functions("changes_orphaned"),
    "functionsDefined": _functions("changes_defined"),
    "functionsEmphasized": _functions("changes_emphasized"),
}
