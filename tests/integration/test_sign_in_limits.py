"""What slows down guessing over HTTP, and what every response tells a browser to keep out."""

from __future__ import annotations

import pytest

from graphql_api.access import Role
from tests.support.provider import TestProvider
from tests.support.serving import Served
from tests.support.signing_in import Browser, another_address, desk, told

QUESTION = {"query": "{ __typename }"}


def guess(number: int) -> dict[str, str]:
    """Return the header of a key that nobody has."""
    return {"authorization": f"Bearer kexie_{number:012x}_{'x' * 43}"}


def test_beginning_again_and_again_is_slowed_down(browser: Browser, other: Browser) -> None:
    statuses = [browser.http.get("/signin").status_code for _ in range(101)]
    assert statuses == [303] * 100 + [429]
    last = browser.http.get("/signin")
    assert told(last) == "TOO_MANY_ATTEMPTS"
    assert 0 < int(last.headers["retry-after"]) <= 4
    assert other.http.get("/signin").status_code == 303, "another address is not slowed down"


def test_answering_at_random_is_slowed_down(browser: Browser) -> None:
    statuses = [browser.http.get(f"/signin/callback?state={n}&code=x").status_code for n in range(21)]
    assert statuses == [403] * 20 + [429]


def test_guessing_tokens_is_slowed_down_but_nobody_who_was_known(front_desk: Served) -> None:
    address = another_address()
    known = {"authorization": f"Bearer {front_desk.tokens[Role.VIEWER]}", **address}
    http = front_desk.anybody.http
    assert http.post("/graphql", json=QUESTION, headers=known).status_code == 200
    answers = [http.post("/graphql", json=QUESTION, headers={**address, **guess(n)}) for n in range(25)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429] * 5
    assert answers[-1].json()["errors"][0]["extensions"]["code"] == "TOO_MANY_ATTEMPTS"
    assert int(answers[-1].headers["retry-after"]) > 0
    export = http.get("/export/reports/staffing.xlsx", headers={**address, **guess(99)})
    assert (export.status_code, int(export.headers["retry-after"]) > 0) == (429, True)
    assert http.post("/graphql", json=QUESTION, headers=known).status_code == 200
    assert http.post("/graphql", json=QUESTION, headers=address).status_code == 200, "anybody reads on"


def test_an_old_token_sent_again_and_again_is_no_guessing(front_desk: Served) -> None:
    headers = {"authorization": f"Bearer kexie_{'0' * 12}_{'y' * 43}", **another_address()}
    statuses = {
        front_desk.anybody.http.post("/graphql", json=QUESTION, headers=headers).status_code
        for _ in range(40)
    }
    assert statuses == {200}


def test_nobody_is_offered_what_is_not_set_up(demo: Served) -> None:
    assert demo.anybody.http.get("/signin/session").json() == {"offered": False, "signedIn": None}
    assert demo.anybody.http.get("/signin").status_code == 404


PATHS = ["/", "/graphiql", "/nowhere", "/assets/nowhere", "/healthz", "/readyz", "/signin", "/signin/session"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(("GET", path) for path in PATHS),
        ("GET", "/signin/callback?state=x"),
        ("GET", "/graphql"),
        ("POST", "/graphql"),
        ("POST", "/signout"),
        ("GET", "/export/reports/nothing.xlsx"),
        ("GET", "/export/reports/staffing.xlsx"),
        ("OPTIONS", "/graphql"),
    ],
)
def test_every_response_has_the_headers(front_desk: Served, method: str, path: str) -> None:
    response = front_desk.anybody.http.request(method, path, headers=another_address())
    for name, value in {
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }.items():
        assert response.headers.get_list(name) == [value]
    (policy,) = response.headers.get_list("content-security-policy")
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "camera=()" in response.headers["permissions-policy"]
    assert "access-control-allow-origin" not in response.headers
    assert "server" not in response.headers
    assert "strict-transport-security" not in response.headers, "the address is plain http"


def test_without_a_proxy_to_trust_nobody_chooses_an_address(
    database_url: str, provider: TestProvider
) -> None:
    with desk(database_url, provider, trusted_proxies=None) as register:
        http = register.anybody.http
        answers = [
            http.post("/graphql", json=QUESTION, headers={**another_address(), **guess(n)}) for n in range(21)
        ]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
