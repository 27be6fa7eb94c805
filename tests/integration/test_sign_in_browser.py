"""Signing in with a browser over HTTP: the whole way, and the known ways to turn it against its user."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx2
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.support.database import ask
from tests.support.provider import CLIENT, TestProvider
from tests.support.serving import Served
from tests.support.signing_in import Browser, another_address, desk, own_page, parameters_of, told

QUESTION = {"query": "{ __typename }"}
JSON = {"content-type": "application/json"}


def test_a_user_signs_in_and_out(browser: Browser, front_desk: Served, provider: TestProvider) -> None:
    assert browser.who() is None
    back = browser.sign_in("/?view=audit")
    assert (back.status_code, back.headers["location"]) == (303, "/?view=audit")
    assert browser.who() == {"name": "user:clerk-7", "shown": "王某"}
    leaving = browser.http.post("/signout", headers=own_page(front_desk))
    address = leaving.json()["next"]
    assert address.startswith(f"{provider.issuer}/logout?")
    assert parameters_of(address) == {
        "client_id": CLIENT,
        "post_logout_redirect_uri": f"{front_desk.url}/",
    }
    assert browser.who() is None


def test_the_question_to_the_provider_has_all_that_guards_the_answer(browser: Browser) -> None:
    asked = parameters_of(browser.begin())
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert [len(asked[name]) for name in ("state", "nonce", "code_challenge")] == [43, 43, 43]
    assert asked["redirect_uri"] == f"{browser.register.url}/signin/callback"
    again = parameters_of(browser.begin())
    assert all(asked[name] != again[name] for name in ("state", "nonce", "code_challenge"))


def test_what_the_database_holds_lets_nobody_in(browser: Browser) -> None:
    browser.begin()
    browser.sign_in()
    values = {cookie.value for cookie in browser.http.cookies.jar}
    query = "SELECT (SELECT json_agg(s) FROM {0} s)::text"
    url = browser.register.database_url
    held = "".join(str(ask(url, query.format(f"registry.{name}"))) for name in ("session", "sign_in"))
    assert "clerk-7" in held
    assert not [value for value in values if value and value in held]


def test_the_address_that_leads_back_is_the_settings_whatever_host_is_asked_for(front_desk: Served) -> None:
    headers = {"host": "evil.example", "x-forwarded-host": "evil.example", **another_address()}
    response = front_desk.anybody.http.get("/signin", headers=headers)
    assert parameters_of(response.headers["location"])["redirect_uri"].startswith(front_desk.url)


def test_cookies_are_out_of_reach_for_scripts_and_other_sites(browser: Browser) -> None:
    begun = browser.http.get("/signin")
    assert sorted(begun.headers["set-cookie"].partition("; ")[2].split("; ")) == [
        "HttpOnly",
        "Max-Age=600",
        "Path=/",
        "SameSite=lax",
    ]
    done = browser.http.get(browser.consent(begun.headers["location"]))
    session, over = done.headers.get_list("set-cookie")
    assert session.startswith("kexie_session=")
    assert sorted(session.partition("; ")[2].split("; ")) == [
        "HttpOnly",
        "Max-Age=43200",
        "Path=/",
        "SameSite=strict",
    ]
    assert "Max-Age=0" in over


def test_under_https_cookies_belong_to_this_host_alone(database_url: str, provider: TestProvider) -> None:
    with desk(database_url, provider, public_url="https://register.example") as register:
        response = register.anybody.http.get("/signin", headers=another_address())
        cookie = response.headers["set-cookie"]
        assert cookie.startswith("__Host-kexie_sign_in=")
        assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))
        assert "Domain" not in cookie
        assert response.headers["strict-transport-security"].startswith("max-age=31536000")
        redirect = parameters_of(response.headers["location"])["redirect_uri"]
        assert redirect == "https://register.example/signin/callback"


@pytest.mark.parametrize(
    "following",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "/a\\b",
        "javascript:alert(1)",
        "/\tx",
        "/x\r\nSet-Cookie: a=b",
        "x",
        "",
        "/" + "x" * 600,
        "/中",
    ],
)
def test_nobody_is_led_to_another_site(browser: Browser, following: str) -> None:
    assert browser.sign_in(following).headers["location"] == "/"


def test_an_answer_counts_once(browser: Browser) -> None:
    address = browser.consent(browser.begin())
    cookies = dict(browser.http.cookies)
    assert browser.http.get(address).status_code == 303
    browser.http.cookies.update(cookies)
    replayed = browser.http.get(address)
    assert (replayed.status_code, told(replayed)) == (403, "SIGN_IN_FAILED")


def test_a_code_that_the_provider_gave_before_is_refused(browser: Browser) -> None:
    used = parameters_of(browser.consent(browser.begin()))
    assert browser.http.get(f"/signin/callback?{urlencode(used)}").status_code == 303
    state = parameters_of(browser.begin())["state"]
    again = browser.http.get(f"/signin/callback?{urlencode({**used, 'state': state})}")
    assert (again.status_code, told(again)) == (403, "SIGN_IN_FAILED")


def test_nobody_is_signed_in_by_a_link_that_another_prepared(browser: Browser, other: Browser) -> None:
    """Login CSRF: the attacker's own answer, opened in the victim's browser, itself signing in or not."""
    address = other.consent(other.begin())
    assert told(browser.http.get(address)) == "SIGN_IN_FAILED"
    browser.begin()
    assert told(browser.http.get(other.consent(other.begin()))) == "SIGN_IN_FAILED"
    assert browser.who() is None


def test_a_stolen_code_is_of_no_use_elsewhere(
    browser: Browser, other: Browser, provider: TestProvider
) -> None:
    """PKCE and nonce: a code of one sign-in does not fit another, whoever's browser it is."""
    stolen = parameters_of(browser.consent(browser.begin()))["code"]
    state = parameters_of(other.begin())["state"]
    given = {"code": stolen, "state": state, "iss": provider.issuer}
    assert told(other.http.get(f"/signin/callback?{urlencode(given)}")) == "SIGN_IN_FAILED"
    assert other.who() is None


