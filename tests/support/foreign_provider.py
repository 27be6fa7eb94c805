"""An identity provider that others wrote: no part of it is ours."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx2

from tests.support.provider import free_port

USER = "wang-7"
SHOWN = "王某某"

_PATIENCE_SECONDS = 30.0


@contextlib.contextmanager
def foreign_provider() -> Iterator[str]:
    """Run oidc-provider-mock in a process of its own, which knows one user, and give its issuer."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "AUTHLIB_INSECURE_TRANSPORT": "1"},
    )
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not _answers(url):
            assert process.poll() is None, "the provider ended"
            assert time.monotonic() < deadline, "the provider does not start"
            time.sleep(0.1)
        claims = {"name": SHOWN, "preferred_username": "wang"}
        assert httpx2.put(f"{url}/users/{USER}", json=claims, trust_env=False).status_code == 204
        yield url
    finally:
        process.terminate()
        process.wait(_PATIENCE_SECONDS)


def _answers(url: str) -> bool:
    try:
        return httpx2.get(f"{url}/jwks", trust_env=False, timeout=1).status_code == 200
    except httpx2.TransportError:
        return False
