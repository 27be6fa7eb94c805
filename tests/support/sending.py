"""Commands sent as mutations over HTTP."""

from __future__ import annotations

from uuid import uuid4

from tests.support.serving import Answer, Client

RECORDED = "__typename ... on Recorded { commandId firstPosition position recordedAt }"
REFUSED = "... on Refused { code message messageZh advice adviceZh details }"


def input_type(name: str) -> str:
    """Return the input type of a mutation."""
    return f"{name[0].upper()}{name[1:]}Input"


def send(client: Client, name: str, fields: str = "", /, **given: object) -> Answer:
    """Send a command under an id of its own unless one is given, and return what came of it."""
    command = {"commandId": str(uuid4()), "effectiveOn": "2020-01-01", **given}
    shown = f"{RECORDED} {REFUSED} {fields}"
    query = f"mutation ($input: {input_type(name)}!) {{ {name}(input: $input) {{ {shown} }} }}"
    answer: Answer = client.data(query, input=command)[name]
    return answer


def record(client: Client, name: str, fields: str = "", /, **given: object) -> Answer:
    """Send a command that is carried out."""
    answer = send(client, name, fields, **given)
    assert answer["__typename"].endswith("Recorded"), answer
    return answer


def refuse(client: Client, name: str, code: str, /, **given: object) -> Answer:
    """Send a command that is refused, in words."""
    answer = send(client, name, **given)
    assert (answer["__typename"], answer["code"]) == ("Refused", code), answer
    assert all(answer[word] for word in ("message", "messageZh", "advice", "adviceZh"))
    return answer


def preview(client: Client, name: str, /, **given: object) -> Answer:
    """Return what a command would do."""
    command = {"commandId": str(uuid4()), "effectiveOn": "2020-01-01", **given}
    query = (
        "query ($command: CommandInput!) { preview(command: $command) {"
        " digest refusal { code message } events { stream topic effectiveOn corrects data }"
        " dangling { source name position reference target validFrom validTo } } }"
    )
    shown: Answer = client.data(query, command={name: command})["preview"]
    return shown


def new_id() -> str:
    """Return an id that nobody bears."""
    return str(uuid4())


def establish(
    client: Client, name: str, kind: str = "DEPARTMENT", superior: str | None = None, **given: object
) -> str:
    """Establish an organization, and return its id."""
    identity = new_id()
    places = [] if superior is None else [{"hierarchy": "PART_OF", "superior": superior}]
    record(
        client, "establishOrganization", organization=identity, name=name, kind=kind, places=places, **given
    )
    return identity
