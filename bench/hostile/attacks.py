"""What is sent to hurt, by name: one request each, and the code by which it has to be refused."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

_NOBODY = "00000000-0000-0000-0000-000000000000"
_JSON = "application/json"
_CLOSE = {"connection": "close"}


class Attack(NamedTuple):
    """One request that is to be refused.

    ``known`` says that who sends it has a key: more is told to them, which takes longer. A refusal has one of
    the ``codes``.
    """

    codes: frozenset[str]
    body: bytes = b""
    method: str = "POST"
    target: str = "/graphql"
    headers: Mapping[str, str] = {}
    known: bool = False

    def request(self, token: str | None) -> bytes:
        """Return the request as it is sent."""
        fields = {"host": "localhost", "accept": "application/graphql-response+json", **self.headers}
        if self.known and token is not None:
            fields["authorization"] = f"Bearer {token}"
        if self.method == "POST":
            fields.setdefault("content-type", _JSON)
            fields["content-length"] = str(len(self.body))
        head = [
            f"{self.method} {self.target} HTTP/1.1",
            *(f"{name}: {value}" for name, value in fields.items()),
        ]
        return ("\r\n".join(head) + "\r\n\r\n").encode("latin-1") + self.body


class Document(NamedTuple):
    """A document that is to be refused by whatever way it is sent."""

    text: str
    code: str
    variables: dict[str, Any] | None = None
    known: bool = False


def nested(times: int) -> str:
    """Return a document that asks for children of children."""
    inner = "children { subordinate { " * times + "id" + " } }" * times
    return f'{{ organization(id: "{_NOBODY}") {{ {inner} }} }}'


def laughs(times: int) -> str:
    """Return a document whose fragments unfold into 2 to the power of ``times`` fields."""
    parts = [f"fragment f{n} on Organization {{ ...f{n + 1} ...f{n + 1} }}" for n in range(times)]
    last = f"fragment f{times} on Organization {{ id }}"
    return " ".join(['{ organization(id: "x") { ...f0 } }', *parts, last])


def _numbered(count: int, text: str) -> str:
    """Return ``text`` again and again, with the number in it where it says %d."""
    return " ".join(text.replace("%d", str(number)) for number in range(count))


_CIRCLE = (
    '{ node(id: "x") { ...a } } fragment a on Organization { children { subordinate { ...b } } }'
    " fragment b on Organization { children { subordinate { ...a } } }"
)
_PAGES = "children { subordinate { " * 3 + "id" + " } }" * 3
_LOOP = "{ __schema { types { " + "fields { type { " * 12 + "name" + " } }" * 12 + " } } }"
_SHORT_LOOP = "{ __schema { types { " + "fields { type { " * 3 + "name" + " } }" * 3 + " } } }"
_CHAIN = _numbered(60, "fragment f%d on Query { ...f%d_ }").replace("f%d_", "")
_ORGANIZATION = "functions(first: 1) { totalCount }"

WORDS = {
    "deep": Document(nested(40), "TOO_COMPLEX"),
    "a little too deep": Document(nested(5), "TOO_COMPLEX"),
    "braces": Document("{" * 900, "INVALID_DOCUMENT"),
    "lists": Document("{ node(id: " + "[" * 900, "INVALID_DOCUMENT"),
    "objects": Document(
        "{ organizations(first: 1, filter: " + "{a:" * 400 + "1" + "}" * 400 + ") { totalCount } }",
        "INVALID_DOCUMENT",
    ),
    "wide": Document("{ functions(first: 1) { nodes { " + "id " * 900 + "} } }", "TOO_COMPLEX"),
    "wider": Document("{ functions(first: 1) { nodes { " + "id " * 2_000 + "} } }", "INVALID_DOCUMENT"),
    "many roots": Document(f"{{ {_numbered(60, f'f%d: {_ORGANIZATION}')} }}", "TOO_COMPLEX"),
    "aliases": Document(
        f"{{ functions(first: 1) {{ nodes {{ {_numbered(200, 'a%d: name')} }} }} }}", "TOO_COMPLEX"
    ),
    "directives": Document(
        "{ functions(first: 1) { totalCount " + "@include(if: true) " * 100 + "} }", "TOO_COMPLEX"
    ),
    "directives that nobody knows": Document(f"{{ __typename {_numbered(400, '@no%d')} }}", "TOO_COMPLEX"),
    "circular fragments": Document(_CIRCLE, "INVALID_DOCUMENT"),
    "a fragment of itself": Document("{ ...f } fragment f on Query { ...f }", "INVALID_DOCUMENT"),
    "fragments of fragments": Document(laughs(30), "TOO_COMPLEX"),
    "fragments each in each": Document(
        "{ ...f0 } "
        + " ".join(
            f"fragment f{n} on Query {{ {' '.join(f'...f{m}' for m in range(14) if m != n)} }}"
            for n in range(14)
        ),
        "INVALID_DOCUMENT",
    ),
    "fragments that are missing": Document(f"{{ {_numbered(480, '...f%d')} }}", "INVALID_DOCUMENT"),
    "fragments of one name": Document(
        "{ ...f } " + "fragment f on Query { __typename } " * 120, "INVALID_DOCUMENT"
    ),
    "fields of one name": Document(
        '{ organization(id: "x") { ' + "id " * 40 + "} } fragment f on Organization { " + "id " * 40 + "}",
        "TOO_COMPLEX",
    ),
    "conflicting fields": Document(
        '{ organization(id: "x") { ' + "id: name id: code " * 7 + "} }", "INVALID_DOCUMENT"
    ),
    "20 KB of fields": Document(
        "{ functions(first: 1) { nodes { " + "name " * 4_000 + "} } }", "INVALID_DOCUMENT"
    ),
    "20 KB of a comment": Document("#" * 20_000 + "\n{ __typename }", "INVALID_DOCUMENT"),
    "many comments": Document("#\n" * 5_000 + "{ __typename }", "INVALID_DOCUMENT"),
    "a long text": Document('{ organization(code: "' + "长" * 25_000 + '") { id } }', "INVALID_DOCUMENT"),
    "an endless text": Document(
        '{ organization(code: "' + "\\u957f" * 3_000 + ") { id } }", "INVALID_DOCUMENT"
    ),
    "lines of a text": Document('{ nothing(code: """' + "\n " * 9_000 + '""") { id } }', "INVALID_DOCUMENT"),
    "half a character": Document('{ organization(code: "\\uD83D") { id } }', "INVALID_DOCUMENT"),
    "names that look alike": Document("{ \u043erganization { id } }", "INVALID_DOCUMENT"),
    "no breaks": Document("{\u200b__typename\u202e}", "INVALID_DOCUMENT"),
    "a huge number": Document(
        "{ functions(first: " + "9" * 19_000 + ") { totalCount } }", "INVALID_DOCUMENT"
    ),
    "huge first": Document("{ functions(first: 2147483647) { totalCount } }", "INVALID_INPUT"),
    "greater first": Document(
        "{ functions(first: 99999999999999999999) { totalCount } }", "INVALID_DOCUMENT"
    ),
    "negative first": Document("{ functions(first: -1) { totalCount } }", "INVALID_INPUT"),
    "pages of pages": Document(f"{{ organizations(first: 100) {{ nodes {{ {_PAGES} }} }} }}", "TOO_COMPLEX"),
    "introspection loop": Document(_LOOP, "TOO_COMPLEX"),
    "short introspection loop": Document(_SHORT_LOOP, "INVALID_DOCUMENT"),
    "introspection again and again": Document(
        f"{{ {_numbered(3, 's%d: __schema { types { name } }')} }}", "TOO_COMPLEX"
    ),
    "wide introspection": Document(
        f"{{ __schema {{ types {{ {_numbered(16, 'a%d: name')} }} }} }}", "TOO_COMPLEX"
    ),
    "many variables": Document(f"query ({_numbered(300, '$v%d: Int')}) {{ __typename }}", "INVALID_DOCUMENT"),
    "many operations": Document(_numbered(150, "query q%d { __typename }"), "TOO_COMPLEX"),
    "answered bit by bit": Document(
        "{ organizations(first: 100) { nodes @stream { id ... @defer { name } } } }", "NOT_INCREMENTAL"
    ),
    "a schema of one's own": Document(_numbered(120, "type T%d { a: Int }"), "INVALID_DOCUMENT"),
}
"""Documents, whoever sends them."""

_RECLASSIFY = "reclasifyOrganizaton%d"
GUESSES = {
    "guessed fields": Document(
        "mutation { ...f0 } " + _numbered(140, f"fragment f%d on Mutation {{ {_RECLASSIFY} }}"),
        "INVALID_DOCUMENT",
    ),
    "guessed fields of one type": Document(
        f'{{ organization(id: "x") {{ {_numbered(400, "predecesors%d")} }} }}', "INVALID_DOCUMENT"
    ),
    "guessed types": Document(
        f"query ({_numbered(180, '$v%d: ReclassifyOrganizationInputs%d')}) {{ __typename }}",
        "INVALID_DOCUMENT",
    ),
    "guessed arguments": Document(
        f"{{ functions({_numbered(240, 'firsst%d: 1')}) {{ totalCount }} }}", "INVALID_DOCUMENT"
    ),
    "guessed input": Document(
        "mutation { establishOrganization(input: { "
        + _numbered(240, "effectivOn%d: 1")
        + " }) { __typename } }",
        "INVALID_DOCUMENT",
    ),
    "guessed commands": Document(
        f"{{ simulate(commands: [{_numbered(150, f'{{ {_RECLASSIFY}: 1 }}')}]) {{ asOf }} }}",
        "INVALID_DOCUMENT",
    ),
    "guessed values": Document(
        f"{{ orgChart(hierarchies: [{_numbered(900, 'PARTOF%d')}]) {{ asOf }} }}", "INVALID_DOCUMENT"
    ),
    "one input twice": Document(
        f"{{ functions(first: 1 filter: {{ {'a: 1 ' * 300} }}) {{ totalCount }} }}", "INVALID_DOCUMENT"
    ),
    "guessed commands in variables": Document(
        "query ($c: [CommandInput!]!) { simulate(commands: $c) { asOf } }",
        "INVALID_DOCUMENT",
        {"c": [{f"reclasifyOrganizaton{n}": 1} for n in range(2_400)]},
    ),
    "guessed input in variables": Document(
        "mutation ($i: EstablishOrganizationInput!) { establishOrganization(input: $i) { __typename } }",
        "INVALID_DOCUMENT",
        {"i": {f"effectivOn{n}": 1 for n in range(4_900)}},
    ),
    "guessed values in variables": Document(
        "query ($h: [Hierarchy!]) { orgChart(hierarchies: $h) { asOf } }",
        "INVALID_DOCUMENT",
        {"h": [f"PARTOF{n}" for n in range(4_900)]},
    ),
    "long lists": Document(
        "query ($h: [Hierarchy!]) { orgChart(hierarchies: $h) { asOf } }",
        "TOO_COMPLEX",
        {"h": ["PART_OF"] * 18_000},
    ),
    "long lists of texts": Document(
        "query ($c: [String!]) { criteria(first: 1, filter: { codes: $c }) { totalCount } }",
        "TOO_COMPLEX",
        {"c": ["x"] * 39_000},
    ),
    "many commands": Document(
        "query ($c: [CommandInput!]!) { simulate(commands: $c) { asOf } }",
        "TOO_COMPLEX",
        {"c": [{"suspendOrganization": {"organization": _NOBODY}}] * 1_700},
    ),
    "a long search": Document(
        "query ($t: String!) { search(text: $t, first: 1) { __typename } }",
        "INVALID_INPUT",
        {"t": "".join(chr(0x4E00 + n) for n in range(20_000))},
    ),
}
"""Documents and variables full of names that do not exist: a server is made to look for likenesses."""

for _name, _document in GUESSES.items():
    GUESSES[_name] = _document._replace(known=True)


def asking(document: Document) -> Attack:
    """Return the request that sends ``document``."""
    body = json.dumps(
        {"query": document.text, "variables": document.variables}, ensure_ascii=False, separators=(",", ":")
    )
    return Attack(frozenset({document.code}), body.encode("utf-8", "surrogatepass"), known=document.known)


def _body(content: bytes, *codes: str, **headers: str) -> Attack:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return Attack(frozenset(codes), content, headers=fields)


_TYPENAME = b'{"query": "{ __typename }"'
_FORM = b'--x\r\ncontent-disposition: form-data; name="%d"\r\n\r\n1\r\n'
BODIES = {
    "batch": _body(
        b"[" + _TYPENAME + b"}," * 1 + (_TYPENAME + b"},") * 500 + _TYPENAME + b"}]", "INVALID_REQUEST"
    ),
    "brackets": _body(b"[" * 150_000, "INVALID_REQUEST"),
    "nested variables": _body(
        _TYPENAME + b', "variables": ' + b'{"a":' * 20_000 + b"1" + b"}" * 20_000 + b"}", "INVALID_REQUEST"
    ),
    "a long name": _body(_TYPENAME + b', "operationName": "' + b"x" * 150_000 + b'"}', "INVALID_DOCUMENT"),
    "a long document's name": _body(b'{"documentId": "' + b"x" * 150_000 + b'"}', "UNKNOWN_DOCUMENT"),
    "no text": _body(b"\xff\xfe" * 50_000, "INVALID_REQUEST"),
    "half a character in JSON": _body(b'{"query": "{ a }", "operationName": "\\ud83d"}', "INVALID_REQUEST"),
    "a body that is too long": _body(b"x" * 300_000, "BODY_TOO_LONG"),
    "a gzip bomb": _body(gzip.compress(b" " * 50_000_000), "UNSUPPORTED_MEDIA_TYPE", content_encoding="gzip"),
    "another charset": _body(b"{}", "UNSUPPORTED_MEDIA_TYPE", content_type="application/json; charset=utf-7"),
    "a form of many parts": _body(
        b"".join(_FORM % n for n in range(2_000)) + b"--x--\r\n",
        "UNAUTHENTICATED",
        content_type="multipart/form-data; boundary=x",
    ),
    "headers that are too long": _body(b"{}", "HEADERS_TOO_LONG", x_much="x" * 33_000),
    "many headers": Attack(
        frozenset({"HEADERS_TOO_LONG"}), b"{}", headers={f"x-{n}": "x" * 20 for n in range(1_500)}
    ),
    "weights": _body(b"{}", "INVALID_REQUEST", accept=",".join(f"a/{n};q=0.{n}" for n in range(1_200))),
    "a mutation by GET": Attack(
        frozenset({"METHOD_NOT_ALLOWED"}), method="GET", target="/graphql?query=mutation%7B__typename%7D"
    ),
    "a parameter again and again": Attack(
        frozenset({"INVALID_REQUEST"}), method="GET", target="/graphql?" + "&".join(["query=%7Ba%7D"] * 1_500)
    ),
    "a position that is not reached": _body(
        _TYPENAME + b"}", "INVALID_INPUT", kexie_min_position="9" * 4_000
    ),
    "events without keys": Attack(frozenset({"UNAUTHENTICATED"}), method="GET", target="/events?after=0"),
    "a snapshot of too many": Attack(
        frozenset({"INVALID_INPUT"}),
        method="GET",
        target="/snapshot?register=organizations&ids=" + ",".join([_NOBODY] * 800),
    ),
    "a file without keys": _body(
        b"--x--\r\n", "UNAUTHENTICATED", content_type="multipart/form-data; boundary=x"
    )._replace(target="/import"),
}
"""Requests that are no question."""

ATTACKS: Mapping[str, Attack] = {
    **{name: asking(document) for name, document in WORDS.items()},
    **{name: asking(document) for name, document in GUESSES.items()},
    **BODIES,
}
"""All that is sent, by name."""
