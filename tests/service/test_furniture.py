"""Macros, formats, pages of lists, background work: what rooms are made with."""

from __future__ import annotations

import io
import logging
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory
from django_tasks import TaskResultStatus
from jinja2 import UndefinedError
from lxml import html

from whatworks.service.common import formats
from whatworks.service.common.pagination import paginate
from whatworks.service.common.tasks import background
from whatworks.service.config import logs

jinja = engines["jinja2"]


def rendered(template: str, **context: object) -> html.HtmlElement:
    return html.fragment_fromstring(
        jinja.from_string(template).render(context), create_parent="div"
    )


# --- formats ---


def test_dates_and_times_are_englands() -> None:
    assert formats.date(date(2025, 3, 31)) == "31 March 2025"
    assert formats.date(datetime(2025, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2025"
    assert formats.when(datetime(2025, 6, 30, 12, 5, tzinfo=UTC)) == "30 June 2025, 1:05pm"
    assert formats.when(datetime(2025, 1, 1, 0, 5, tzinfo=UTC)) == "1 January 2025, 12:05am"
    assert formats.date(None) == formats.when(None) == "not known"


def test_numbers_shares_sizes_and_plurals() -> None:
    assert formats.number(12345.678, 1) == "12,345.7"
    assert formats.number(None) == formats.number(float("nan")) == "not known"
    assert formats.percent(0.1234) == "12.3%"
    assert formats.percent(None) == "not known"
    assert [
        formats.size(n) for n in (0, 999, 1000, 2_345_678, 250 * 1024 * 1024, 5_000_000_000)
    ] == ["0 bytes", "999 bytes", "1.0 KB", "2.3 MB", "262 MB", "5,000 MB"]
    assert formats.plural(1, "child", "children") == "1 child"
    assert formats.plural(1204, "child", "children") == "1,204 children"
    assert formats.plural(0, "row") == "0 rows"


# --- templates ---


def test_everything_in_a_page_is_escaped() -> None:
    page = jinja.from_string('{{ name }}<a href="{{ name }}">').render({"name": '<script>"&'})
    assert page == '&lt;script&gt;&#34;&amp;<a href="&lt;script&gt;&#34;&amp;">'


@pytest.mark.parametrize(
    "template", ["{{ nmae }}", "{{ thing.nmae }}", "{% if thing.nmae %}x{% endif %}"]
)
def test_a_misspelt_name_is_an_error(template: str) -> None:
    with pytest.raises(UndefinedError):
        jinja.from_string(template).render({"thing": date(2025, 1, 1)})


def test_a_parameter_that_was_not_given_prints_as_nothing() -> None:
    assert jinja.from_string("[{{ params.hint.text }}]").render({"params": {}}) == "[]"


class Everything(forms.Form):
    name = forms.CharField(label="Name", help_text="As you <write> it")
    secret = forms.CharField(label="Secret", widget=forms.PasswordInput)
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    year = forms.TypedChoiceField(label="Year", choices=[("2024", "2024"), ("2025", "2025")])
    kind = forms.ChoiceField(
        label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )
    some = forms.MultipleChoiceField(
        label="Some", choices=[("x", "X"), ("y", "Y")], widget=forms.CheckboxSelectMultiple
    )
    sure = forms.BooleanField(label="I am sure")
    file = forms.FileField(label="File", widget=forms.FileInput(attrs={"accept": ".csv"}))
    where = forms.CharField(widget=forms.HiddenInput, required=False)


FORM = (
    '{% from "macros/forms.html" import error_summary, fields, submit %}'
    '{{ error_summary(form) }}{{ fields(form) }}{{ submit("Send") }}'
)


def test_every_kind_of_field_has_its_label() -> None:
    page = rendered(
        FORM,
        form=Everything(
            initial={"name": 'A "quoted" <name>', "year": "2025", "some": ["y"], "where": "/x"}
        ),
    )
    for entry in page.xpath("//input[@type!='hidden'][@type!='submit'] | //select | //textarea"):
        assert page.xpath("//label[@for=$id]", id=entry.get("id")), entry.get("name")
    assert page.xpath("//input[@name='name']/@value") == ['A "quoted" <name>']
    assert page.xpath("//input[@name='name']/@aria-describedby") == ["id_name-hint"]
    assert page.xpath("string(//*[@id='id_name-hint'])").strip() == "As you <write> it"
    assert page.xpath("//option[@selected]/@value") == ["2025"]
    assert page.xpath("//input[@checked]/@value") == ["y"]
    assert page.xpath("//input[@type='file']/@accept") == [".csv"]
    assert page.xpath("//input[@name='where']/@value") == ["/x"]
    assert not page.xpath("//*[contains(@class, 'error')]")


def test_every_error_is_listed_and_leads_to_its_field() -> None:
    page = rendered(FORM, form=Everything({"secret": "", "kind": "c"}))
    links = page.xpath("//div[contains(@class, 'govuk-error-summary')]//a/@href")
    assert len(links) == 7
    for link in links:
        assert page.xpath("//*[@id=$id]", id=link.removeprefix("#")), link
    assert page.xpath("//p[@id='id_name-error']")
    assert "id_name-error" in page.xpath("string(//input[@name='name']/@aria-describedby)")


def test_a_password_is_never_sent_back() -> None:
    page = rendered(FORM, form=Everything({"secret": "owl-teapot"}))
    assert page.xpath("//input[@name='secret']/@value") in ([], [""])


def test_a_figure_says_its_value_interval_meaning_and_source() -> None:
    page = rendered(
        '{% from "macros/figures.html" import figure %}'
        '{{ figure("Rate", "71", unit="per 10,000", interval="68 to 74", means="7 in 1,000",'
        ' source="SSDA903", href="/d") }}'
    )
    assert page.xpath("//dt/text()") == ["Value", "95% interval", "That is", "From", "Trace"]
    assert [" ".join(dd.text_content().split()) for dd in page.xpath("//dd")] == [
        "71 per 10,000",
        "68 to 74",
        "7 in 1,000",
        "SSDA903",
        "What this counts: Rate",
    ]


def bar(
    value: float | None, low: float | None, high: float | None, largest: float = 200
) -> html.HtmlElement:
    return rendered(
        '{% from "macros/figures.html" import interval_bar %}{{ interval_bar(v, l, h, m) }}',
        v=value,
        l=low,
        h=high,
        m=largest,
    )


def test_a_bar_is_drawn_to_scale_and_hidden_from_screen_readers() -> None:
    page = bar(50, 40, 62)
    assert page.xpath("//svg/@aria-hidden") == ["true"]
    assert page.xpath("//rect[@class='ww-bar__value']/@width") == ["25.00"]
    assert page.xpath("//path/@d") == ["M20.00 6v10m0-5H31.00m0-5v10"]


def test_a_bar_never_leaves_its_cell_and_is_absent_without_a_value() -> None:
    assert bar(500, 10, 900).xpath("//rect[@class='ww-bar__value']/@width") == ["100.00"]
    assert bar(500, 10, 900).xpath("//path/@d")[0].endswith("H100.00m0-5v10")
    assert not bar(None, None, None).xpath("//svg")
    assert not bar(1, 0, 2, largest=0).xpath("//svg")
    assert not bar(50, None, None).xpath("//path")


def test_a_table_of_bars_is_a_table_first() -> None:
    rows = [
        {
            "name": "Our council",
            "value": 50,
            "low": 40,
            "high": 62,
            "text": "50",
            "interval": "40 to 62",
            "ours": True,
        },
        {
            "name": "Neighbours",
            "href": "/n",
            "value": None,
            "low": None,
            "high": None,
            "text": "not known",
            "note": "fewer than 6",
        },
    ]
    page = rendered(
        '{% from "macros/figures.html" import bar_table %}'
        '{{ bar_table("Looked after", rows, 100) }}',
        rows=rows,
    )
    assert page.xpath("//caption/text()") == ["Looked after"]
    assert [
        " ".join(cell.text_content().split()) for cell in page.xpath("//tbody//th | //tbody//td")
    ] == ["Our council", "50", "40 to 62", "", "Neighbours", "not known", "fewer than 6", ""]
    assert page.xpath("//tbody//a/@href") == ["/n"]


# --- pages of a list ---


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("1", 1, 10),
        ("3", 21, 23),
        ("99", 21, 23),
        ("0", 1, 10),
        ("-1", 1, 10),
        ("x", 1, 10),
        ("9" * 50, 1, 10),
        ("²", 1, 10),
    ],
)
def test_whatever_page_is_asked_for_there_is_one(asked: str, first: int, last: int) -> None:
    paged = paginate(RequestFactory().get("/", {"page": asked}), range(1, 24), per_page=10)
    assert (paged.first, paged.last, paged.total, list(paged.items)) == (
        first,
        last,
        23,
        list(range(first, last + 1)),
    )


