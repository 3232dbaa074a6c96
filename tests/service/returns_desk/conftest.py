"""A workspace for the desk, small returns to send to it, and an analyst who sends them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from whatworks import returns
from whatworks.measures import caching
from whatworks.measures.sourcing import PARTS
from whatworks.service.common.models import Person
from whatworks.service.returns_desk.models import Job

FIRST, SECOND = "XQ7731A", "XQ7731B"
"""Children's numbers that occur nowhere else: a scan for them finds every leak."""
FORMULA = "=HYPERLINK(1)"

HEADER = (
    "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
    f"{FIRST},1,01/02/2010,WBRI,UN1,,\n"
    f"{SECOND},9,{FORMULA},WBRI,UN1,,\n"
)
EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,"
    "HOME_POST,PL_POST,URN\n"
    f"{FIRST},01/05/2023,S,C2,N1,U4,PR1,,,,AB1 2CD,AB1 2CE,SC1234567\n"
    f"{SECOND},02/06/2023,S,C2,N1,U4,PR1,03/03/2024,E4A,,AB1 2CD,AB1 2CE,SC1234567\n"
    f"{SECOND},2024-02-30,S,C2,N1,U4,PR1,,,,AB1 2CD,AB1 2CE,SC1234567\n"
)
XML_903 = f"""<?xml version="1.0"?>
<EXPSSDA903>
 <CHILD><HEADER><CHILDID>{FIRST}</CHILDID><UPN>UN1</UPN><SEX>1</SEX><DOB>01/02/2010</DOB>
  <ETHNIC>WBRI</ETHNIC><UASC>0</UASC></HEADER>
  <EPISODE><DECOM>01/05/2023</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U4</PL><DEC/><REC/></EPISODE>
 </CHILD>
</EXPSSDA903>
"""
CIN = f"""<Message>
 <Header><CollectionDetails><Collection>CIN</Collection><Year>2024</Year>
  <ReferenceDate>2024-03-31</ReferenceDate></CollectionDetails>
  <Source><SourceLevel>L</SourceLevel><LEA>301</LEA></Source></Header>
 <Children><Child>
  <ChildIdentifiers><LAchildID>{FIRST}</LAchildID><UPNunknown>UN3</UPNunknown>
   <PersonBirthDate>2015-03-27</PersonBirthDate><GenderCurrent>1</GenderCurrent></ChildIdentifiers>
  <ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>
  <CINdetails><CINreferralDate>2023-05-06</CINreferralDate><ReferralSource>1A</ReferralSource>
   <PrimaryNeedCode>N1</PrimaryNeedCode><ReferralNFA>0</ReferralNFA></CINdetails>
 </Child></Children>
</Message>
"""


class Files:
    """What is sent, and the children's numbers that occur nowhere else: a scan finds every leak."""

    first, second, formula = FIRST, SECOND, FORMULA
    header, episodes, xml, cin = HEADER, EPISODES, XML_903, CIN

    @staticmethod
    def upload(name: str, content: str | bytes) -> SimpleUploadedFile:
        """A file as a browser sends it."""
        return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)

    def csv_set(self, episodes: str = EPISODES) -> list[SimpleUploadedFile]:
        """SSDA903 for collection year 2024, with mistakes in it."""
        return [self.upload("a.csv", HEADER), self.upload("b.csv", episodes)]

    def zip(self, **members: str) -> SimpleUploadedFile:
        """A zip of these files; 'a_csv' is called a.csv in it."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, content in members.items():
                archive.writestr(name.replace("_", "."), content)
        return self.upload("return.zip", out.getvalue())


@dataclass(frozen=True)
class Desk:
    """An analyst of council 301 at the desk."""

    client: Client
    store: returns.Store
    person: Person

    def send(self, *sent: SimpleUploadedFile, **more: Any) -> Job:
        """Send files of invented children in; the work is done at once."""
        address = reverse("returns_send", kwargs={"council": "301"})
        answer = self.client.post(address, {"files": list(sent), "invented": "on", **more})
        assert answer.status_code == 302, answer.content.decode()
        return Job.objects.get(public_id=answer.headers["Location"].rstrip("/").split("/")[-1])

    def page(self, name: str, **arguments: Any) -> str:
        """A page's text; its address takes ``council`` besides these."""
        answer = self.client.get(self.address(name, **arguments))
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    @staticmethod
    def address(name: str, **arguments: Any) -> str:
        """A page's address."""
        return reverse(name, kwargs={"council": "301", **arguments})

    def give_purpose(self) -> None:
        """Say why, as the page asks."""
        address = reverse("purpose", kwargs={"council": "301"})
        assert self.client.post(address, {"purpose": "mend_return"}).status_code == 302


Content = tuple[tuple[object, ...], ...]
"""Of each return that counts: what it is of, and a digest of each of its files."""
COUNTED: dict[tuple[Content, str], pl.DataFrame] = {}


def content_of(store: returns.Store, council: str) -> Content:
    counted = sorted({part for parts in PARTS.values() for part in parts})
    held = [one for part in counted for one in store.submissions(council, part)]
    told = [
        (one.council, one.collection, one.year, one.as_at, *(file.sha256 for file in one.files))
        for one in held
    ]
    return tuple(sorted(told, key=repr))


@pytest.fixture(autouse=True)
def counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Returns of the same content are counted once in a run: nearly every test here sends the same.

    What is kept, where and when is the service's own: each council's figures are still written.
    """
    count, sources = caching.count, caching.Sources

    class Unmade:
        """A council's sources, not made before something must be counted from them."""

        def __init__(self, store: returns.Store, council: str) -> None:
            self.made, self.content = sources(store, council), content_of(store, council)

        def of(self, collection: str) -> Any:
            return self, collection

    def once(unmade: tuple[Unmade, str], *, by: Any = ()) -> pl.DataFrame:
        known, collection = unmade
        key = (known.content, collection)
        if by:
            return count(known.made.of(collection), by=by)
        if key not in COUNTED:
            COUNTED[key] = count(known.made.of(collection))
        return COUNTED[key]

    monkeypatch.setattr(caching, "Sources", Unmade)
    monkeypatch.setattr(caching, "count", once)


@pytest.fixture
def files() -> Files:
    return Files()


@pytest.fixture
def store(tmp_path: Path, settings: Any) -> returns.Store:
    """An empty store of invented children, which the service stands on."""
    settings.WORKSPACE = tmp_path / "workspace"
    cache.clear()
    return returns.Store.open(settings.WORKSPACE, create=True, synthetic=True)


@pytest.fixture
def desk(store: returns.Store, analyst: Person, signed_in: Callable[[Person], Client]) -> Desk:
    return Desk(signed_in(analyst), store, analyst)


@pytest.fixture
def leader(
    store: returns.Store, person_with: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> Client:
    from whatworks.service.common.permissions import RoleName

    return signed_in(person_with(RoleName.PRACTICE_LEADER))
