"""All house rules, applied to one file or to the project."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from tests.architecture import python_rules, text_rules
from tests.architecture.project import (
    CODE_SUFFIXES,
    ROOT,
    SourceFile,
    Violation,
    project_files,
    without_allowed,
)

Rule = Callable[[SourceFile], Iterator[Violation]]

PYTHON_RULES: tuple[Rule, ...] = (
    python_rules.long_functions,
    python_rules.hidden_imports,
    python_rules.impure_domain,
    python_rules.sql_in_python,
    python_rules.unexplained_exceptions,
)
CODE_RULES: tuple[Rule, ...] = (python_rules.vague_names, python_rules.long_files)
TEXT_RULES: tuple[Rule, ...] = (text_rules.sql_clock, text_rules.banned_words)

RULE_TEXTS = "tests/architecture/"
"""The rules themselves name what they ban, so their own folder is not searched for words and comments."""


def violations(file: SourceFile) -> list[Violation]:
    """Return what is wrong with ``file``, in the order of its lines."""
    code = file.suffix in CODE_SUFFIXES
    rules = [
        *(PYTHON_RULES if file.suffix == ".py" else ()),
        *(CODE_RULES if code else ()),
        *TEXT_RULES,
    ]
    own = file.path.startswith(RULE_TEXTS)
    skipped = {python_rules.unexplained_exceptions, *TEXT_RULES} if own else set()
    found = [violation for rule in rules if rule not in skipped for violation in rule(file)]
    if not own:
        found = without_allowed(file, found)
    return sorted(found, key=lambda violation: (violation.line, violation.rule))


def project_violations(root: Path = ROOT) -> list[Violation]:
    """Return what is wrong with the project under ``root``."""
    return [violation for file in project_files(root) for violation in violations(file)]
