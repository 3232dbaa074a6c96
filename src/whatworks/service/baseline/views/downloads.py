"""The figures to take away: CSV, Excel, OpenDocument, and the report as a tagged PDF."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from whatworks import measures
from whatworks.measures.definition import Measure
from whatworks.service.baseline import export
from whatworks.service.baseline.views.common import measure_of, year_of
from whatworks.service.baseline.years import years
from whatworks.service.common import workspace
from whatworks.service.common.access import requires
from whatworks.service.common.permissions import Permission


@require_safe
@requires(Permission.READ_MEASURES, council="council")
def every_measure(request: HttpRequest, council: str, form: str) -> HttpResponse:
    """Every measure and year with the published figures, as one file."""
    chosen = [measures.get(name) for name in measures.names()]
    return _file(request, council, chosen, name="baseline", form=form)


@require_safe
@requires(Permission.READ_MEASURES, council="council")
def of_measure(request: HttpRequest, council: str, measure: str, form: str) -> HttpResponse:
    """One measure with all its years, groups and published figures, as one file."""
    chosen = measure_of(measure)
    name = chosen.name.replace("_", "-")
    groups = chosen.breakdowns
    return _file(request, council, [chosen], name=name, form=form, groups=groups)


def _file(
    request: HttpRequest,
    council: str,
    chosen: list[Measure],
    *,
    name: str,
    form: str,
    groups: tuple[str, ...] = (),
) -> HttpResponse:
    store = workspace.store()
    found = years(store, council)
    if not found.loaded or form not in export.FORMS:
        raise Http404
    taken = export.gather(
        store,
        council,
        area=request.access.organisation.name,
        synthetic=workspace.synthetic(),
        chosen=chosen,
        groups=groups,
    )
    return _answer(export.FORMS[form].write(taken), form, name, council, export.FORMS[form].kind)


def _answer(content: bytes, form: str, name: str, council: str, kind: str) -> HttpResponse:
    saved = export.file_name(name, council, synthetic=workspace.synthetic(), form=form)
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{saved}"'
    return answer


@require_safe
@requires(Permission.READ_MEASURES, council="council")
def report(request: HttpRequest, council: str) -> HttpResponse:
    """'Where we stand': the figures of one year as a tagged PDF."""
    from whatworks.service.baseline.report import pdf

    store = workspace.store()
    found = years(store, council)
    if not found.loaded:
        raise Http404
    year = year_of(request, found)
    content = pdf(
        store,
        council,
        year,
        area=request.access.organisation.name,
        synthetic=workspace.synthetic(),
    )
    return _answer(content, "pdf", f"where-we-stand-{year}", council, "application/pdf")
