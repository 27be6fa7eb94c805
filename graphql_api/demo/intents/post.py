"""From records of posts, terms and appointments to commands (职务、届与任职资料到命令). Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql_api.demo.keys import Keys, identity, stamp
from graphql_api.demo.records import post as m
from graphql_api.demo.strict import Record
from registry.appointment.commands import (
    Appoint,
    EndAppointment,
    EndedAppointment,
    NewAppointment,
)
from registry.commands import Command
from registry.post.commands import ChangeSeats, EstablishPost
from registry.renewal.commands import AdjustTerm, RenewTerm
from registry.term.commands import ExtendTerm, OpenTerm


def _post(record: m.PostRecord, keys: Keys) -> list[Command]:
    return [
        EstablishPost(
            post=keys.identity("post", record.key),
            organization=keys.organization(record.organization),
            title=record.title,
            name=record.name,
            seats=record.seats,
            elected=record.elected,
            illustrative=record.illustrative,
            **stamp(record, keys, "establish post"),
        )
    ]


def _seats(record: m.SeatsRecord, keys: Keys) -> list[Command]:
    return [
        ChangeSeats(
            post=keys.identity("post", record.post),
            seats=record.seats,
            **stamp(record, keys, "change seats"),
        )
    ]


def _term(record: m.TermRecord, keys: Keys) -> list[Command]:
    return [
        OpenTerm(
            term=keys.identity("term", record.key),
            body=keys.organization(record.body),
            number=record.number,
            planned_end=record.planned_end,
            illustrative=record.illustrative,
            **stamp(record, keys, "open term"),
        )
    ]


def _extension(record: m.TermExtensionRecord, keys: Keys) -> list[Command]:
    return [
        ExtendTerm(
            term=keys.identity("term", record.term),
            planned_end=record.planned_end,
            **stamp(record, keys, "extend term"),
        )
    ]


def _appointment(record: m.AppointmentRecord, keys: Keys) -> list[Command]:
    line = record.line
    return [
        Appoint(
            appointment=keys.identity("appointment", record.place),
            term=None if record.term is None else keys.identity("term", record.term),
            illustrative=record.illustrative,
            **_held(line, keys),
            **stamp(record, keys, "appoint"),
        )
    ]


def _held(line: m.RosterLine, keys: Keys) -> dict[str, Any]:
    return {
        "person": keys.person(line.person),
        "post": keys.identity("post", line.post),
        "mode": line.mode,
        "basis": line.basis,
        "professional": line.professional,
        "representing": None if line.representing is None else keys.organization(line.representing),
        "until": line.until,
    }


def _end(record: m.AppointmentEndRecord, keys: Keys) -> list[Command]:
    return [
        EndAppointment(
            appointment=keys.identity("appointment", record.appointment),
            end_reason=record.end_reason,
            **stamp(record, keys, "end appointment"),
        )
    ]


def _renewal(record: m.RenewalRecord, keys: Keys) -> list[Command]:
    return [
        RenewTerm(
            term=keys.identity("term", record.key),
            renews=keys.identity("term", record.renews),
            planned_end=record.planned_end,
            roster=tuple(_line(line, record, keys) for line in record.roster),
            illustrative=record.illustrative,
            **stamp(record, keys, "renew term"),
        )
    ]


def _adjustment(record: m.AdjustmentRecord, keys: Keys) -> list[Command]:
    ended = (keys.identity("appointment", place) for place in record.ended)
    return [
        AdjustTerm(
            term=keys.identity("term", record.term),
            ended=tuple(EndedAppointment(id=each, end_reason=record.end_reason) for each in ended),
            made=tuple(_line(line, record, keys) for line in record.made),
            **stamp(record, keys, "adjust term"),
        )
    ]


def _line(line: m.RosterLine, record: m.RenewalRecord | m.AdjustmentRecord, keys: Keys) -> NewAppointment:
    place = m.place_of(line, record.since)
    return NewAppointment(
        id=identity("appointment", place), illustrative=record.illustrative, **_held(line, keys)
    )


INTENTS: dict[type[Record], Callable[[Any, Keys], list[Command]]] = {
    m.PostRecord: _post,
    m.SeatsRecord: _seats,
    m.TermRecord: _term,
    m.TermExtensionRecord: _extension,
    m.AppointmentRecord: _appointment,
    m.AppointmentEndRecord: _end,
    m.RenewalRecord: _renewal,
    m.AdjustmentRecord: _adjustment,
}
