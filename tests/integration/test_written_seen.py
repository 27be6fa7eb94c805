"""What somebody wrote is in whatever they read next, by any route, though a replica that lags answers."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator

import httpx2
import pytest

from graphql_api.position import KEPT_SECONDS
from registry.store.postgres import EmbeddedPostgres
from tests.support.database import ask, clone, drop
from tests.support.importing import table
from tests.support.provider import TestProvider, free_port
from tests.support.sending import establish, new_id, record
from tests.support.serving import Served, served
from tests.support.sheets import sheets_of
from tests.support.signing_in import Browser, desk, own_page, settings_for
from tests.support.standby import FAR, Standby, answered_by_replica, until
from tests.support.witnessing import settings_of

_ADDRESSES = (
    "/graphql?query={orgChart{position}}",
    "/events?after=0",
    "/snapshot?register=organizations",
    "/export/registers/organizations.csv?ids=true",
    "/export/reports/governance.xlsx?root=",
)
_FUTURE = 2**62


@pytest.fixture(scope="module")
def hasty(postgres: EmbeddedPostgres, demo_template: str) -> Iterator[Served]:
    """Give a server that waits a moment for a position."""
    name = asyncio.run(clone(postgres, demo_template))
    with served(postgres.url(name), settings_of(position_seconds=0.1, port=free_port())) as server:
        yield server
    asyncio.run(drop(postgres, name))


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait long for a replica that is paused."""
    monkeypatch.setattr("graphql_api.replica.WAIT_SECONDS", 0.05)


def _code(response: httpx2.Response) -> tuple[int, str]:
    (error,) = response.json()["errors"]
    assert all(error["extensions"].values())
    return response.status_code, error["extensions"]["code"]


@pytest.mark.parametrize("address", _ADDRESSES)
def test_what_is_not_recorded_in_time_is_refused_by_every_route(hasty: Served, address: str) -> None:
    http = hasty.administrator.http
    by_header = http.get(address, headers={"kexie-min-position": str(_FUTURE)})
    assert _code(by_header) == (503, "POSITION_NOT_REACHED")
    assert by_header.headers["retry-after"] == "1"
    assert _code(http.get(f"{address}&minPosition={_FUTURE}")) == (503, "POSITION_NOT_REACHED")
    # Where both are given, the later one counts; what is left empty is left out.
    both = http.get(f"{address}&minPosition=1", headers={"kexie-min-position": str(_FUTURE)})
    assert _code(both) == (503, "POSITION_NOT_REACHED")
    assert http.get(f"{address}&minPosition=", headers={"kexie-min-position": "1"}).status_code == 200


@pytest.mark.parametrize("address", _ADDRESSES)
def test_what_is_no_position_is_refused_by_every_route(hasty: Served, address: str) -> None:
    for given in ("-1", "x", "1.5", "9" * 20):
        assert _code(hasty.administrator.http.get(f"{address}&minPosition={given}")) == (400, "INVALID_INPUT")


def test_nobody_waits_for_what_they_may_not_read(hasty: Served) -> None:
    response = hasty.viewer.http.get("/events", headers={"kexie-min-position": str(_FUTURE)})
    assert _code(response) == (403, "FORBIDDEN")


def _positions(http: httpx2.Client, **headers: str) -> dict[str, int]:
    """Return at which position of the log each route answers."""

    def get(address: str) -> httpx2.Response:
        return http.get(address, headers=headers).raise_for_status()

    asked = {"query": "{ orgChart { position } }"}
    chart = http.post("/graphql", json=asked, headers=headers).raise_for_status().json()["data"]["orgChart"]
    start = get("/snapshot?register=functions").text.splitlines()[0]
    said = {str(name): str(text) for name, text in sheets_of(get("/export/reports/governance.xlsx"))["说明"]}
    return {
        "graphql": chart["position"],
        "events": _last(get, chart["position"]),
        "snapshot": int(start.partition('"position":')[2].partition(",")[0]),
        "register": int(get("/export/registers/functions.csv").headers["kexie-position"]),
        "report": int(said["日志位置"]),
    }


