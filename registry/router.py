"""The table of commands: which decision answers which command (命令路由)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from registry.affiliation import commands as affiliation
from registry.affiliation import decide as affiliations
from registry.appointment import commands as appointment
from registry.appointment import decide as appointments
from registry.commands import Command, Draft, check_date, check_text
from registry.correction import commands as correction
from registry.correction import decide as correct
from registry.errors import Code, Refusal
from registry.function import commands as function
from registry.function import decide as functions
from registry.instrument import commands as instrument
from registry.instrument import decide as instruments
from registry.instrument.state import INSTRUMENT
from registry.membership import commands as membership
from registry.membership import decide as memberships
from registry.organization import commands as organization
from registry.organization import decide as organizations
from registry.participation import commands as participation
from registry.participation import decide as participations
from registry.person import commands as person
from registry.person import decide as people
from registry.post import commands as post
from registry.post import decide as posts
from registry.reads import World, require_standing
from registry.renewal import commands as renewal
from registry.renewal import decide as renewals
from registry.reorganization import commands as reorganization
from registry.reorganization import decide as reorganizations
from registry.term import commands as term
from registry.term import decide as terms

Decision = Callable[[Any, World], list[Draft]]

DECISIONS: dict[type[Command], Decision] = {
    organization.EstablishOrganization: organizations.establish,
    organization.RenameOrganization: organizations.rename,
    organization.RecodeOrganization: organizations.recode,
    organization.ReclassifyOrganization: organizations.reclassify,
    organization.ActivateOrganization: organizations.activate,
    organization.SuspendOrganization: organizations.suspend,
    organization.DissolveOrganization: organizations.dissolve,
    organization.RevokeOrganization: organizations.revoke,
    organization.OpenRelation: organizations.open_relation,
    organization.CloseRelation: organizations.close_relation,
    organization.AssignIdentifier: organizations.assign_identifier,
    organization.WithdrawIdentifier: organizations.withdraw_identifier,
    organization.GrantDesignation: organizations.grant_designation,
    organization.EndDesignation: organizations.end_designation,
    function.DefineFunction: functions.define,
    function.AssignFunction: functions.assign,
    function.TransferFunction: functions.transfer,
    function.ReleaseFunction: functions.release,
    function.EmphasizeFunction: functions.emphasize,
    function.RetireFunction: functions.retire,
    instrument.RecordInstrument: instruments.record,
    instrument.RepealInstrument: instruments.repeal,
    reorganization.ProposeReorganization: reorganizations.propose,
    reorganization.ReviseReorganization: reorganizations.revise,
    reorganization.AdoptReorganization: reorganizations.adopt,
    reorganization.AmendReorganization: reorganizations.amend,
    reorganization.WithdrawReorganization: reorganizations.withdraw,
    post.EstablishPost: posts.establish,
    post.RenamePost: posts.rename,
    post.ChangeSeats: posts.change_seats,
    post.MovePost: posts.move,
    post.AbolishPost: posts.abolish,
    term.OpenTerm: terms.open_term,
    term.ExtendTerm: terms.extend,
    term.EndTerm: terms.end,
    renewal.RenewTerm: renewals.renew,
    renewal.AdjustTerm: renewals.adjust,
    appointment.Appoint: appointments.appoint,
    appointment.EndAppointment: appointments.end,
    appointment.ChangeRepresentation: appointments.change_representation,
    person.RegisterPerson: people.register,
    person.RenamePerson: people.rename,
    person.RecordDeath: people.record_death,
    correction.AmendEvent: correct.amend,
    correction.RetractEvent: correct.retract,
    membership.ApplyForMembership: memberships.apply,
    membership.AdmitMember: memberships.admit,
    membership.SuspendMembership: memberships.suspend,
    membership.ResumeMembership: memberships.resume,
    membership.ReclassifyMembership: memberships.reclassify,
    membership.TransferMembership: memberships.transfer,
    membership.EndMembership: memberships.end,
    affiliation.OpenAffiliation: affiliations.open_,
    affiliation.ConfirmAffiliation: affiliations.confirm,
    affiliation.TransferAffiliation: affiliations.transfer,
    affiliation.ReceiveTransfer: affiliations.receive,
    affiliation.EndAffiliation: affiliations.end,
    participation.BeginParticipation: participations.begin,
    participation.EndParticipation: participations.end,
}


def decide(command: Command, world: World) -> list[Draft]:
    """Return what ``command`` wants recorded, or refuse it."""
    check(command, world)
    return DECISIONS[type(command)](command, world)


def draft(command: Command, world: World) -> list[Draft]:
    """Return what ``command`` would record, also without the preview that it needs to be recorded."""
    check(command, world)
    if isinstance(command, reorganization.AdoptReorganization):
        return reorganizations.adoption(command, world)
    return DECISIONS[type(command)](command, world)


def check(command: Command, world: World) -> None:
    """Refuse what no command may have: a bad date, an unknown document, a stale version."""
    check_date("effectiveOn", command.effective_on, command.precision)
    check_text("reason", command.reason)
    check_text("clause", command.clause)
    if command.instrument is not None:
        require_standing(world, command.instrument, INSTRUMENT)
    if command.expected_version is not None:
        entity = world.entity(command.subject)
        actual = 0 if entity is None else entity.version
        if actual != command.expected_version:
            raise Refusal(
                Code.VERSION_CONFLICT, id=command.subject, actual=actual, expected=command.expected_version
            )