def test_a_session_planted_before_is_not_the_one_signed_in(browser: Browser, front_desk: Served) -> None:
    planted = "x" * 43
    browser.http.cookies.set("kexie_session", planted, domain="127.0.0.1")
    browser.sign_in()
    victim = {"cookie": f"kexie_session={planted}", "sec-fetch-site": "same-origin"}
    assert httpx2.get(f"{front_desk.url}/signin/session", headers=victim).json()["signedIn"] is None


def test_signing_in_again_ends_the_session_before(browser: Browser, front_desk: Served) -> None:
    browser.sign_in()
    before = next(c.value for c in browser.http.cookies.jar if c.name == "kexie_session")
    browser.sign_in()
    headers = {"cookie": f"kexie_session={before}", "sec-fetch-site": "same-origin"}
    assert httpx2.get(f"{front_desk.url}/signin/session", headers=headers).json()["signedIn"] is None
    assert browser.who() is not None


@pytest.mark.parametrize("answer", [{"iss": "https://evil.example"}, {"error": "access_denied", "code": ""}])
def test_another_answer_than_the_providers_consent_is_refused(
    browser: Browser, provider: TestProvider, monkeypatch: pytest.MonkeyPatch, answer: dict[str, str]
) -> None:
    monkeypatch.setattr(provider, "answer", answer)
    assert told(browser.sign_in()) == "SIGN_IN_FAILED"


def test_a_provider_that_says_it_names_itself_has_to(browser: Browser) -> None:
    given = parameters_of(browser.consent(browser.begin()))
    del given["iss"]
    assert told(browser.http.get(f"/signin/callback?{urlencode(given)}")) == "SIGN_IN_FAILED"


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another"},
        {"aud": [CLIENT, "another"]},
        {"azp": "another"},
        {"iss": "https://evil.example"},
        {"exp": 1},
    ],
    ids=str,
)
def test_an_id_token_for_anything_else_signs_nobody_in(
    browser: Browser, provider: TestProvider, monkeypatch: pytest.MonkeyPatch, claims: dict[str, Any]
) -> None:
    monkeypatch.setattr(provider, "claims", claims)
    assert told(browser.sign_in()) == "SIGN_IN_FAILED"
    assert browser.who() is None


