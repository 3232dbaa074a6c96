"""Returns of two years as they are loaded, with what is amiss in them."""

from __future__ import annotations

from pathlib import Path

from whatworks import returns
from whatworks.measures.definition import everything

COUNCIL, OTHER = "301", "302"
EPISODES = """CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC
1001,01/05/2022,S,V2,N1,U6,PR1,10/09/2022,E4A
1002,01/05/2022,S,C2,N1,U6,PR1,,
1003,01/06/2022,S,V4,N2,U6,PR1,,
1004,31/02/2022,S,V2,N1,U6,PR1,,
"""
LATER = """CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC
1002,01/05/2022,S,C2,N1,U6,PR1,01/12/2023,E41
1001,05/06/2023,S,V2,N1,U6,PR1,,
"""
HEADER = """CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB
1001,1,03/04/2012,WBRI,,,
1002,2,29/02/2016,BAFR,,,
1003,2,01/01/2015,WBRI,,,
1004,1,01/01/2015,WBRI,,,
"""
CARE = [m.name for m in everything().values() if m.collection == "ssda903"]


def load(store: returns.Store, folder: Path, year: int, episodes: str, code: str = COUNCIL) -> None:
    place = folder / f"sent-{len(list(folder.iterdir()))}"
    place.mkdir()
    (place / "episodes.csv").write_text(episodes)
    (place / "header.csv").write_text(HEADER)
    returns.load(
        [place / "episodes.csv", place / "header.csv"],
        store=store,
        council=code,
        year=year,
        collection="ssda903",
    )


def two_years(folder: Path) -> returns.Store:
    kept = returns.Store.open(folder / "work", create=True, synthetic=True)
    load(kept, folder, 2023, EPISODES)
    load(kept, folder, 2024, LATER)
    return kept
