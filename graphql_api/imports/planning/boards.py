"""Rows of posts, terms and appointments (职务、届次、任职). Pure."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from graphql_api.imports.identities import Look
from graphql_api.imports.rows import Row
from graphql_api.imports.saying import Changes, Intent, check_period, event_of, stamp
from graphql_api.imports.wrong import Wrong, WrongError
from registry.appointment import commands as ac
from registry.appointment import events as ae
from registry.appointment.state import Appointment
from registry.ids import TERM_SCHEME
from registry.post import commands as pc
from registry.post import events as pe
from registry.post.state import Post
from registry.term import commands as tc
from registry.term import events as te
from registry.term.state import Term
from registry.time import FOREVER
from registry.timeline import Entity


def identified(noun: str, row: Row, look: Look) -> UUID:
    """Return the id that the row gives, or else the one that its code makes."""
    if row.get("id") is not None:
        return look.required(noun, row.get("id"), "id", row.day.on)
    meant = look.meant(noun, row.get("code"), "code", row.day.on)
    assert meant is not None
    return meant


def post(row: Row, look: Look) -> list[Intent]:
    """Return what a version of a post comes to; its end is another matter, see :func:`post_ending`."""
    check_period(row)
    identity = identified("post", row, look)
    organization = look.required("organization", row.get("organization"), "organization", row.day.on)
    entity = look.standing(identity)
    if entity is None:
        command = pc.EstablishPost(
            **stamp(row, look),
            post=identity,
            organization=organization,
            title=row.get("title"),
            name=row.get("name"),
            seats=row.get("seats"),
            elected=bool(row.get("elected")),
        )
        return [Intent("code", command)]
    changes = Changes(entity, row, look)
    state = _post_on(entity, row, changes)
    _change_post(row, state, changes, organization)
    return changes.intents()


def post_ending(row: Row, look: Look) -> list[Intent]:
    """Return the end of a post, once everybody who held it is there."""
    return _ending(row, look, (pe.PostAbolished, pc.AbolishPost, "post"))


def _post_on(entity: Entity, row: Row, changes: Changes) -> Post:
    first = entity.timeline.segments[0]
    state = first.state if row.day.on < first.start else entity.timeline.at(row.day.on)
    if not isinstance(state, Post) or state.abolished:
        raise WrongError(Wrong.NOT_THERE, "from", noun="post 职务", value=row.get("code"), date=row.day.on)
    if row.day.on < first.start:
        said = event_of(entity, (pe.PostEstablished,))
        assert said is not None
        changes.move("from", said, row.day)
    return state


def _change_post(row: Row, state: Post, changes: Changes, organization: UUID) -> None:
    given, identity = changes.stamp, changes.entity.id
    established = pe.PostEstablished
    if row.get("title") is not state.title:
        changes.say("title", {established: {"title": row.get("title")}}, None)
    if row.says("elected") and bool(row.get("elected")) != state.elected:
        changes.say("elected", {established: {"elected": bool(row.get("elected"))}}, None)
    if row.says("name") and row.get("name") != state.name:
        said = {"name": row.get("name")}
        command = pc.RenamePost(**given, post=identity, **said)
        changes.say("name", {established: said, pe.PostRenamed: said}, command)
    if row.says("seats") and row.get("seats") != state.seats:
        seats = {"seats": row.get("seats")}
        changes.say(
            "seats",
            {established: seats, pe.SeatsChanged: seats},
            pc.ChangeSeats(**given, post=identity, **seats),
        )
    if organization != state.place.organization:
        there: dict[str, Any] = {"organization": organization}
        changes.say(
            "organization",
            {established: there, pe.PostMoved: there},
            pc.MovePost(**given, post=identity, **there),
        )


def _ending(row: Row, look: Look, how: tuple[Any, Any, str]) -> list[Intent]:
    """Let it end on the row's last day, or let the end that there is be on that day.

    ``how`` are the event and the command by which things of the noun end, and the noun.
    """
    ended, ending, noun = how
    identity = _term_known(row, look) if noun == "term" else identified(noun, row, look)
    entity = look.standing(identity)
    if row.end is None or entity is None:
        return []
    changes = Changes(entity, row, look)
    there = event_of(entity, (ended,))
    if there is None:
        changes.send("to", ending(**stamp(row, look, row.end), **{noun: entity.id}))
    elif there.event.effective_on != row.end.on:
        changes.move("to", there, row.end)
    return changes.intents()


def term(row: Row, look: Look) -> list[Intent]:
    """Return what a term comes to; its end is another matter, see :func:`term_ending`."""
    check_period(row)
    body = look.required("organization", row.get("body"), "body", row.day.on)
    identity = _term_known(row, look)
    entity = look.standing(identity)
    planned = row.get("planned_end")
    if entity is None:
        command = tc.OpenTerm(
            **stamp(row, look),
            term=identity,
            body=body,
            number=row.get("number"),
            planned_end=None if planned is None else planned.on,
        )
        return [Intent("number", command)]
    changes = Changes(entity, row, look)
    state = entity.timeline.segments[0].state
    opened = event_of(entity, (te.TermOpened,))
    assert opened is not None
    assert isinstance(state, Term)
    if opened.event.effective_on != row.day.on:
        changes.move("from", opened, row.day)
    for column, value in (("number", row.get("number")), ("body", body)):
        if value != getattr(opened.event, column):
            changes.amend(column, opened, **{column: value})
    if planned is not None and planned.on != entity.timeline.segments[-1].state.planned_end:
        said = event_of(entity, (te.TermExtended, te.TermOpened))
        assert said is not None
        changes.amend("planned_end", said, planned_end=planned.on)
    return changes.intents()


def term_ending(row: Row, look: Look) -> list[Intent]:
    """Return the end of a term, once those appointed for it are there, and before the next begins."""
    return _ending(row, look, (te.TermEnded, tc.EndTerm, "term"))


def _term_known(row: Row, look: Look) -> UUID:
    """Return the term of the row: by id or code, or the one of the body that has the number."""
    made = identified("term", row, look)
    if look.standing(made) is not None:
        return made
    body = look.required("organization", row.get("body"), "body", row.day.on)
    for bearer in look.world.bearers(TERM_SCHEME, str(body)):
        entity = look.standing(bearer.entity)
        if entity is not None and entity.timeline.segments[0].state.number == row.get("number"):
            return entity.id
    return made


def appointment(row: Row, look: Look) -> list[Intent]:
    """Return what an appointment comes to, its end included."""
    check_period(row)
    day = row.day.on
    who = look.required("person", row.get("person"), "person", day)
    where = look.required("post", row.get("post"), "post", day)
    details = _details(row, look)
    entity = _appointment_known(row, look, who, where)
    if entity is None:
        identity = look.made("appointment", who, where, day)
        reason = row.get("end_reason")
        until = _until(row, look, details["term"]) if reason is None else None
        command = ac.Appoint(
            **stamp(row, look), appointment=identity, person=who, post=where, until=until, **details
        )
        found = [Intent("post", command)]
        if reason is not None and row.end is not None:
            found.append(Intent("to", _leaving(row, look, identity)))
        return found
    changes = Changes(entity, row, look)
    made = event_of(entity, (ae.AppointmentMade,))
    assert made is not None
    if made.event.effective_on != day:
        changes.move("from", made, row.day)
    for name, value in details.items():
        if row.says(name) and value != getattr(made.event, name):
            changes.amend(name, made, **{name: value})
    _leave(row, look, changes)
    return changes.intents()


def _details(row: Row, look: Look) -> dict[str, Any]:
    day = row.day.on
    term_code, unit = row.get("term"), row.get("representing")
    return {
        "mode": row.get("mode"),
        "basis": row.get("basis"),
        "term": None if term_code is None else look.required("term", term_code, "term", day),
        "professional": bool(row.get("professional")),
        "representing": None if unit is None else look.required("organization", unit, "representing", day),
    }


def _until(row: Row, look: Look, of_term: UUID | None) -> date | None:
    """Return when it ends by itself: on the row's last day, or with the term if that has ended."""
    if row.end is not None or of_term is None:
        return None if row.end is None else row.end.on
    entity = look.standing(of_term)
    ended = None if entity is None else event_of(entity, (te.TermEnded,))
    return None if ended is None else ended.event.effective_on


