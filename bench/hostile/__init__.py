"""What is sent to hurt: what each costs the server, and what whoever asks beside it notices."""

from __future__ import annotations