def _head(server: Served) -> int:
    """Return how far the log has come where it is written."""
    position = ask(server.database_url, "SELECT position FROM registry.head")
    assert isinstance(position, int)
    return position


def _last(get: Callable[[str], httpx2.Response], position: int) -> int:
    """Return up to where the feed tells, which begins a little before ``position``."""
    return int(get(f"/events?after={max(0, position - 50)}&limit=1000").headers["kexie-position"])


@pytest.mark.usefixtures("hurried")
def test_every_route_shows_what_its_reader_names(far: Served, standby: Standby) -> None:
    http, former = far.administrator.http, _head(far)
    with standby.paused():
        establish(far.administrator, "新学会", "SOCIETY")
        head = _head(far)
        before = _positions(http)
        assert set(before.values()) == {former}, "the primary answered"
        named = _positions(http, **{"kexie-min-position": str(head)})
        assert set(named.values()) == {head}
        assert _positions(http) == before


def test_a_stream_of_events_begins_where_its_reader_names(far: Served, standby: Standby) -> None:
    with standby.paused():
        unit = establish(far.administrator, "新学会", "SOCIETY")
        head = _head(far)
        address = f"/events?after={head - 1}&minPosition={head}"
        headers = {"accept": "text/event-stream"}
        with far.administrator.http.stream("GET", address, headers=headers) as response:
            lines = iter(response.iter_lines())
            told = next(line for line in lines if line.startswith("data: "))
            assert unit in told
            # What follows comes from the replica again, as soon as that has it.
            later = establish(far.administrator, "其后学会", "SOCIETY")
            standby.resume()
            assert next(line for line in lines if line.startswith("data: ") and later in line)


@pytest.fixture
def page(
    postgres: EmbeddedPostgres, standby: Standby, database: str, provider: TestProvider
) -> Iterator[Served]:
    """Give a register with a replica, whose people sign in at the provider; clerk-7 may do everything."""
    settings = settings_for(
        provider.issuer, replica_url=standby.url(database), replica_lag_seconds=FAR, readers=4
    )
    with answered_by_replica(postgres.url(database), settings) as server:
        given = {"grant": new_id(), "principal": "user:clerk-7", "role": "ADMINISTRATOR"}
        head = record(server.administrator, "grantRole", **given)["position"]
        until(lambda: ask(standby.url(database), "SELECT position FROM registry.head") == head)
        yield server


@pytest.fixture
def clerk(page: Served) -> Iterator[Browser]:
    """Give the browser of somebody who is signed in."""
    with _signed_in(page) as browser:
        yield browser


@contextlib.contextmanager
def _signed_in(page: Served) -> Iterator[Browser]:
    with contextlib.closing(Browser(page)) as browser:
        assert browser.sign_in().status_code == 303
        browser.http.headers.update(own_page(page))
        yield browser


_ESTABLISH = """
    mutation ($input: EstablishOrganizationInput!) {
        establishOrganization(input: $input) {
            ... on OrganizationRecorded { position }
            ... on Refused { code }
        }
    }
"""


def _establish(browser: Browser, **more: object) -> httpx2.Response:
    """Send a command as the page does."""
    command = {
        "commandId": new_id(), "effectiveOn": "2020-01-01", "organization": new_id(), "name": "某学会",
        "kind": "SOCIETY", **more,
    }  # fmt: skip
    asked = {"query": _ESTABLISH, "variables": {"input": command}}
    response = browser.http.post("/graphql", json=asked)
    assert "errors" not in response.json(), response.text
    return response


def _position(response: httpx2.Response) -> int:
    position = response.json()["data"]["establishOrganization"]["position"]
    assert isinstance(position, int)
    return position


@pytest.mark.usefixtures("hurried")
def test_a_browser_sees_what_it_wrote_by_every_route(page: Served, clerk: Browser, standby: Standby) -> None:
    former = _head(page)
    with standby.paused(), _signed_in(page) as colleague:
        written = _position(_establish(clerk))
        assert set(_positions(clerk.http).values()) == {written}
        # Nobody else is answered by the primary for it, not even the same person at another desk.
        assert set(_positions(colleague.http).values()) == {former}
        assert set(_positions(page.administrator.http).values()) == {former}
        # What it writes next is seen as well, and what is refused or asked changes nothing.
        unit = new_id()
        again = _position(_establish(clerk, organization=unit))
        refused = _establish(clerk, organization=unit)
        assert refused.json()["data"]["establishOrganization"]["code"]
        assert "set-cookie" not in refused.headers
        assert set(_positions(clerk.http).values()) == {again}


