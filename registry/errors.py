"""Typed refusals: a stable code, a sentence in English and in Chinese, and what to do (拒绝).

A refusal is an answer, not a fault: nothing was written. Codes never change their meaning; clients switch on
them.
"""

from __future__ import annotations

from registry.codes import Code
from registry.faults import FAULTS
from registry.messages import MESSAGES as _ABOUT_COMMANDS
from registry.messages import Message
from registry.proposal.messages import MESSAGES as _ABOUT_PROPOSALS
from registry.time import FOREVER

__all__ = ["MESSAGES", "Code", "Message", "Refusal"]

MESSAGES: dict[Code, Message] = {**_ABOUT_COMMANDS, **_ABOUT_PROPOSALS, **FAULTS}
"""What each refusal says and advises."""

_OPEN = "∞"
"""How an open end reads in a sentence."""


class Refusal(Exception):  # noqa: N818 - a refusal is an answer of the domain, not an error of the program
    """A command was refused for ``code``; ``details`` fill the message and are part of the answer."""

    def __init__(self, code: Code, **details: object) -> None:
        """Keep the code and the details, each as text."""
        super().__init__(code)
        self.code = code
        self.details: dict[str, str] = {
            name: _OPEN if name == "end" and value == FOREVER else str(value)
            for name, value in details.items()
        }

    def __str__(self) -> str:
        """Return the English sentence."""
        return self.english

    @property
    def english(self) -> str:
        """What is refused, in English."""
        return MESSAGES[self.code].english.format_map(self.details)

    @property
    def chinese(self) -> str:
        """What is refused, in Chinese."""
        return MESSAGES[self.code].chinese.format_map(self.details)

    @property
    def advice_english(self) -> str:
        """What to do, in English."""
        return MESSAGES[self.code].advice_english.format_map(self.details)

    @property
    def advice_chinese(self) -> str:
        """What to do, in Chinese."""
        return MESSAGES[self.code].advice_chinese.format_map(self.details)
