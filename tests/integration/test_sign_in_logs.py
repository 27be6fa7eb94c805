"""Nothing that lets somebody in is written into the log, at its most talkative and when things go wrong."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from urllib.parse import urlencode

import httpx2
import pytest
from websockets.exceptions import ConnectionClosed

from tests.support.kept_logs import Kept, kept_logs
from tests.support.provider import CLIENT_SECRET, provided
from tests.support.serving import Client
from tests.support.signing_in import Browser, another_address, desk, own_page, parameters_of
from tests.support.socketing import opened

QUESTION = {"query": "{ __typename }"}


@pytest.fixture(params=["console", "json"])
def log(request: pytest.FixtureRequest) -> Iterator[Kept]:
    """Keep what a server writes, in either form."""
    with kept_logs(request.param) as kept:
        yield kept


def test_no_secret_is_written_into_the_log(database_url: str, log: Kept) -> None:
    with provided() as provider, desk(database_url, provider, log_level="DEBUG") as register:
        browser = Browser(register)
        secrets = {CLIENT_SECRET, *register.tokens.values()}
        back = browser.consent(browser.begin("/?unit=7"))
        secrets |= {parameters_of(back)["code"], parameters_of(back)["state"]}
        secrets |= {cookie.value or "" for cookie in browser.http.cookies.jar}
        assert browser.http.get(back).status_code == 303
        secrets |= {cookie.value or "" for cookie in browser.http.cookies.jar}
        browser.http.post("/graphql", json=QUESTION, headers=own_page(register))
        browser.http.post("/graphql", json=QUESTION, headers={"origin": "https://evil.example"})
        good, expired = provider.token(), provider.token({"exp": 1})
        wrong = f"kexie_{'0' * 12}_{'w' * 43}"
        secrets |= {good, expired, wrong}
        for token in secrets:
            headers = {"authorization": f"Bearer {token}", **another_address()}
            register.anybody.http.post("/graphql", json=QUESTION, headers=headers)
            register.anybody.http.get("/export/reports/staffing.xlsx", headers=headers)
            _greet(register.url, token)
        given = {**parameters_of(back), "state": "another-state", "code": "another-code"}
        browser.http.get(f"/signin/callback?{urlencode(given)}")
        answers = browser.consent(browser.begin())
        provider.claims = {"nonce": "another"}
        browser.http.get(answers)
        provider.away = True
        browser.http.get("/signin")
        browser.http.post("/signout", headers=own_page(register))
        browser.close()
    secrets |= {"another-state", "another-code"}
    written = "\n".join(log.lines)
    assert "sign-in failed" in written
    assert "/signin/callback" in written
    assert [secret for secret in secrets if secret in written] == []
    assert [secret for secret in secrets if secret.split(".")[-1] in written] == [], "nor a signature"


def _greet(url: str, token: str) -> None:
    """Send a token as a WebSocket client does; it is let in or turned away."""
    with opened(Client(url)) as connection, contextlib.suppress(ConnectionClosed):
        payload = {"Authorization": f"Bearer {token}"}
        connection.send(json.dumps({"type": "connection_init", "payload": payload}))
        connection.recv(timeout=10)


def test_a_fault_while_signing_in_has_headers_and_tells_nothing(
    database_url: str, log: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        message = "a defect of the program"
        raise RuntimeError(message)

    monkeypatch.setattr("graphql_api.signin.local_address", broken)
    with provided() as provider, desk(database_url, provider) as register:
        response = httpx2.get(f"{register.url}/signin?next=/secret-place", trust_env=False)
    assert response.status_code == 500
    assert response.json()["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert "defect" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert any("a defect of the program" in line for line in log.lines)
    assert not any("secret-place" in line for line in log.lines)
