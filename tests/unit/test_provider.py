"""The provider's keys: when they are fetched, which of them are used, and what happens while it is away."""

from __future__ import annotations

from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey
from pydantic import ValidationError

from graphql_api.callers import Front
from graphql_api.fetching import Fetcher, ProviderError, is_allowed_issuer
from graphql_api.provider import FRESH_SECONDS, UNKNOWN_SECONDS, Provider
from graphql_api.settings import Settings

ISSUER = "https://id.example"
RSA = RSAKey.generate_key(2048, {"kid": "a"})


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Answering(Fetcher):
    """Answers from memory, and counts."""

    def __init__(self, *keys: dict[str, Any], **document: object) -> None:
        super().__init__(ISSUER)
        self.keys: list[Any] = list(keys)
        self.document = document
        self.away = False
        self.looks = 0

    async def get(self, url: str) -> dict[str, Any]:
        if self.away:
            raise ProviderError(url)
        if url.endswith("/jwks"):
            self.looks += 1
            return {"keys": self.keys}
        endpoints = {
            "authorization_endpoint": f"{ISSUER}/a",
            "token_endpoint": f"{ISSUER}/t",
            "jwks_uri": f"{ISSUER}/jwks",
        }
        return {"issuer": ISSUER, **endpoints, **self.document}


def public(key: RSAKey | ECKey, **more: object) -> dict[str, Any]:
    return {**key.as_dict(private=False), **more}


async def test_a_new_key_is_found_by_one_look_and_the_old_one_is_forgotten() -> None:
    clock, fetcher = Clock(), Answering(public(RSA))
    provider = Provider(ISSUER, fetcher, clock)
    assert await provider.key("a", "RSA") is not None
    fetcher.keys = [public(RSA, kid="b")]
    assert await provider.key("b", "RSA") is None, "it was looked just now"
    clock.now += UNKNOWN_SECONDS
    assert await provider.key("b", "RSA") is not None
    assert await provider.key("a", "RSA") is None
    assert fetcher.looks == 2


async def test_any_number_of_unknown_keys_makes_one_look_in_a_while() -> None:
    clock, fetcher = Clock(), Answering(public(RSA))
    provider = Provider(ISSUER, fetcher, clock)
    for number in range(1_000):
        assert await provider.key(f"unknown {number}", "RSA") is None
    assert fetcher.looks == 1
    clock.now += UNKNOWN_SECONDS
    for number in range(1_000):
        assert await provider.key(f"unknown {number}", "RSA") is None
    assert fetcher.looks == 2


async def test_a_withdrawn_key_is_out_of_use_when_the_keys_are_no_longer_fresh() -> None:
    clock, fetcher = Clock(), Answering(public(RSA))
    provider = Provider(ISSUER, fetcher, clock)
    assert await provider.key("a", "RSA") is not None
    fetcher.keys = [public(RSA, kid="b")]
    clock.now += FRESH_SECONDS - 1
    assert await provider.key("a", "RSA") is not None
    clock.now += 1
    assert await provider.key("a", "RSA") is None


async def test_keys_are_used_on_while_the_provider_is_away_and_it_is_not_asked_at_every_request() -> None:
    clock, fetcher = Clock(), Answering(public(RSA))
    provider = Provider(ISSUER, fetcher, clock)
    await provider.key("a", "RSA")
    fetcher.away = True
    clock.now += 100 * FRESH_SECONDS
    assert await provider.key("a", "RSA") is not None
    fetcher.away = False
    assert await provider.key("a", "RSA") is not None
    assert fetcher.looks == 1, "a look that failed is not repeated at once"
    clock.now += UNKNOWN_SECONDS
    await provider.key("a", "RSA")
    assert fetcher.looks == 2


async def test_a_provider_that_was_never_there_is_no_refusal_of_the_token() -> None:
    fetcher = Answering(public(RSA))
    fetcher.away = True
    provider = Provider(ISSUER, fetcher, Clock())
    with pytest.raises(ProviderError):
        await provider.key("a", "RSA")
    with pytest.raises(ProviderError):
        await provider.published()