def test_links_to_other_pages_keep_the_rest_of_the_question() -> None:
    paged = paginate(
        RequestFactory().get("/", {"rule": "142 & 143", "page": "5"}), range(100), per_page=10
    )
    assert paged.params["next"]["href"] == "?rule=142+%26+143&page=6"
    assert [item.get("number", "…") for item in paged.params["items"]] == [1, "…", 4, 5, 6, "…", 10]


def test_one_page_has_no_links_and_none_has_no_items() -> None:
    request = RequestFactory().get("/")
    assert paginate(request, range(10), per_page=10).params is None
    empty = paginate(request, [], per_page=10)
    assert (empty.first, empty.last, empty.total) == (0, 0, 0)


# --- work in the background ---


@background
def falls(council: str) -> None:
    raise ValueError(f"CHILD-4711 of {council}")


@background
def counts(council: str) -> int:
    return len(council)


def test_work_in_the_background_returns_its_result() -> None:
    assert counts.enqueue("301").return_value == 3


def test_what_a_failed_task_leaves_behind_says_nothing_of_the_data(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    log = io.StringIO()
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, logs.PlacesOnly):
            monkeypatch.setattr(handler, "stream", log)
    result = falls.enqueue("301")
    assert result.status == TaskResultStatus.FAILED
    kept = "".join(f"{error.exception_class_path}{error.traceback}" for error in result.errors)
    assert "falls stopped with ValueError" in kept
    assert "4711" not in kept
    assert "ValueError" in log.getvalue()
    assert "4711" not in log.getvalue()
