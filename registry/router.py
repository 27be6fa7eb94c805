"""The table of commands: which decision answers which command (命令路由)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from registry.commands import Command, Draft, check_date, check_text
from registry.correction import commands as correction
from registry.correction import decide as correct
from registry.errors import Code, Refusal
from registry.function import commands as function
from registry.function import decide as functions
from registry.instrument import commands as instrument
from registry.instrument import decide as instruments
from registry.instrument.state import INSTRUMENT
from registry.organization import commands as organization
from registry.organization import decide as organizations
from registry.person import commands as person
from registry.person import decide as people
from registry.person import merge as mergers
from registry.reads import World, require_standing
from registry.reorganization import commands as reorganization
from registry.reorganization import decide as reorganizations

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
    person.RecordDeath: people.record_death,
    correction.AmendEvent: correct.amend,
    correction.RetractEvent: correct.retract,
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
