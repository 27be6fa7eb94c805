"""House rules about Python that neither ruff, mypy nor import-linter has in this form."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.architecture.project import SHORTEST_REASON, SourceFile, Violation

LONGEST_FUNCTION = 70
"""Lines, from ``def`` to the last one."""

LONGEST_FILE = 400
"""Lines."""

SWITCHED_OFF = re.compile(
    r"#\s*(?:noqa\b|type:\s*ignore|pragma:\s*no cover).*?(?:(?:\s#|\s[-–—]\s)\s*(?P<reason>.*))?$"
)
"""A lint, type or coverage check that a comment switches off, with what the comment says after it."""

VAGUE_NAMES = frozenset(
    {"common", "helper", "helpers", "manager", "managers", "misc", "shared", "util", "utilities", "utils"}
)

IMPURE_CALLS = re.compile(
    r"(^|\.)("
    r"(datetime|date|dt)\.(now|utcnow|today)"
    r"|uuid[1467]"
    r"|time\.(time|time_ns|monotonic|perf_counter)"
    r"|os\.urandom"
    r"|(random|secrets)\.\w+"
    r")$"
)
PURE_PACKAGE, IMPURE_FOLDER = "registry", "registry/store"

SQL_STATEMENT = re.compile(
    r"\s*(?:"
    # In capitals the first word is enough to tell a statement from a sentence.
    r"SELECT\s|INSERT\s+INTO\s|UPDATE\s+\S+\s+(?:AS\s+\w+\s+)?SET\s|DELETE\s+FROM\s|MERGE\s+INTO\s|WITH\s+\w+\s+AS\s"
    r"|(?:CREATE|ALTER|DROP)\s+(?:OR\s+REPLACE\s+)?(?:UNIQUE\s+|TEMP(?:ORARY)?\s+)?"
    r"(?:TABLE|DATABASE|SCHEMA|INDEX|TYPE|FUNCTION|VIEW|ROLE|EXTENSION|SEQUENCE|MATERIALIZED)\b"
    r"|(?:TRUNCATE|COPY|LOCK\s+TABLE|LISTEN|NOTIFY|SAVEPOINT|SET\s+(?:LOCAL|CONSTRAINTS))\s"
    # In small letters a sentence of English may begin alike, so the shape must be that of SQL.
    r"|(?i:select\s+(?:\*|\d+\b(?!\s+\w)|[\w.]+\()|insert\s+into\s+[\w.]+\s*(?:\(|values|select)"
    r"|update\s+[\w.]+\s+set\s+\w+\s*=|delete\s+from\s+[\w.]+(?:\s+where\b|;|$)|with\s+(?:recursive\s+)?\w+\s+as\s*\("
    r"|create\s+(?:table|schema|database)\s+[\w.]+\s*(?:\(|;|$))"
    r")"
)
SQL_MAKERS = ("graphql_api/planner", "tests", "bench")
"""Where Python may hold SQL: the planner generates it, tests and benchmarks state what they look at."""


def vague_names(file: SourceFile) -> Iterator[Violation]:
    """Refuse a module or folder whose name does not say what it is about."""
    for part in (*file.pure_path.parts[:-1], file.pure_path.stem):
        if part.lower() in VAGUE_NAMES:
            yield Violation("vague-name", file.path, 1, f"{part!r} says nothing: name it after its content")


def long_functions(file: SourceFile) -> Iterator[Violation]:
    """Refuse a function that does not fit on a screen."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                message = f"{node.name} has {lines} lines; {LONGEST_FUNCTION} are allowed"
                yield Violation("long-function", file.path, node.lineno, message)


def long_files(file: SourceFile) -> Iterator[Violation]:
    """Refuse a file that is not read in one sitting."""
    if len(file.lines) > LONGEST_FILE:
        yield Violation("long-file", file.path, 1, f"{len(file.lines)} lines; {LONGEST_FILE} are allowed")


def hidden_imports(file: SourceFile) -> Iterator[Violation]:
    """Refuse an import inside a function: it hides a dependency or a cycle."""
    for function in ast.walk(file.tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in _own_nodes(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    message = f"import inside {function.name}"
                    yield Violation("hidden-import", file.path, node.lineno, message)


def impure_domain(file: SourceFile) -> Iterator[Violation]:
    """Refuse a clock or a drawn identity in the domain: the same command decides the same at any time."""
    if not file.under(PURE_PACKAGE) or file.under(IMPURE_FOLDER):
        return
    for node in ast.walk(file.tree):
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Attribute):
            names = [ast.unparse(node)]
        else:
            continue
        for name in names:
            if IMPURE_CALLS.search(name):
                message = f"{name}: time and identities come in as data"
                yield Violation("impure-domain", file.path, node.lineno, message)


def sql_in_python(file: SourceFile) -> Iterator[Violation]:
    """Refuse SQL in a string: it lives in .sql files beside what uses it."""
    if file.under(*SQL_MAKERS):
        return
    seen = _docstrings(file.tree)
    for node in ast.walk(file.tree):
        if not isinstance(node, ast.expr):
            continue
        if isinstance(node, ast.JoinedStr):
            text = "".join(_text(part) or "x" for part in node.values)
            seen.update(node.values)
        else:
            text = _text(node)
        if node not in seen and SQL_STATEMENT.match(text):
            message = f"SQL in a string: {' '.join(text.split())[:40]!r}"
            yield Violation("sql-in-python", file.path, node.lineno, message)


def unexplained_exceptions(file: SourceFile) -> Iterator[Violation]:
    """Refuse a switched-off lint or type check that does not say why, on its line or on the line before."""
    for number, line in enumerate(file.lines, start=1):
        found = SWITCHED_OFF.search(line)
        if found is None or "`" in line:
            continue
        before = file.lines[number - 2].strip() if number > 1 else ""
        reason = found["reason"] or (before.lstrip("# ") if before.startswith("#") else "")
        if len(reason) < SHORTEST_REASON:
            yield Violation("unexplained", file.path, number, f"say why: {found[0].strip()!r}")


def _own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a function without those of functions inside it, which answer for themselves."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
            yield from _own_nodes(child)


def _docstrings(tree: ast.Module) -> set[ast.AST]:
    """Strings that stand alone as a statement: docstrings of modules, classes, functions and constants."""
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def _text(node: ast.AST) -> str:
    """Return what a string literal says; nothing for any other node."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
