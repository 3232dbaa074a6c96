"""The CIN census as the XML file that councils upload, in the form of its year's schema."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from whatworks.synthetic.cin import COLUMNS, Census, Child, Details
from whatworks.synthetic.identity import SEX_LETTERS_FROM

FILE_NAME = "cin.xml"


def _header(census: Census) -> str:
    return (
        "<Header><CollectionDetails><Collection>CIN</Collection>"
        f"<Year>{census.year}</Year><ReferenceDate>{census.year}-03-31</ReferenceDate>"
        "</CollectionDetails><Source><SourceLevel>L</SourceLevel>"
        f"<LEA>{census.council}</LEA><SoftwareCode>whatworks synthetic</SoftwareCode>"
        "<Release>invented children</Release><SerialNo>001</SerialNo>"
        f"<DateTime>{census.year}-06-01T09:00:00</DateTime></Source></Header>"
    )


class _Leaves:
    """Writes the elements of a row, blank ones left out; the text around them is made once."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._forms: dict[tuple[bool, ...], str] = {}
        self._full = self._form((True,) * len(names))

    def _form(self, given: tuple[bool, ...]) -> str:
        named = zip(self._names, given, strict=True)
        form = "".join(f"<{name}>%s</{name}>" for name, there in named if there)
        self._forms[given] = form
        return form

    def __call__(self, values: Sequence[str]) -> str:
        given = tuple(filter(None, values))
        if len(given) == len(self._names):
            return self._full % given
        which = tuple(map(bool, values))
        return (self._forms.get(which) or self._form(which)) % given


_assessment, _cin_plan, _enquiry, _plan = (
    _Leaves(COLUMNS[name])
    for name in ("Assessments", "CINplanDates", "Section47", "ChildProtectionPlans")
)
_before, _after = _Leaves(COLUMNS["CINdetails"][:5]), _Leaves(COLUMNS["CINdetails"][5:])
"""ReferralNFA comes after plans and enquiries in the schema's order."""
_characteristics = _Leaves(COLUMNS["ChildCharacteristics"])


@cache
def _factors(codes: tuple[str, ...]) -> str:
    every = "".join(f"<AssessmentFactors>{code}</AssessmentFactors>" for code in codes)
    return f"<FactorsIdentifiedAtAssessment>{every}</FactorsIdentifiedAtAssessment>"


def _details(one: Details) -> str:
    parts = ["<CINdetails>", _before(one.row[:5])]
    for row, factors in one.assessments:
        found = _factors(tuple(factors)) if factors else ""
        parts.append(f"<Assessments>{_assessment(row)}{found}</Assessments>")
    for row in one.cin_plans:
        parts.append(f"<CINPlanDates>{_cin_plan(row)}</CINPlanDates>")
    for row in one.enquiries:
        parts.append(f"<Section47>{_enquiry(row)}</Section47>")
    parts.append(_after(one.row[5:]))
    for row, reviews in one.plans:
        parts += ["<ChildProtectionPlans>", _plan(row)]
        if reviews:
            parts.append("<Reviews>")
            parts += [f"<CPPreviewDate>{day}</CPPreviewDate>" for day in reviews]
            parts.append("</Reviews>")
        parts.append("</ChildProtectionPlans>")
    parts.append("</CINdetails>")
    return "".join(parts)


def _child(one: Child, identifiers: _Leaves) -> str:
    disabilities = "".join(f"<Disability>{code}</Disability>" for code in one.disabilities)
    details = "".join([_details(details) for details in one.details])
    return (
        f"<Child><ChildIdentifiers>{identifiers(one.identifiers)}</ChildIdentifiers>"
        f"<ChildCharacteristics>{_characteristics(one.characteristics)}"
        f"<Disabilities>{disabilities}</Disabilities></ChildCharacteristics>{details}</Child>"
    )


def cin_file(census: Census) -> dict[str, bytes]:
    """File name -> content."""
    sex = "Sex" if census.year >= SEX_LETTERS_FROM else "GenderCurrent"
    names = _Leaves(
        [sex if name == "GenderCurrent" else name for name in COLUMNS["ChildIdentifiers"]]
    )
    children = "\n".join(_child(child, names) for child in census.children)
    text = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<Message>\n{_header(census)}\n'
        f"<Children>\n{children}\n</Children>\n</Message>\n"
    )
    return {FILE_NAME: text.encode()}
