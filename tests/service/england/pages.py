"""Reading tables off a page, as a reader does."""

from __future__ import annotations

from lxml import html

from whatworks.service.england import catalogue


def words(element: html.HtmlElement) -> str:
    """The text of an element with its spaces tidied."""
    return " ".join(element.text_content().split())


def table(page: html.HtmlElement, caption: str) -> list[list[str]]:
    """The body of the one table whose caption holds these words, as texts of cells."""
    [found] = [t for t in page.xpath("//table") if caption in words(t.xpath("caption")[0])]
    return [[words(cell) for cell in row.xpath("th|td")] for row in found.xpath("tbody/tr")]


def topic_of(series: str) -> catalogue.Topic:
    """The topic under which a series stands."""
    return next(t for t in catalogue.topics() if series in {one.name for one in t.series})
