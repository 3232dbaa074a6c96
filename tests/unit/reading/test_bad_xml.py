"""Bad XML: one clear sentence each, nothing from a cell in it, and nothing resolved."""

from __future__ import annotations

import pytest

from whatworks.returns.reading import read

from .refusals import census, why
from .samples import put

BOMB = """<?xml version="1.0"?>
<!DOCTYPE Message [<!ENTITY a "SECRETSECRET"><!ENTITY b "&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;">]>
<Message><Children><Child><ChildIdentifiers><LAchildID>&c;</LAchildID></ChildIdentifiers></Child></Children></Message>"""
OUTSIDE = """<!-- x --><!DOCTYPE EXPSSDA903 [<!ENTITY x SYSTEM "file://{path}">]>
<EXPSSDA903><CHILD><HEADER><CHILDID>&x;</CHILDID></HEADER></CHILD></EXPSSDA903>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_refused(tmp_path, encoding):
    assert why(
        put(
            tmp_path,
            "a.xml",
            BOMB.replace('"1.0"', f'"1.0" encoding="{encoding}"').encode(encoding),
        )
    ) == (
        "a.xml: The XML declares a document type. A return needs none, and one can be made to do "
        "harm, so the file was not opened. Send it as your case system exports it."
    )


def test_an_external_entity_is_refused(tmp_path):
    secret = put(tmp_path, "secret.txt", "SECRET")
    assert "declares a document type" in why(put(tmp_path, "a.xml", OUTSIDE.format(path=secret)))


def test_a_document_type_hidden_behind_a_long_comment_is_refused(tmp_path):
    text = f"<!-- {'x' * 100_000} -->" + BOMB.split("?>")[1]
    assert "not XML that can be read from its start" in why(put(tmp_path, "a.xml", text))


def test_the_parser_itself_resolves_nothing(tmp_path):
    """Even past the first guard, no entity is expanded and no file opened."""
    from whatworks.returns.cin.reading import read_xml
    from whatworks.returns.sources import gather

    secret = put(tmp_path, "secret.txt", "SECRET")
    outside = (
        OUTSIDE.replace("EXPSSDA903", "Message")
        .replace("HEADER", "ChildIdentifiers")
        .replace("CHILDID", "LAchildID")
    )
    for text in (BOMB, outside.format(path=secret)):
        raw = gather([put(tmp_path, "a.xml", text)]).files[0]
        result = read_xml(raw)
        assert result.why_not == "The XML declares a document type, so it was not read."
        assert not result.tables


def test_undeclared_entities_break_the_file_where_they_stand(tmp_path):
    text = census().replace(
        "</Children>",
        "<Child><ChildIdentifiers><LAchildID>A&nbsp;B</LAchildID></ChildIdentifiers></Child></Children>",
    )
    result = read(put(tmp_path, "a.xml", text))
    assert result.tables["ChildIdentifiers"].height >= 1
    assert result.problems.height == 1
    assert "cannot be read beyond" in result.problems["problem"][0]


def test_xml_nested_beyond_reason(tmp_path):
    text = census().replace("</Children>", "<Child>" * 5_000)
    result = read(put(tmp_path, "a.xml", text))
    assert result.tables["ChildIdentifiers"].height == 1
    assert "cannot be read beyond" in result.problems["problem"][0]
