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
from registry.criterion import commands as criterion
from registry.criterion import decide as criteria
from registry.errors import Code, Refusal
from registry.figure import commands as figure
from registry.figure import decide as figures
from registry.function import commands as function
from registry.function import decide as functions
from registry.grant import commands as grant
from registry.grant import decide as grants
from registry.grant.events import RoleRevoked
from registry.grant.state import GRANT
from registry.instrument import commands as instrument
from registry.instrument import decide as instruments
from registry.instrument.state import INSTRUMENT
from registry.liaison import commands as liaison
from registry.liaison import decide as liaisons
from registry.mandate import commands as mandate
from registry.mandate import decide as mandates
from registry.measure import commands as measure
from registry.measure import decide as measures
from registry.membership import commands as membership
from registry.membership import decide as memberships
from registry.nouns import noun_of
from registry.organization import commands as organization
from registry.organization import decide as organizations
from registry.participation import commands as participation
from registry.participation import decide as participations
from registry.permission import admit
from registry.person import commands as person
from registry.person import decide as people
from registry.person import erase as erasure
from registry.person import merge as mergers
from registry.post import commands as post
from registry.post import decide as posts
from registry.programme import commands as programme
from registry.programme import decide as programmes
from registry.reads import World, require_standing
from registry.renewal import commands as renewal
from registry.renewal import decide as renewals
from registry.reorganization import commands as reorganization
from registry.reorganization import decide as reorganizations
from registry.rule import commands as rule
from registry.rule import decide as composition_rules
from registry.secondment import commands as secondment
from registry.secondment import decide as secondments
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
    organization.RecordRegistration: organizations.record_registration,
    organization.ChangeRepresentative: organizations.change_representative,
    organization.CancelRegistration: organizations.cancel_registration,
    organization.AdoptCharter: organizations.adopt_charter,
    organization.ApproveCharter: organizations.approve_charter,
    organization.SetStaffing: organizations.set_staffing,
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
    mandate.GrantMandate: mandates.grant,
    mandate.RenewMandate: mandates.renew,
    mandate.ReviewMandate: mandates.review,
    mandate.HandOverMandate: mandates.hand_over,
    mandate.ChangeGrantor: mandates.change_grantor,
    mandate.RevokeMandate: mandates.revoke,
    programme.LaunchProgramme: programmes.launch,
    programme.ExtendProgramme: programmes.extend,
    programme.HandOverProgramme: programmes.hand_over,
    programme.EnrollInProgramme: programmes.enroll,
    programme.LeaveProgramme: programmes.leave,
    programme.CloseProgramme: programmes.close,
    figure.ReportFigure: figures.report,
    figure.WithdrawFigure: figures.withdraw,
    secondment.BeginSecondment: secondments.begin,
    secondment.ExtendSecondment: secondments.extend,
    secondment.MoveSecondment: secondments.move,
    secondment.EndSecondment: secondments.end,
    liaison.BeginLiaison: liaisons.begin,
    liaison.RecordVisit: liaisons.visit,
    liaison.EndLiaison: liaisons.end,
    person.RegisterPerson: people.register,
    person.RenamePerson: people.rename,
    person.ChangeParticulars: people.change_particulars,
    person.EmployPerson: people.employ,
    person.EndEmployment: people.end_employment,
    person.AwardTitle: people.award_title,
    person.WithdrawTitle: people.withdraw_title,
    person.SetDisciplines: people.set_disciplines,
    person.GrantAward: people.grant_award,
    person.WithdrawAward: people.withdraw_award,
    person.MergePersons: mergers.merge,
    person.ErasePerson: erasure.erase,
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
    measure.SetMeasure: measures.set_,
    measure.ReassignMeasure: measures.reassign,
    measure.MoveDeadline: measures.move_deadline,
    measure.SetMilestone: measures.set_milestone,
    measure.ReachMilestone: measures.reach_milestone,
    measure.ReportProgress: measures.report_progress,
    measure.RecordInspection: measures.record_inspection,
    measure.CloseFinding: measures.close_finding,
    measure.CiteEvidence: measures.cite_evidence,
    measure.FulfillMeasure: measures.fulfill,
    measure.CancelMeasure: measures.cancel,
    criterion.DefineCriterion: criteria.define,
    criterion.RedefineCriterion: criteria.redefine,
    criterion.RepealCriterion: criteria.repeal,
    grant.GrantRole: grants.give,
    grant.RevokeRole: grants.revoke,
    rule.SetRule: composition_rules.set_,
    rule.ReviseRule: composition_rules.revise,
    rule.RepealRule: composition_rules.repeal,
}


def decide(command: Command, world: World) -> list[Draft]:
    """Return what ``command`` wants recorded, or refuse it."""
    admit(world, command)
    check(command, world)
    return _permitted(command, DECISIONS[type(command)](command, world), world)


def draft(command: Command, world: World) -> list[Draft]:
    """Return what ``command`` would record, also without the preview that it needs to be recorded."""
    admit(world, command)
    check(command, world)
    if isinstance(command, reorganization.AdoptReorganization):
        return reorganizations.adoption(command, world)
    return _permitted(command, DECISIONS[type(command)](command, world), world)


def _permitted(command: Command, drafts: list[Draft], world: World) -> list[Draft]:
    """Return ``drafts``, unless they say who may do what and the actor may not; refuses GRANTS_FORBIDDEN.

    What is recorded counts, not what was sent: a correction changes a grant as well as a command to it. But
    what ends with an organization may end: whoever may dissolve one takes nobody's place by that.
    """
    forbidden = isinstance(command, grant.GrantCommand) or any(_is_of_a_grant(each, world) for each in drafts)
    if forbidden and not command.may_grant:
        raise Refusal(Code.GRANTS_FORBIDDEN)
    return drafts


def _is_of_a_grant(draft: Draft, world: World) -> bool:
    if isinstance(draft.event, RoleRevoked):
        return False
    entity = world.entity(draft.stream)
    return (noun_of(draft.event) if entity is None else entity.noun) is GRANT


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
