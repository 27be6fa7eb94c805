"""Posts, terms and appointments as clients see them: a board that is overdue, renewed, corrected."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.board import ELECTED, EVE, OVERDUE, PLANNED, SEATED, Board, seated
from tests.support.sending import new_id, preview, record, refuse
from tests.support.serving import Answer, Served
from tests.support.staffing import registered


@pytest.fixture
def board(register: Served) -> Board:
    """Give a council on a register of the test's own."""
    return seated(register)


_ON = """
query ($council: ID!, $day: Date!) {
  organization(id: $council, asOf: $day) {
    posts { title seats vacancies holders { holderName } }
    terms { number overdue ended endedOn }
  }
}
"""


def _renewed(board: Board, **given: object) -> Answer:
    roster = [
        board.line("赵理事", board.president),
        board.line("王理事", board.director),
        board.line("李会长", board.director),
    ]
    return {
        "term": new_id(),
        "renews": board.eighth,
        "plannedEnd": "2023-11-10",
        "roster": roster,
        "effectiveOn": ELECTED,
        **given,
    }


def test_an_overdue_board_sits_until_it_is_renewed_by_one_previewed_command(board: Board) -> None:
    client = board.served.administrator
    renewal = _renewed(board)
    shown = preview(client, "renewTerm", **renewal)
    assert (shown["refusal"], shown["dangling"]) == (None, [])
    topics = [event["topic"] for event in shown["events"]]
    assert topics == [
        "term.opened",
        "term.ended",
        *["appointment.ended"] * 3,
        *["appointment.made"] * 3,
    ]
    refuse(client, "renewTerm", "PREVIEW_CHANGED", **{**renewal, "preview": "unseen"})
    record(client, "renewTerm", **{**renewal, "preview": shown["digest"]})

    def on(day: str) -> Any:  # noqa: ANN401 - a row as JSON
        return board.ask(_ON, council=board.council, day=day)["organization"]

    old = [
        {"title": "PRESIDENT", "seats": 1, "vacancies": 0, "holders": [{"holderName": "李会长"}]},
        {"title": "DIRECTOR", "seats": 3, "vacancies": 1, "holders": _named("王理事", "张理事")},
    ]
    new = [
        {"title": "PRESIDENT", "seats": 1, "vacancies": 0, "holders": [{"holderName": "赵理事"}]},
        {"title": "DIRECTOR", "seats": 3, "vacancies": 1, "holders": _named("李会长", "王理事")},
    ]
    eighth = {"number": 8, "ended": False, "endedOn": ELECTED}
    for day, overdue in ((PLANNED, False), ("2018-06-01", True), (OVERDUE, True), (EVE, True)):
        found = on(day)
        assert [_sorted(post) for post in found["posts"]] == old, day
        assert found["terms"] == [{**eighth, "overdue": overdue}], day
    found = on(ELECTED)
    assert [_sorted(post) for post in found["posts"]] == new
    assert found["terms"] == [
        {"number": 9, "overdue": False, "ended": False, "endedOn": None},
        {**eighth, "overdue": False, "ended": True},
    ]


def _named(*names: str) -> list[Answer]:
    return [{"holderName": name} for name in sorted(names)]


def _sorted(post: Answer) -> Answer:
    return {**post, "holders": sorted(post["holders"], key=lambda each: each["holderName"])}


def test_posts_are_found_by_where_they_are_what_they_are_called_and_whether_a_seat_is_free(
    board: Board,
) -> None:
    query = """
    query ($filter: PostFilter, $day: Date!) {
      posts(first: 100, filter: $filter, asOf: $day) { totalCount nodes { id } }
    }
    """

    def found(day: str = OVERDUE, /, **given: object) -> set[str]:
        shown = board.ask(query, filter=given, day=day)["posts"]
        assert shown["totalCount"] == len(shown["nodes"])
        return {node["id"] for node in shown["nodes"]}

    both = {board.president, board.director}
    assert found(organization=board.council) == both
    assert found(organization=board.society) == set()
    below = {"hierarchy": "PART_OF", "id": board.society}
    assert found(ancestor=below) == both
    assert found(ancestor={"hierarchy": "SUPERVISES", "id": board.society}) == set()
    assert found(ancestor=below, titles=["DIRECTOR"]) == {board.director}
    assert found(ancestor=below, vacant=True) == {board.director}
    assert found(ancestor=below, vacant=False) == {board.president}
    assert found(ancestor=below, elected=False) == set()
    assert found("2013-05-30", ancestor=below) == set()


