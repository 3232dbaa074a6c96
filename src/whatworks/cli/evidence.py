"""``whatworks evidence``: the published studies that ship with the package, and how they rate."""

from __future__ import annotations

from typing import Annotated

import typer

from whatworks.cli.options import JsonOption
from whatworks.cli.output import CouldNot, print_json, results

app = typer.Typer(
    name="evidence",
    help="Published studies of kinds of practice, and how far to rely on them.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
KindArgument = Annotated[str, typer.Argument(help="A kind, as 'evidence shelf' gives it.")]


@app.command("shelf")
def shelf(
    kind: Annotated[str | None, typer.Option(help="Only studies of this kind of practice.")] = None,
    json: JsonOption = False,
) -> None:
    """List the published studies, by kind of practice, with where each was seen."""
    from whatworks import evidence

    found = evidence.shelf(kind if kind is None else _known(kind))
    if json:
        print_json([one.as_dict() for one in found])
        return
    for one in found:
        told = f"{one.kind:<30} {one.country:<14} {one.design:<18} {one.title} ({one.year or '?'})"
        results.print(told, markup=False)
        results.print(f"    seen at {one.provenance.seen_at}", markup=False)


@app.command("rate")
def rate(kind: KindArgument, json: JsonOption = False) -> None:
    """Rate what published studies say of a kind of practice, step by step."""
    from whatworks import evidence

    name = _known(kind)
    found = evidence.rate(evidence.shelf(name), outcome=evidence.outcome_of((), name))
    if json:
        print_json(found)
        return
    results.print(f"{found.verdict}. {found.sentence}", markup=False)
    results.print(f"How sure: {found.sure}. {' '.join(found.sure_why)}", markup=False)
    for number, step in enumerate(found.steps, start=1):
        results.print(f"{number:>3}. {step.question} {step.answer}", markup=False)


def _known(kind: str) -> str:
    from whatworks import evidence

    if evidence.kind(kind) is None:
        known = ", ".join(one.id for one in evidence.kinds())
        raise CouldNot(f"There is no kind of practice {kind!r}. Known: {known}.")
    return kind