@pytest.mark.parametrize(
    "entry",
    [
        OctKey.generate_key(256, {"kid": "k"}).as_dict(private=True),
        public(RSA, kid="k", use="enc"),
        public(RSA, kid="k", n="AQAB"),
        public(RSA, kid="k", kty="DSA"),
        public(RSA, kid="k" * 201),
        public(RSA, kid=7),
        {"kty": "RSA", "kid": "k"},
        {"kty": "EC", "kid": "k", "crv": "P-999", "x": "AA", "y": "AA"},
        {"kty": ["RSA"], "kid": "k"},
        "no key",
        None,
    ],
    ids=[
        "secret",
        "for encryption",
        "short",
        "old kind",
        "long name",
        "number",
        "empty",
        "curve",
        "list",
        "text",
        "null",
    ],
)
async def test_what_is_no_public_key_for_signatures_is_left_out(entry: Any) -> None:  # noqa: ANN401 - anything JSON holds
    fetcher = Answering(public(RSA))
    fetcher.keys = [entry, public(RSA)]
    provider = Provider(ISSUER, fetcher, Clock())
    assert [await provider.key("k", kind) for kind in ("RSA", "EC", "OKP", "oct")] == [None] * 4
    assert await provider.key("a", "RSA") is not None


async def test_a_token_without_a_keys_name_is_verified_where_there_is_no_choice() -> None:
    ec = ECKey.generate_key("P-256", {"kid": "e"})
    fetcher = Answering(public(RSA), public(ec))
    clock = Clock()
    provider = Provider(ISSUER, fetcher, clock)
    found = await provider.key(None, "EC")
    assert found is not None
    assert found.kind == "EC"
    fetcher.keys.append(public(ECKey.generate_key("P-256", {"kid": "f"})))
    clock.now += FRESH_SECONDS
    assert await provider.key(None, "EC") is None


async def test_a_private_key_published_by_mistake_is_kept_as_a_public_one() -> None:
    provider = Provider(ISSUER, Answering(RSA.as_dict(private=True)), Clock())
    found = await provider.key("a", "RSA")
    assert found is not None
    assert found.key.is_private is False


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://id.example/"},
        {"issuer": None},
        {"jwks_uri": None},
        {"token_endpoint": ["https://id.example/t"]},
        {"authorization_endpoint": "http://id.example/a"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"end_session_endpoint": "http://id.example/out"},
    ],
    ids=str,
)
async def test_a_document_that_makes_no_sense_is_not_used(document: dict[str, object]) -> None:
    with pytest.raises(ProviderError):
        await Provider(ISSUER, Answering(public(RSA), **document), Clock()).published()


@pytest.mark.parametrize(
    ("issuer", "allowed"),
    [
        ("https://id.example", True),
        ("https://id.example/realms/kexie", True),
        ("http://127.0.0.1:9400", True),
        ("http://localhost:9400", True),
        ("http://id.example", False),
        ("http://10.0.0.5", False),
        ("http://127.0.0.1.evil.example", False),
        ("http://localhost.evil.example", False),
        ("https://user@id.example", False),
        ("https://id.example?x", False),
        ("https://id.example#x", False),
        ("ftp://id.example", False),
        ("file:///etc/passwd", False),
        ("id.example", False),
        ("", False),
    ],
)
def test_an_issuer_is_https_or_on_this_machine(issuer: str, *, allowed: bool) -> None:
    assert is_allowed_issuer(issuer) is allowed
    if not allowed:
        with pytest.raises(ValidationError):
            Settings(oidc_issuer=issuer)


@pytest.mark.parametrize(
    "url",
    [
        "http://id.example/jwks",
        "https://127.0.0.1/jwks",
        "https://10.1.2.3/jwks",
        "https://169.254.169.254/jwks",
        "https://[fd00::1]/jwks",
        "https://[::ffff:10.0.0.1]/jwks",
        "https://2130706433/jwks",
        "https://0x7f.1/jwks",
        "https://localhost/jwks",
        "https://a@id.example/jwks",
        "https://id.example:0x50/jwks",
        "gopher://id.example/jwks",
        "//id.example/jwks",
    ],
)
async def test_nothing_is_asked_of_an_address_inside(url: str) -> None:
    fetcher = Fetcher(ISSUER)
    with pytest.raises(ProviderError) as refused:
        await fetcher.get(url)
    assert "failed" not in str(refused.value), "it was refused before it was tried"
    await fetcher.close()


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://Register.Example:443/", "https://register.example"),
        ("https://register.example:8443", "https://register.example:8443"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        (None, "http://127.0.0.1:8000"),
    ],
)
def test_the_front_is_an_origin_as_browsers_write_it(url: str | None, origin: str) -> None:
    assert Front.of(Settings(public_url=url)).origin == origin


@pytest.mark.parametrize(
    "given",
    [
        {"public_url": "register.example"},
        {"public_url": "https://register.example/path"},
        {"public_url": "https://user@register.example"},
        {"trusted_proxies": "*"},
        {"oidc_client_id": "kexie", "host": "0.0.0.0"},  # noqa: S104 - that is what is refused
        {"oidc_client_id": "kexie", "public_url": "http://register.example"},
        {"trusted_proxies": "proxy.example"},
    ],
    ids=str,
)
def test_settings_that_would_open_a_door_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Settings(**given)