@pytest.mark.parametrize(
    "query", ["", "state=x", "code=x", f"state={'x' * 5000}&code=x", "state=x&code=y&iss=z"]
)
def test_a_callback_out_of_nowhere_is_refused(browser: Browser, query: str) -> None:
    response = browser.http.get(f"/signin/callback?{query}")
    assert (response.status_code, told(response)) == (403, "SIGN_IN_FAILED")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://evil.example", "sec-fetch-site": "same-origin"},
    ],
    ids=str,
)
def test_another_site_cannot_use_a_session(browser: Browser, headers: dict[str, str]) -> None:
    browser.sign_in()
    asked = browser.http.post("/graphql", json=QUESTION, headers=headers)
    assert (asked.status_code, asked.json()["errors"][0]["extensions"]["code"]) == (403, "CROSS_SITE")
    fetched = browser.http.get("/export/reports/staffing.xlsx", headers=headers)
    assert (fetched.status_code, fetched.json()["errors"][0]["extensions"]["code"]) == (403, "CROSS_SITE")
    assert browser.http.post("/signout", headers=headers).status_code == 403
    assert browser.who() is not None, "nobody was signed out"


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("text/plain", 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("application/x-www-form-urlencoded", 415, "UNSUPPORTED_MEDIA_TYPE"),
        # A form may bring a file to import, from whoever may do that: not this person, and no other site.
        ("multipart/form-data", 403, "FORBIDDEN"),
    ],
)
def test_a_form_of_another_site_is_no_question(
    browser: Browser, front_desk: Served, kind: str, status: int, code: str
) -> None:
    browser.sign_in()
    headers = {**own_page(front_desk), "content-type": kind}
    answer = browser.http.post("/graphql", content=json.dumps(QUESTION), headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (status, code)
    foreign = {"origin": "https://elsewhere.example", "content-type": kind}
    assert browser.http.post("/graphql", content=json.dumps(QUESTION), headers=foreign).status_code in {
        403,
        415,
    }


def test_the_own_page_asks_by_its_session(browser: Browser, front_desk: Served) -> None:
    browser.sign_in()
    asked = browser.http.post("/graphql", json=QUESTION, headers=own_page(front_desk))
    assert asked.json()["data"] == {"__typename": "Query"}
    export = browser.http.get("/export/reports/staffing.xlsx", headers={"sec-fetch-site": "same-origin"})
    assert export.status_code == 403, "somebody without the right, which is not nobody (401)"
    assert export.json()["errors"][0]["extensions"]["code"] == "FORBIDDEN"


def test_a_token_in_the_header_counts_before_a_session(browser: Browser) -> None:
    browser.sign_in()
    headers = {"authorization": "Bearer kexie_nobody", "sec-fetch-site": "same-origin"}
    assert browser.http.get("/export/reports/staffing.xlsx", headers=headers).status_code == 401


def web_socket(browser: Browser, origin: str | None) -> str:
    """Open a WebSocket with the browser's cookies, and return the type of the answer to its greeting."""
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.http.cookies.jar)
    address = browser.register.url.replace("http", "ws") + "/graphql"
    with connect(
        address,
        origin=origin,  # type: ignore[arg-type]  # a str, of a type that only annotates
        additional_headers={"cookie": cookies},
        subprotocols=["graphql-transport-ws"],  # type: ignore[list-item]  # a str, of a type that only annotates
        proxy=None,
    ) as connection:
        connection.send(json.dumps({"type": "connection_init"}))
        return str(json.loads(connection.recv(timeout=10))["type"])


@pytest.mark.parametrize("origin", [None, "https://evil.example", "null"])
def test_another_site_cannot_take_over_a_web_socket(browser: Browser, origin: str | None) -> None:
    browser.sign_in()
    with pytest.raises(InvalidStatus) as refused:
        web_socket(browser, origin)
    assert refused.value.response.status_code == 403


def test_the_own_page_opens_a_web_socket_by_its_session(browser: Browser, front_desk: Served) -> None:
    browser.sign_in()
    assert web_socket(browser, front_desk.url) == "connection_ack"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE registry.session SET seen_at = seen_at - interval '61 minutes'",
        "UPDATE registry.session SET expires_at = clock_timestamp()",
        "DELETE FROM registry.session",
    ],
)
def test_a_session_ends_when_idle_and_after_its_time(browser: Browser, change: str) -> None:
    browser.sign_in()
    assert browser.who() is not None
    ask(browser.register.database_url, change)
    assert browser.who() is None


def test_a_session_that_is_used_goes_on(browser: Browser) -> None:
    browser.sign_in()
    url = browser.register.database_url
    ask(url, "UPDATE registry.session SET seen_at = seen_at - interval '59 minutes'")
    assert browser.who() is not None
    recent = "SELECT min(clock_timestamp() - seen_at) < interval '1 minute' FROM registry.session"
    assert ask(url, recent) is True


def test_signing_out_by_a_link_is_not_possible(browser: Browser) -> None:
    browser.sign_in()
    assert browser.http.get("/signout").status_code == 405
    assert browser.who() is not None


def test_the_provider_is_only_ever_told_its_own_things(browser: Browser, provider: TestProvider) -> None:
    address = browser.begin("/?unit=secret")
    assert urlsplit(address).netloc == urlsplit(provider.issuer).netloc
    assert "secret" not in address
