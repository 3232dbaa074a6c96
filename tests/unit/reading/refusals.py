"""Files that are refused, and the sentence that says why."""

from __future__ import annotations

import pytest

from whatworks.returns.model import NotAReturn
from whatworks.returns.reading import read

EPISODES = "CHILD,DECOM,RNE,LS\n"
CENSUS = """<Message><Header><CollectionDetails><Collection>CIN</Collection>
<ReferenceDate>{year}-03-31</ReferenceDate>
</CollectionDetails><Source><LEA>{lea}</LEA></Source></Header><Children><Child><ChildIdentifiers><LAchildID>SECRET{n}
</LAchildID></ChildIdentifiers></Child></Children></Message>"""


def census(year: int = 2024, lea: str = "301", n: int = 1) -> str:
    return CENSUS.format(year=year, lea=lea, n=n)


def why(source, **given) -> str:
    with pytest.raises(NotAReturn) as caught:
        read(source, **given)
    assert "SECRET" not in str(caught.value)
    return str(caught.value)
