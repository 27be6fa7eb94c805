"""The table of mutations: what people say, and the command it is (变更总表)."""

from __future__ import annotations

from graphql_api.access import Right
from registry.affiliation import commands as affiliation
from registry.appointment import commands as appointment
from registry.commands import Command
from registry.correction import commands as correction
from registry.criterion import commands as criterion
from registry.figure import commands as figure
from registry.function import commands as function
from registry.grant import commands as grant
from registry.ids import PRIVATE_SCHEMES
from registry.instrument import commands as instrument
from registry.liaison import commands as liaison
from registry.mandate import commands as mandate
from registry.measure import commands as measure
from registry.membership import commands as membership
from registry.organization import commands as organization
from registry.participation import commands as participation
from registry.person import commands as person
from registry.post import commands as post
from registry.programme import commands as programme
from registry.proposal import commands as proposal
from registry.renewal import commands as renewal
from registry.reorganization import commands as reorganization
from registry.rule import commands as rule
from registry.secondment import commands as secondment
from registry.term import commands as term

MUTATIONS: dict[str, type[Command]] = {
    "establish_organization": organization.EstablishOrganization,
    "rename_organization": organization.RenameOrganization,
    "recode_organization": organization.RecodeOrganization,
    "reclassify_organization": organization.ReclassifyOrganization,
    "activate_organization": organization.ActivateOrganization,
    "suspend_organization": organization.SuspendOrganization,
    "dissolve_organization": organization.DissolveOrganization,
    "revoke_organization": organization.RevokeOrganization,
    "open_relation": organization.OpenRelation,
    "close_relation": organization.CloseRelation,
    "assign_identifier": organization.AssignIdentifier,
    "withdraw_identifier": organization.WithdrawIdentifier,
    "grant_designation": organization.GrantDesignation,
    "end_designation": organization.EndDesignation,
    "define_function": function.DefineFunction,
    "assign_function": function.AssignFunction,
    "transfer_function": function.TransferFunction,
    "release_function": function.ReleaseFunction,
    "emphasize_function": function.EmphasizeFunction,
    "retire_function": function.RetireFunction,
    "record_instrument": instrument.RecordInstrument,
    "repeal_instrument": instrument.RepealInstrument,
    "propose_reorganization": reorganization.ProposeReorganization,
    "revise_reorganization": reorganization.ReviseReorganization,
    "adopt_reorganization": reorganization.AdoptReorganization,
    "amend_reorganization": reorganization.AmendReorganization,
    "withdraw_reorganization": reorganization.WithdrawReorganization,
    "register_person": person.RegisterPerson,
    "rename_person": person.RenamePerson,
    "change_particulars": person.ChangeParticulars,
    "employ_person": person.EmployPerson,
    "end_employment": person.EndEmployment,
    "award_title": person.AwardTitle,
    "withdraw_title": person.WithdrawTitle,
    "set_disciplines": person.SetDisciplines,
    "grant_award": person.GrantAward,
    "withdraw_award": person.WithdrawAward,
    "record_death": person.RecordDeath,
    "merge_persons": person.MergePersons,
    "erase_person": person.ErasePerson,
    "record_registration": organization.RecordRegistration,
    "change_representative": organization.ChangeRepresentative,
    "cancel_registration": organization.CancelRegistration,
    "adopt_charter": organization.AdoptCharter,
    "approve_charter": organization.ApproveCharter,
    "set_staffing": organization.SetStaffing,
    "grant_mandate": mandate.GrantMandate,
    "renew_mandate": mandate.RenewMandate,
    "review_mandate": mandate.ReviewMandate,
    "hand_over_mandate": mandate.HandOverMandate,
    "change_grantor": mandate.ChangeGrantor,
    "revoke_mandate": mandate.RevokeMandate,
    "launch_programme": programme.LaunchProgramme,
    "extend_programme": programme.ExtendProgramme,
    "hand_over_programme": programme.HandOverProgramme,
    "enroll_in_programme": programme.EnrollInProgramme,
    "leave_programme": programme.LeaveProgramme,
    "close_programme": programme.CloseProgramme,
    "grant_role": grant.GrantRole,
    "revoke_role": grant.RevokeRole,
    "report_figure": figure.ReportFigure,
    "withdraw_figure": figure.WithdrawFigure,
    "begin_secondment": secondment.BeginSecondment,
    "extend_secondment": secondment.ExtendSecondment,
    "move_secondment": secondment.MoveSecondment,
    "end_secondment": secondment.EndSecondment,
    "begin_liaison": liaison.BeginLiaison,
    "record_visit": liaison.RecordVisit,
    "end_liaison": liaison.EndLiaison,
    "amend_event": correction.AmendEvent,
    "retract_event": correction.RetractEvent,
    "apply_for_membership": membership.ApplyForMembership,
    "admit_member": membership.AdmitMember,
    "suspend_membership": membership.SuspendMembership,
    "resume_membership": membership.ResumeMembership,
    "reclassify_membership": membership.ReclassifyMembership,
    "transfer_membership": membership.TransferMembership,
    "end_membership": membership.EndMembership,
    "open_affiliation": affiliation.OpenAffiliation,
    "confirm_affiliation": affiliation.ConfirmAffiliation,
    "transfer_affiliation": affiliation.TransferAffiliation,
    "receive_transfer": affiliation.ReceiveTransfer,
    "end_affiliation": affiliation.EndAffiliation,
    "begin_participation": participation.BeginParticipation,
    "end_participation": participation.EndParticipation,
    "establish_post": post.EstablishPost,
    "rename_post": post.RenamePost,
    "change_seats": post.ChangeSeats,
    "move_post": post.MovePost,
    "abolish_post": post.AbolishPost,
    "open_term": term.OpenTerm,
    "extend_term": term.ExtendTerm,
    "end_term": term.EndTerm,
    "renew_term": renewal.RenewTerm,
    "adjust_term": renewal.AdjustTerm,
    "appoint": appointment.Appoint,
    "end_appointment": appointment.EndAppointment,
    "change_representation": appointment.ChangeRepresentation,
    "set_measure": measure.SetMeasure,
    "reassign_measure": measure.ReassignMeasure,
    "move_deadline": measure.MoveDeadline,
    "set_milestone": measure.SetMilestone,
    "reach_milestone": measure.ReachMilestone,
    "report_progress": measure.ReportProgress,
    "record_inspection": measure.RecordInspection,
    "close_finding": measure.CloseFinding,
    "cite_evidence": measure.CiteEvidence,
    "fulfill_measure": measure.FulfillMeasure,
    "cancel_measure": measure.CancelMeasure,
    "define_criterion": criterion.DefineCriterion,
    "redefine_criterion": criterion.RedefineCriterion,
    "repeal_criterion": criterion.RepealCriterion,
    "set_rule": rule.SetRule,
    "revise_rule": rule.ReviseRule,
    "repeal_rule": rule.RepealRule,
    "propose": proposal.Propose,
    "withdraw_proposal": proposal.WithdrawProposal,
    "reject_proposal": proposal.RejectProposal,
    "approve_proposal": proposal.ApproveProposal,
}

