"""What more commands than may wait come to: memory that stays flat, and refusals that cost little."""

from __future__ import annotations