def test_appointments_are_found_by_who_where_how_and_for_which_term(board: Board) -> None:
    query = """
    query ($filter: AppointmentFilter, $day: Date!) {
      appointments(first: 100, filter: $filter, asOf: $day) { nodes { holderName } }
    }
    """

    def found(day: str = OVERDUE, /, **given: object) -> list[str]:
        shown = board.served.viewer.data(query, filter=given, day=day)["appointments"]["nodes"]
        return sorted(node["holderName"] for node in shown)

    everybody = sorted(["李会长", "王理事", "张理事"])
    assert found(organization=board.council) == everybody
    assert found(ancestor={"hierarchy": "PART_OF", "id": board.society}) == everybody
    assert found(term=board.eighth) == everybody
    assert found(term=board.eighth, overdue=True) == everybody
    assert found(PLANNED, term=board.eighth, overdue=True) == []
    assert found(post=board.president) == ["李会长"]
    assert found(term=board.eighth, titles=["DIRECTOR"]) == sorted(["王理事", "张理事"])
    assert found(person=board.people["王理事"]) == ["王理事"]
    assert found(term=board.eighth, modes=["FULL_TIME"]) == []
    assert found(term=board.eighth, bases=["ELECTED"]) == everybody
    assert found("2013-05-30", term=board.eighth) == []


def test_terms_are_found_by_whose_they_are_and_whether_they_are_overdue(board: Board) -> None:
    query = """
    query ($filter: TermFilter, $day: Date!) {
      terms(first: 100, filter: $filter, asOf: $day, orderBy: PLANNED_END) { nodes { id } }
    }
    """

    def found(day: str, /, **given: object) -> list[str]:
        return [node["id"] for node in board.ask(query, filter=given, day=day)["terms"]["nodes"]]

    assert found(OVERDUE, body=board.council, overdue=True) == [board.eighth]
    assert found(PLANNED, body=board.council, overdue=True) == []
    assert found(OVERDUE, ancestor={"hierarchy": "PART_OF", "id": board.society}) == [board.eighth]
    record(board.served.administrator, "endTerm", term=board.eighth, effectiveOn=ELECTED)
    assert found(ELECTED, body=board.council, ended=True) == [board.eighth]
    assert found(ELECTED, body=board.council, ended=False) == []


def test_everybody_sees_who_holds_a_post_and_nothing_else_of_people(board: Board) -> None:
    anybody = board.served.anybody
    query = "query ($id: ID!) { post(id: $id) { holders { holderName %s } } }"
    assert anybody.data(query % "", id=board.president)["post"]["holders"] == [{"holderName": "李会长"}]
    for query in (
        f'{{ post(id: "{board.president}") {{ holders {{ personId }} }} }}',
        f'{{ post(id: "{board.president}") {{ position }} }}',
        f'{{ appointments(first: 1, filter: {{ person: "{board.people["李会长"]}" }}) {{ totalCount }} }}',
    ):
        assert anybody.problem(query)["extensions"]["code"] == "FORBIDDEN"
    shown = board.served.viewer.data(
        "query ($id: ID!) { post(id: $id) { holders { personId position } } }", id=board.president
    )
    assert shown["post"]["holders"][0]["personId"] == board.people["李会长"]


def test_a_name_that_was_corrected_is_shown_to_nobody_as_it_was(board: Board) -> None:
    """The names of holders are those believed now, even in an answer about what was known then."""
    client = board.served.administrator
    query = """
    query ($id: ID!, $then: DateTime) {
      appointment(id: $id, asOf: "2018-09-01", knownAt: $then) { holderName heldSince }
    }
    """
    who = board.appointments["李会长"]
    log = (
        "query ($f: AuditFilter) { auditLog(first: 9, filter: $f)"
        " { nodes { position recordedAt topic data } } }"
    )
    (event,) = client.data(log, f={"entity": board.people["李会长"]})["auditLog"]["nodes"]
    (made,) = client.data(log, f={"entity": who})["auditLog"]["nodes"]
    then = made["recordedAt"]
    data = {**event["data"], "personal": {"name": "李更正"}}
    replacement = {"topic": event["topic"], "data": data}
    record(
        client,
        "amendEvent",
        entity=board.people["李会长"],
        position=event["position"],
        replacement=replacement,
    )
    expected = {"holderName": "李更正", "heldSince": SEATED}
    assert board.ask(query, id=who)["appointment"] == expected
    assert board.ask(query, id=who, then=then)["appointment"] == expected


