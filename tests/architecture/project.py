"""The project's own files, as the house rules look at them."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]

SKIPPED_FOLDERS = frozenset({"node_modules", "dist", "build", "__pycache__", "venv"})
"""Folders of tools and of other people; hidden folders are skipped as well, but for .ci."""

TEXT_SUFFIXES = frozenset(
    {".css", ".graphql", ".html", ".md", ".py", ".sql", ".toml", ".ts", ".tsx", ".yaml", ".yml", ""}
)
CODE_SUFFIXES = frozenset({".py", ".sql", ".ts", ".tsx"})


@dataclass(frozen=True, slots=True)
class Violation:
    """One place where a file breaks one rule; ``line`` counts from 1."""

    rule: str
    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"


@dataclass(frozen=True)
class SourceFile:
    """A text file, named by its path inside the project (``/`` between folders)."""

    path: str
    text: str

    @cached_property
    def pure_path(self) -> PurePosixPath:
        """The path in parts."""
        return PurePosixPath(self.path)

    @cached_property
    def lines(self) -> list[str]:
        """The lines, without their ends."""
        return self.text.splitlines()

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree of a Python file; raises SyntaxError when it is none."""
        return ast.parse(self.text, self.path)

    @property
    def suffix(self) -> str:
        """``.py``, ``.sql`` …; empty for Makefile and the like."""
        return self.pure_path.suffix

    def under(self, *folders: str) -> bool:
        """Say whether the file lies in one of ``folders``, at whatever depth."""
        return any(self.pure_path.is_relative_to(folder) for folder in folders)


ALLOWANCE = re.compile(r"(?:#|--|//) allow ([a-z-]+)(?:: (.*))?$")
SHORTEST_REASON = 10
"""Characters; less is a word, not a reason."""


def allowances(file: SourceFile) -> Iterator[tuple[int, str, str]]:
    """Yield (line, rule, reason) of every ``# allow RULE: reason.`` comment of ``file``."""
    for number, line in enumerate(file.lines, start=1):
        if (found := ALLOWANCE.search(line)) is not None:
            yield number, found[1], found[2] or ""


def without_allowed(file: SourceFile, found: list[Violation]) -> list[Violation]:
    """Drop what a comment on the same line, or on the line before, allows.

    An allowance that gives no reason, or that allows nothing any more, is a violation itself.
    """
    kept = list(found)
    for line, rule, reason in allowances(file):
        allowed = [v for v in found if v.rule == rule and v.line in {line, line + 1}]
        if not allowed:
            kept.append(Violation("unused-allowance", file.path, line, f"nothing here breaks {rule}"))
        elif len(reason) < SHORTEST_REASON:
            kept.append(Violation("unexplained", file.path, line, f"say why {rule} does not hold here"))
        else:
            kept = [v for v in kept if v not in allowed]
    return kept


def project_files(root: Path = ROOT) -> Iterator[SourceFile]:
    """Yield the text files of the project under ``root``, in the order of their paths."""
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if _is_ours(name))
        for name in sorted(names):
            path = Path(folder, name)
            if path.suffix in TEXT_SUFFIXES and not name.startswith("."):
                yield SourceFile(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))


def _is_ours(folder: str) -> bool:
    return folder == ".ci" or not (folder in SKIPPED_FOLDERS or folder.startswith("."))
