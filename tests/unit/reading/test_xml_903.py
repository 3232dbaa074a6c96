"""Reading the XML form of SSDA903."""

from __future__ import annotations

import pytest

from whatworks.returns.reading import read

from .samples import codes, put

XML_903 = """<?xml version="1.0"?>
<EXPSSDA903>
 <CHILD>
  <HEADER>
   <CHILDID>001</CHILDID><UPN>UN1</UPN><SEX>1</SEX><DOB>01/02/2010</DOB><ETHNIC>WBRI</ETHNIC><UASC>1</UASC>
   <DUC>01/02/2028</DUC><IN_TOUCH/><ACTIV/><ACCOM/>
   <AREVIEW><REVIEW>01/07/2023</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
   <AREVIEW><REVIEW>01/01/2024</REVIEW><REVIEW_CODE>PN2</REVIEW_CODE></AREVIEW>
   <AMISSING><MISSING>M</MISSING><MIS_START>03/08/2023</MIS_START><MIS_END/></AMISSING>
   <OC2><SDQ_SCORE>12</SDQ_SCORE></OC2><PERMANENCE><PREV_PERM>Z1</PREV_PERM></PERMANENCE>
  </HEADER>
  <EPISODE><DECOM>01/05/2023</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U4</PL><DEC/><REC/></EPISODE>
 </CHILD>
 <CHILD>
  <HEADER><CHILDID>002</CHILDID><SEX>2</SEX><DOB>03/02/2007</DOB><UASC>0</UASC>
   <IN_TOUCH>YES</IN_TOUCH><ACTIV>F2</ACTIV><ACCOM>B1</ACCOM><DATE_INT>01/02/2023</DATE_INT></HEADER>
 </CHILD>
</EXPSSDA903>
"""


def test_the_xml_form_gives_the_tables_of_the_csv_form(tmp_path):
    result = read(put(tmp_path, "a.txt", XML_903))
    assert {name: frame.height for name, frame in result.tables.items()} == {
        "Header": 2,
        "Episodes": 1,
        "Reviews": 2,
        "UASC": 1,
        "OC2": 1,
        "OC3": 1,
        "AD1": 1,
        "PlacedAdoption": 0,
        "PrevPerm": 1,
        "Missing": 1,
    }
    assert result.year == 2024
    assert result.tables["Header"].columns == [
        "CHILD",
        "SEX",
        "DOB",
        "ETHNIC",
        "UPN",
        "MOTHER",
        "MC_DOB",
        "UASC",
    ]
    assert result.tables["Header"]["UASC"].to_list() == ["1", "0"]
    assert result.tables["Reviews"].rows() == [
        ("001", "01/02/2010", "01/07/2023", "PN1"),
        ("001", "01/02/2010", "01/01/2024", "PN2"),
    ]
    assert result.tables["UASC"].rows() == [("001", "1", "01/02/2010", "01/02/2028")]
    assert result.tables["OC3"].rows() == [("002", "03/02/2007", "YES", "F2", "B1")]
    assert result.tables["AD1"]["DATE_INT"].to_list() == ["01/02/2023"]
    assert result.tables["Episodes"]["PLACE"].to_list() == ["U4"]
    assert result.problems.height == 0


def spelt(changes: dict[str, str]) -> str:
    text = XML_903
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    "text",
    [
        spelt({"<PL>": "<PLACE>", "</PL>": "</PLACE>"}),
        spelt({"CHILDID>": "CHILD>"}),
        spelt({"<EXPSSDA903>": '<x:EXPSSDA903 xmlns:x="urn:a">', "</EXPSS": "</x:EXPSS"}),
        spelt({"<EXPSSDA903>": '<EXPSSDA903 xmlns="urn:a">'}),
        spelt({"AREVIEW": "areview", "EPISODE": "Episode", "REVIEW_CODE": "Review_Code"}),
        spelt({"<CHILD>": "<!-- a note --><CHILD>", "<HEADER>": "<?pi x?><HEADER>"}),
    ],
    ids=["PLACE", "CHILD", "prefix", "namespace", "letter case", "comments"],
)
def test_the_xml_form_is_tolerated_in_other_spellings(tmp_path, text):
    result, plain = read(put(tmp_path, "a.xml", text)), read(put(tmp_path, "b.xml", XML_903))
    for name, frame in plain.tables.items():
        assert result.tables[name].equals(frame), name


def test_groups_of_an_unknown_name_are_told_by_what_is_in_them(tmp_path):
    worker = "<SWORKER><SW_ID>SW1</SW_ID><SW_DECOM>01/05/2023</SW_DECOM></SWORKER>"
    result = read(put(tmp_path, "a.xml", XML_903.replace("</HEADER>", worker + "</HEADER>", 1)))
    assert result.tables["SWEpisodes"].select("CHILD", "DOB", "SW_ID", "SW_DECOM").rows() == [
        ("001", "01/02/2010", "SW1", "01/05/2023")
    ]
    assert "unknown_element" not in codes(result)


def test_unknown_elements_and_stray_text_are_noted_and_repeated_ones_are_problems(tmp_path):
    text = XML_903.replace("<SEX>1</SEX>", "<SEX>1</SEX>stray<SEX>2</SEX><HAIR>brown</HAIR>", 1)
    result = read(put(tmp_path, "a.xml", text))
    assert {(n.code, n.column) for n in result.notes} >= {
        ("unknown_element", "HAIR"),
        ("stray_text", None),
    }
    assert result.tables["Header"]["SEX"].to_list() == ["1", "2"]
    assert result.problems.select("table", "row", "column", "value").rows() == [
        ("Header", 1, "SEX", "2")
    ]


def test_xml_that_breaks_off_keeps_what_came_before(tmp_path):
    cut = XML_903.index("<REVIEW>01/01/2024")
    result = read(put(tmp_path, "a.xml", XML_903[:cut]), year=2024)
    assert result.tables["Reviews"].rows() == [("001", "01/02/2010", "01/07/2023", "PN1")]
    assert result.problems["problem"][0].startswith("The XML cannot be read beyond line 8,")
    assert result.problems.select("file", "table", "row").rows() == [("a.xml", None, None)]
