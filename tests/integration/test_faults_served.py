"""The database is out of reach for longer than a command waits: the client is told so, and asks again."""

from __future__ import annotations

import asyncio

from registry.store.postgres import EmbeddedPostgres
from tests.support.database import clone, drop, query
from tests.support.load import founding
from tests.support.serving import served

_ADMISSION = 'ALTER DATABASE "{}" ALLOW_CONNECTIONS {}'
_END_WRITERS = "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE {}"
_WRITERS = "datname = '{}' AND application_name = 'kexie'"


def test_a_command_whose_outcome_nobody_knows_is_told_so_and_may_be_sent_again(
    postgres: EmbeddedPostgres, database_template: str
) -> None:
    name = asyncio.run(clone(postgres, database_template))
    server = postgres.url("postgres")
    with served(postgres.url(name)) as register:
        client = register.administrator

        def send() -> dict[str, object]:
            answer: dict[str, object] = client.http.post("/graphql", json=founding().body).json()
            return answer

        asyncio.run(query(server, _ADMISSION.format(name, "false")))
        try:
            asyncio.run(query(server, _END_WRITERS.format(_WRITERS.format(name))))
            problem = client.problem(str(founding().body["query"]), input=founding().input)
            assert problem["extensions"]["code"] == "UNAVAILABLE"
            assert problem["path"] == ["answer"]
        finally:
            asyncio.run(query(server, _ADMISSION.format(name, "true")))
        told = send()
        assert told["data"] == {"answer": {"firstPosition": 1, "position": 1}}
        assert send()["data"] == told["data"]
    asyncio.run(drop(postgres, name))