def test_a_dissolved_body_lists_its_posts_and_terms_and_in_turn_their_appointments(board: Board) -> None:
    client = board.served.administrator
    shown = preview(client, "dissolveOrganization", organization=board.council, effectiveOn=ELECTED)
    sources = {(each["source"], each["reference"]) for each in shown["dangling"]}
    assert sources == {
        (board.president, "POST_OF"),
        (board.director, "POST_OF"),
        (board.eighth, "TERM_OF"),
        *((appointment, "APPOINTED_TO") for appointment in board.appointments.values()),
    }
    refuse(client, "dissolveOrganization", "DANGLING", organization=board.council, effectiveOn=ELECTED)
    rules = [{"reference": kind} for kind in ("POST_OF", "TERM_OF", "APPOINTED_TO")]
    record(client, "dissolveOrganization", organization=board.council, effectiveOn=ELECTED, rules=rules)
    query = """
    query ($post: ID!, $term: ID!, $day: Date!) {
      post(id: $post, asOf: $day) {
        abolished vacancies holderCount holders { id } appointments { ended heldUntil endReason }
      }
      term(id: $term, asOf: $day) { ended overdue holders { id } appointments { ended } }
    }
    """
    assert board.ask(query, post=board.president, term=board.eighth, day=ELECTED) == {
        "post": {
            "abolished": True,
            "vacancies": None,
            "holderCount": 0,
            "holders": [],
            "appointments": [
                {"ended": True, "heldUntil": ELECTED, "endReason": "POST_ABOLISHED"},
            ],
        },
        "term": {
            "ended": True,
            "overdue": False,
            "holders": [],
            "appointments": [{"ended": True}] * 3,
        },
    }


def test_a_last_seat_is_refused_with_the_day_and_the_numbers(board: Board) -> None:
    client = board.served.administrator
    how = {"mode": "PART_TIME", "basis": "CO_OPTED", "term": board.eighth, "effectiveOn": OVERDUE}
    answer = refuse(
        client,
        "appoint",
        "SEATS_TAKEN",
        appointment=new_id(),
        person=board.people["赵理事"],
        post=board.president,
        **how,
    )
    assert answer["details"] == {
        "post": board.president,
        "date": OVERDUE,
        "seats": "1",
        "holders": "2",
    }
    assert "设 1 席" in answer["messageZh"]


def test_histories_tell_what_was_so_and_what_was_believed(board: Board) -> None:
    client = board.served.administrator
    record(client, "changeSeats", post=board.director, seats=5, effectiveOn=PLANNED)
    record(client, "renamePost", post=board.director, name="单位理事", effectiveOn=OVERDUE)
    query = """
    query ($post: ID!, $term: ID!, $appointment: ID!, $beliefs: Boolean!) {
      post(id: $post) { history(beliefs: $beliefs) { seats name validFrom validTo recordedTo } }
      term(id: $term) { history { number plannedEnd ended validFrom } }
      appointment(id: $appointment) { history { mode basis ended validFrom representing { name } } }
      node(id: $post) { __typename id ... on Post { title } }
    }
    """
    asked = {
        "post": board.director,
        "term": board.eighth,
        "appointment": board.appointments["王理事"],
    }
    told = board.ask(query, beliefs=False, **asked)
    assert [(row["seats"], row["name"], row["validFrom"]) for row in told["post"]["history"]] == [
        (3, None, SEATED),
        (5, None, PLANNED),
        (5, "单位理事", OVERDUE),
    ]
    assert told["term"]["history"] == [
        {"number": 8, "plannedEnd": PLANNED, "ended": False, "validFrom": SEATED}
    ]
    assert told["appointment"]["history"] == [
        {
            "mode": "PART_TIME",
            "basis": "ELECTED",
            "ended": False,
            "validFrom": SEATED,
            "representing": None,
        }
    ]
    assert told["node"] == {"__typename": "Post", "id": board.director, "title": "DIRECTOR"}
    believed = board.ask(query, beliefs=True, **asked)["post"]["history"]
    assert len(believed) == 5
    assert sum(row["recordedTo"] is not None for row in believed) == 2


def test_a_person_under_two_records_has_the_posts_of_both(board: Board) -> None:
    client = board.served.administrator
    (double,) = registered(client, "王理事")
    record(client, "mergePersons", person=double, into=board.people["王理事"], effectiveOn=SEATED)
    secretary = new_id()
    record(
        client,
        "establishPost",
        post=secretary,
        organization=board.society,
        title="SECRETARY_GENERAL",
        effectiveOn=SEATED,
    )
    how = {"mode": "FULL_TIME", "basis": "ENGAGED", "effectiveOn": OVERDUE}
    record(client, "appoint", appointment=new_id(), person=double, post=secretary, **how)
    query = """
    query ($id: ID!, $day: Date!) {
      person(id: $id, asOf: $day) { appointments { post { title } person { name } ended } }
      appointments(first: 9, filter: { person: $id }, asOf: $day) { nodes { post { title } } }
    }
    """
    for who in (double, board.people["王理事"]):
        shown = client.data(query, id=who, day=OVERDUE)
        assert shown == {
            "person": {
                "appointments": [
                    {"post": {"title": title}, "person": {"name": "王理事"}, "ended": False}
                    for title in ("DIRECTOR", "SECRETARY_GENERAL")
                ]
            },
            "appointments": {
                "nodes": [{"post": {"title": title}} for title in ("DIRECTOR", "SECRETARY_GENERAL")]
            },
        }
    again = {"person": double, "post": board.director, "appointment": new_id()}
    refuse(client, "appoint", "ALREADY_HOLDS", **again, **how)
