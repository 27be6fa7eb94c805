"""The rights to papers, mandates, programmes, figures, secondments and liaisons."""

from __future__ import annotations

from graphql_api.access import Right

TYPES: dict[Right, frozenset[str]] = {
    Right.CHART: frozenset(
        [
            "Charter",
            "Enrollment",
            "Figure",
            "FigureBelief",
            "FigureConnection",
            "FigureEdge",
            "Mandate",
            "MandateBelief",
            "MandateConnection",
            "MandateEdge",
            "MandateReview",
            "Programme",
            "ProgrammeBelief",
            "ProgrammeConnection",
            "ProgrammeEdge",
            "Registration",
        ]
    ),
    Right.RECORD: frozenset(
        [
            "Liaison",
            "LiaisonConnection",
            "LiaisonEdge",
            "LiaisonVisit",
            "Quota",
            "Secondment",
            "SecondmentConnection",
            "SecondmentEdge",
            "SecondmentPeriod",
            "Staffing",
        ]
    ),
    Right.WRITE: frozenset(
        [
            "FigureRecorded",
            "LiaisonRecorded",
            "MandateRecorded",
            "ProgrammeRecorded",
            "SecondmentRecorded",
        ]
    ),
}
"""The right to the fields of each type."""

FIELDS: dict[str, Right] = {
    "Charter.position": Right.RECORD,
    "Enrollment.position": Right.RECORD,
    "Figure.position": Right.RECORD,
    "FigureBelief.position": Right.RECORD,
    "Liaison.cadre": Right.PERSON,
    "Liaison.cadreId": Right.PERSON,
    "Liaison.cadreName": Right.PERSON,
    "Liaison.scientist": Right.PERSON,
    "Liaison.scientistId": Right.PERSON,
    "Liaison.scientistName": Right.PERSON,
    "LiaisonVisit.note": Right.RESTRICTED,
    "Mandate.position": Right.RECORD,
    "MandateBelief.position": Right.RECORD,
    "MandateReview.finding": Right.RECORD,
    "MandateReview.position": Right.RECORD,
    "Organization.staffing": Right.RECORD,
    "Programme.position": Right.RECORD,
    "ProgrammeBelief.position": Right.RECORD,
    "Query.figure": Right.CHART,
    "Query.figures": Right.CHART,
    "Query.liaison": Right.RECORD,
    "Query.liaisons": Right.RECORD,
    "Query.mandate": Right.CHART,
    "Query.mandates": Right.CHART,
    "Query.programme": Right.CHART,
    "Query.programmes": Right.CHART,
    "Query.secondment": Right.RECORD,
    "Query.secondments": Right.RECORD,
    "Registration.position": Right.RECORD,
    "Registration.representative": Right.PERSON,
    "Registration.representativeId": Right.PERSON,
    "Registration.representativeName": Right.PERSON,
    "Secondment.duty": Right.PERSON,
    "Secondment.person": Right.PERSON,
    "Secondment.personId": Right.PERSON,
    "Secondment.personName": Right.PERSON,
}
"""The fields whose right is another than that of their type."""