PROPOSABLE: dict[str, type[Command]] = {
    name: command for name, command in MUTATIONS.items() if not issubclass(command, proposal.ProposalCommand)
}
"""What can be proposed, previewed and supposed: no proposals in turn."""

SENSITIVE: frozenset[type[Command]] = frozenset({person.ErasePerson, proposal.ApproveProposal})
"""What nobody may send who may not see restricted personal data."""


_TELLING = (
    affiliation.AffiliationCommand,
    participation.ParticipationCommand,
    person.ChangeParticulars,
    person.MergePersons,
)


def right_to(command: type[Command]) -> Right:
    """Return what whoever sends ``command`` must be allowed to."""
    if issubclass(command, proposal.Propose | proposal.WithdrawProposal):
        return Right.PROPOSE
    return Right.GRANT if issubclass(command, grant.GrantCommand) else Right.WRITE


def is_restricted(command: Command) -> bool:
    """Say whether what comes of ``command`` tells of restricted data, so that others may not try it out.

    A refusal does, and that there is nothing to record: the same birth date, the same branch. Of numbers no
    proposal tells: whether somebody has one is looked at when it is approved.
    """
    if isinstance(command, correction.AmendEvent):
        return bool(type(command.replacement).personal)
    return type(command) in SENSITIVE or isinstance(command, _TELLING)


def asks_of_numbers(command: Command) -> bool:
    """Say whether what comes of ``command`` tells of restricted data, that somebody has a number included.

    Whoever only supposes it leaves no trace, so none but those may who see such data anyway.
    """
    return is_restricted(command) or any(scheme in PRIVATE_SCHEMES for scheme, _ in command.needs.identifiers)
