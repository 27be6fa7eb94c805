"""Every command there is, over HTTP, with what it shows of its subject."""

from __future__ import annotations

from graphql_api.mutations.catalog import MUTATIONS
from graphql_api.words import camel_case
from tests.support.living import lives
from tests.support.serving import Served


def test_every_command_there_is_can_be_sent(register: Served) -> None:
    sent = {name for life in lives() for name in life(register.administrator)}
    assert sent == {camel_case(name) for name in MUTATIONS}