@pytest.mark.usefixtures("hurried")
def test_a_browser_sees_the_file_that_it_imported(page: Served, clerk: Browser, standby: Standby) -> None:
    former = _head(page)
    with standby.paused():
        rows = [["代码", "名称", "类别", "生效日期"], ["XX-01", "某协会", "协会", "2020-01-01"]]
        response = clerk.http.post("/import", files={"file": ("organizations.csv", table(rows))})
        told = response.json()
        assert told["state"] == "RECORDED", told
        assert told["lastPosition"] > former
        assert set(_positions(clerk.http).values()) == {told["lastPosition"]}
        back = clerk.http.post(f"/import/{told['importId']}/reversal").json()
        assert back["lastPosition"] > told["lastPosition"]
        assert set(_positions(clerk.http).values()) == {back["lastPosition"]}


def _planted(page: Served, clerk: Browser, value: str) -> dict[str, int]:
    """Return what a browser sees whose cookie says something that the register never told it."""
    session = next(cookie.value for cookie in clerk.http.cookies.jar if cookie.name == "kexie_session")
    headers = {**own_page(page), "cookie": f"kexie_session={session}; kexie_position={value}"}
    with httpx2.Client(base_url=page.url, headers=headers, timeout=30, trust_env=False) as http:
        return _positions(http)


@pytest.mark.usefixtures("hurried")
def test_a_cookie_of_the_future_is_answered_by_the_primary(
    page: Served, clerk: Browser, standby: Standby
) -> None:
    former = _head(page)
    with standby.paused():
        establish(page.administrator, "新学会", "SOCIETY")
        assert set(_planted(page, clerk, str(_FUTURE)).values()) == {_head(page)}
        for nothing in ("", "x", "-1", "9" * 20, "1.5"):
            assert set(_planted(page, clerk, nothing).values()) == {former}, nothing


def test_the_cookie_is_out_of_reach_and_soon_forgotten(page: Served, clerk: Browser) -> None:
    (cookie,) = _establish(clerk).headers.get_list("set-cookie")
    assert cookie.startswith(f"kexie_position={_head(page)}; ")
    assert sorted(cookie.partition("; ")[2].split("; ")) == [
        "HttpOnly", f"Max-Age={KEPT_SECONDS}", "Path=/", "SameSite=strict",
    ]  # fmt: skip


def test_whoever_is_no_page_of_ours_is_given_no_cookie(page: Served) -> None:
    asked = {"query": "{ orgChart { position } }"}
    written = page.administrator.post(
        _ESTABLISH,
        {"input": {
            "commandId": new_id(), "effectiveOn": "2020-01-01", "organization": new_id(), "name": "某学会",
            "kind": "SOCIETY",
        }},
    )  # fmt: skip
    assert written.json()["data"]["establishOrganization"]["position"]
    assert "set-cookie" not in written.headers
    assert "set-cookie" not in page.anybody.http.post("/graphql", json=asked, headers=own_page(page)).headers


def test_under_https_the_cookie_belongs_to_this_host_alone(database_url: str, provider: TestProvider) -> None:
    front = "https://register.example"
    with desk(database_url, provider, public_url=front) as register:
        given = {"query": _ESTABLISH, "variables": {"input": {
            "commandId": new_id(), "effectiveOn": "2020-01-01", "organization": new_id(), "name": "某学会",
            "kind": "SOCIETY",
        }}}  # fmt: skip
        headers = {"origin": front, "sec-fetch-site": "same-origin"}
        response = register.administrator.http.post("/graphql", json=given, headers=headers)
        cookie = response.headers["set-cookie"]
        assert cookie.startswith("__Host-kexie_position=")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=strict"} <= set(cookie.split("; "))
        assert "Domain" not in cookie
