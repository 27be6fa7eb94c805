"""Signing in over HTTP with a provider that others wrote: discovery, code, PKCE, keys and its tokens."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import httpx2
import pytest

from tests.support.foreign_provider import SHOWN, USER, foreign_provider
from tests.support.serving import Served, served
from tests.support.signing_in import Browser, own_page, parameters_of, settings_for, told


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with foreign_provider() as url:
        yield url


@pytest.fixture
def visitor(database_url: str, issuer: str) -> Iterator[Browser]:
    with (
        served(database_url, settings_for(issuer)) as register,
        contextlib.closing(Browser(register)) as browser,
    ):
        yield browser


def _answer(address: str, **form: str) -> str:
    """Answer the provider's form as its user does, and return the address that leads back."""
    response = httpx2.post(address, data=form, trust_env=False)
    assert response.status_code == 302, response.text
    return str(response.headers["location"])


def test_a_user_of_a_provider_that_others_wrote_signs_in_and_out(visitor: Browser, issuer: str) -> None:
    address = visitor.begin("/?view=audit")
    assert address.startswith(f"{issuer}/oauth2/authorize?")
    back = visitor.http.get(_answer(address, sub=USER))
    assert (back.status_code, back.headers["location"]) == (303, "/?view=audit")
    assert visitor.who() == {"name": f"user:{USER}", "shown": SHOWN}
    question = {"query": "{ __typename }"}
    asked = visitor.http.post("/graphql", json=question, headers=own_page(visitor.register))
    assert asked.json()["data"] == {"__typename": "Query"}
    leaving = visitor.http.post("/signout", headers=own_page(visitor.register)).json()["next"]
    assert leaving.startswith(f"{issuer}/oauth2/end_session?")
    assert visitor.who() is None


def test_its_code_without_the_verifier_and_its_refusal_sign_nobody_in(visitor: Browser) -> None:
    register: Served = visitor.register
    stolen = parameters_of(_answer(visitor.begin(), sub=USER))["code"]
    with contextlib.closing(Browser(register)) as thief:
        state = parameters_of(thief.begin())["state"]
        answer = thief.http.get("/signin/callback", params={"code": stolen, "state": state})
        assert (answer.status_code, told(answer)) == (403, "SIGN_IN_FAILED")
        assert thief.who() is None
    refused = visitor.http.get(_answer(visitor.begin(), action="deny"))
    assert told(refused) == "SIGN_IN_FAILED"
    assert visitor.who() is None
