"""The CIN census as the XML file that councils upload, in the form of its year's schema."""

from __future__ import annotations

from collections.abc import Sequence

from whatworks.synthetic.cin import COLUMNS, Census, Child, Details
from whatworks.synthetic.identity import SEX_LETTERS_FROM

FILE_NAME = "cin.xml"

_ASSESSMENT, _CIN_PLAN, _ENQUIRY, _PLAN = (
    COLUMNS[name] for name in ("Assessments", "CINplanDates", "Section47", "ChildProtectionPlans")
)
_BEFORE, _AFTER = COLUMNS["CINdetails"][:5], COLUMNS["CINdetails"][5:]
"""ReferralNFA comes after plans and enquiries in the schema's order."""


def _header(census: Census) -> str:
    return (
        "<Header><CollectionDetails><Collection>CIN</Collection>"
        f"<Year>{census.year}</Year><ReferenceDate>{census.year}-03-31</ReferenceDate>"
        "</CollectionDetails><Source><SourceLevel>L</SourceLevel>"
        f"<LEA>{census.council}</LEA><SoftwareCode>whatworks synthetic</SoftwareCode>"
        "<Release>invented children</Release><SerialNo>001</SerialNo>"
        f"<DateTime>{census.year}-06-01T09:00:00</DateTime></Source></Header>"
    )


def _leaves(names: Sequence[str], values: Sequence[str]) -> str:
    return "".join(
        f"<{name}>{value}</{name}>" for name, value in zip(names, values, strict=True) if value
    )


def _details(one: Details) -> str:
    parts = ["<CINdetails>", _leaves(_BEFORE, one.row[:5])]
    for row, factors in one.assessments:
        parts += ["<Assessments>", _leaves(_ASSESSMENT, row)]
        if factors:
            parts.append("<FactorsIdentifiedAtAssessment>")
            parts += [f"<AssessmentFactors>{code}</AssessmentFactors>" for code in factors]
            parts.append("</FactorsIdentifiedAtAssessment>")
        parts.append("</Assessments>")
    for row in one.cin_plans:
        parts += ["<CINPlanDates>", _leaves(_CIN_PLAN, row), "</CINPlanDates>"]
    for row in one.enquiries:
        parts += ["<Section47>", _leaves(_ENQUIRY, row), "</Section47>"]
    parts.append(_leaves(_AFTER, one.row[5:]))
    for row, reviews in one.plans:
        parts += ["<ChildProtectionPlans>", _leaves(_PLAN, row)]
        if reviews:
            parts.append("<Reviews>")
            parts += [f"<CPPreviewDate>{day}</CPPreviewDate>" for day in reviews]
            parts.append("</Reviews>")
        parts.append("</ChildProtectionPlans>")
    parts.append("</CINdetails>")
    return "".join(parts)


def _child(one: Child, identifiers: Sequence[str]) -> str:
    parts = [
        "<Child><ChildIdentifiers>",
        _leaves(identifiers, one.identifiers),
        "</ChildIdentifiers><ChildCharacteristics>",
        _leaves(COLUMNS["ChildCharacteristics"], one.characteristics),
        "<Disabilities>",
    ]
    parts += [f"<Disability>{code}</Disability>" for code in one.disabilities]
    parts.append("</Disabilities></ChildCharacteristics>")
    parts += [_details(details) for details in one.details]
    parts.append("</Child>")
    return "".join(parts)


def cin_file(census: Census) -> dict[str, bytes]:
    """File name -> content."""
    sex = "Sex" if census.year >= SEX_LETTERS_FROM else "GenderCurrent"
    names = [sex if name == "GenderCurrent" else name for name in COLUMNS["ChildIdentifiers"]]
    children = "\n".join(_child(child, names) for child in census.children)
    text = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<Message>\n{_header(census)}\n'
        f"<Children>\n{children}\n</Children>\n</Message>\n"
    )
    return {FILE_NAME: text.encode()}