def _appointment_known(row: Row, look: Look, who: UUID, where: UUID) -> Entity | None:
    """Return the appointment that the row is about: of that person to that post, sharing a day with it."""
    if row.get("id") is not None:
        return look.standing(look.required("appointment", row.get("id"), "id", row.day.on))
    last = FOREVER if row.end is None else row.end.on
    for reference in look.world.references_to(who):
        if reference.kind != ae.APPOINTEE or not (reference.start < last and row.day.on < reference.end):
            continue
        entity = look.standing(reference.source)
        state = None if entity is None else entity.timeline.at(max(reference.start, row.day.on))
        if isinstance(state, Appointment) and state.post == where:
            return entity
    return None


def _leaving(row: Row, look: Look, identity: UUID) -> ac.EndAppointment:
    return ac.EndAppointment(
        **stamp(row, look, row.end), appointment=identity, end_reason=row.get("end_reason")
    )


def _leave(row: Row, look: Look, changes: Changes) -> None:
    if row.end is None:
        return
    entity = changes.entity
    ended = event_of(entity, (ae.AppointmentEnded,))
    made = event_of(entity, (ae.AppointmentMade,))
    reason = row.get("end_reason")
    if ended is not None:
        if ended.event.effective_on != row.end.on:
            changes.move("to", ended, row.end)
        if reason is not None and reason is not ended.event.end_reason:
            changes.amend("end_reason", ended, end_reason=reason)
    elif made is not None and made.event.until is not None and reason is None:
        if made.event.until != row.end.on:
            changes.amend("to", made, until=row.end.on)
    else:
        changes.send("to", _leaving(row, look, entity.id))
