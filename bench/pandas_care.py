"""The journeys through care that five measures need, written in pandas with the same repairs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

TOLD = ["RNE", "LS", "PLACE", "REC", "PL_POST", "PLACE_PROVIDER", "URN", "CIN"]
ORDER = ["DECOM", "DEC", *TOLD, "YEAR", "ROW"]
TRACE = ["CHILD", "YEAR", "ROW"]
HOME = ["E4A", "E4B"]
DAY = pd.Timedelta(days=1)


class Repairs:
    """The rows that each repair was made to."""

    def __init__(self) -> None:
        self.parts: list[pd.DataFrame] = []

    def note(self, rows: pd.DataFrame, name: str) -> None:
        self.parts.append(rows[TRACE].assign(REPAIR=name))

    def note_each(self, rows: pd.DataFrame, names: pd.Series) -> None:
        self.parts.append(rows[TRACE].assign(REPAIR=names))

    def counted(self) -> dict[tuple[str, int], int]:
        rows = pd.concat(self.parts)
        return rows.groupby(["REPAIR", "YEAR"]).size().to_dict()


def stacked(tables: Mapping[int, Mapping[str, pd.DataFrame]], name: str) -> pd.DataFrame:
    """One table of all years."""
    return pd.concat([one[name].assign(YEAR=year) for year, one in tables.items()])


def same(rows: pd.DataFrame, one: str, other: str) -> pd.Series:
    """Whether two columns hold the same, two blanks being the same."""
    return (rows[one] == rows[other]) | (rows[one].isna() & rows[other].isna())


def episodes(rows: pd.DataFrame, years: list[int], repairs: Repairs) -> pd.DataFrame:
    """One list of episodes without contradictions."""
    rows = rows.copy()
    for name in (*TOLD, "DEC__unreadable"):
        if name not in rows:
            rows[name] = None
    rows["DEC__unreadable"] = rows["DEC__unreadable"].fillna(False).astype(bool)
    rows["YEAR_END"] = pd.to_datetime(rows["YEAR"].astype(str) + "-03-31")
    rows = _placed(rows, repairs)
    rows = _single(rows, repairs)
    short = rows["LS"].isin(["V3", "V4"])
    repairs.note(rows[short], "short_break")
    return _settled(rows[~short], years, repairs)


def _placed(rows: pd.DataFrame, repairs: Repairs) -> pd.DataFrame:
    why = np.select(
        [
            rows["CHILD"].isna(),
            rows["DECOM"].isna(),
            rows["DECOM"] > rows["YEAR_END"],
            rows["DEC"] < rows["DECOM"],
        ],
        ["no_child_number", "start_not_known", "starts_after_the_return", "ends_before_it_starts"],
        default="",
    )
    repairs.note_each(rows[why != ""], pd.Series(why[why != ""], index=rows.index[why != ""]))
    return rows[why == ""]


def _single(rows: pd.DataFrame, repairs: Repairs) -> pd.DataFrame:
    """Without copies within a return, and without what a later return says again."""
    alike = ["YEAR", "CHILD", "DECOM", "DEC", "DEC__unreadable", *TOLD]
    rows = rows.sort_values(["YEAR", "CHILD", "DECOM", "ROW"])
    copied = rows.duplicated(alike)
    repairs.note(rows[copied], "copied_row")
    rows = rows[~copied].sort_values(["CHILD", "DECOM", "YEAR", "DEC", *TOLD, "ROW"])
    group = rows.groupby(["CHILD", "DECOM"])
    compared = ["YEAR", "DEC", "RNE", "LS", "PLACE"]
    later = group[compared].shift(-1).add_prefix("NEXT_")
    rows = pd.concat([rows, later], axis=1)
    earlier = rows["YEAR"] < group["YEAR"].transform("max")
    changed = rows["DEC"].notna() & ~same(rows, "DEC", "NEXT_DEC")
    for name in compared[2:]:
        changed |= ~same(rows, name, f"NEXT_{name}")
    changed &= rows["NEXT_YEAR"] > rows["YEAR"]
    names = changed.map({True: "changed_later", False: "reported_again"})
    repairs.note_each(rows[earlier], names[earlier])
    return rows[~earlier].drop(columns=later.columns)


def _settled(rows: pd.DataFrame, years: list[int], repairs: Repairs) -> pd.DataFrame:
    """With an end that fits the next episode's start."""
    rows = rows.sort_values(["CHILD", *ORDER])
    rows = pd.concat(
        [rows, rows.groupby("CHILD")[["DECOM", "RNE"]].shift(-1).add_prefix("NEXT_")], axis=1
    )
    lost = rows["DEC__unreadable"] & rows["NEXT_DECOM"].isna()
    repairs.note(rows[lost], "end_not_readable")
    rows = rows[~lost].copy()
    followed, unreadable = rows["NEXT_DECOM"].notna(), rows["DEC__unreadable"]
    after = rows["YEAR_END"] + DAY
    is_open = rows["DEC"].isna() & ~unreadable
    anew = rows["NEXT_RNE"] == "S"
    apart = (anew & (rows["NEXT_DECOM"] > after)) | (
        rows["NEXT_DECOM"] >= after + pd.DateOffset(years=1)
    )
    forgotten = is_open & (apart | (~followed & (rows["YEAR"] < max(years))))
    unseen = ~(rows["YEAR"] + 1).isin(years)
    another = is_open & followed & ~forgotten
    overlaps = rows["DEC"] > rows["NEXT_DECOM"]
    next_day = (rows["REC"] == "X1") & (rows["NEXT_DECOM"] - rows["DEC"] == DAY) & ~anew
    conditions = [unreadable, forgotten & unseen, forgotten, another, overlaps, next_day]
    names = [
        "end_not_readable_set",
        "open_before_a_missing_year",
        "open_and_not_mentioned_again",
        "open_though_another_began",
        "overlap_cut",
        "next_day_joined",
    ]
    made = pd.Series(np.select(conditions, names, default=""), index=rows.index)
    repairs.note_each(rows[made != ""], made[made != ""])
    still_open = is_open & ~forgotten & ~another
    rows["REC"] = rows["REC"].mask(still_open | unreadable | forgotten | another, None)
    moved = unreadable | another | overlaps | next_day
    rows["DEC"] = rows["DEC"].mask(moved, rows["NEXT_DECOM"]).mask(forgotten, after)
    goes_on, at_once = rows["REC"] == "X1", rows["NEXT_DECOM"] == rows["DEC"]
    ended = (made == "") & rows["DEC"].notna()
    left = ended & ~goes_on & rows["REC"].notna() & at_once & ~anew
    alone = ended & goes_on & (~at_once | anew)
    repairs.note(rows[left], "left_care_yet_goes_on")
    repairs.note(rows[alone], "goes_on_yet_nothing_follows")
    return rows


def periods(rows: pd.DataFrame, repairs: Repairs) -> pd.DataFrame:
    """Periods of care: CHILD, START, END, RNE, REC, PERIOD, NEXT."""
    child = rows["CHILD"]
    open_until = rows["DEC"].fillna(pd.Timestamp(2200, 1, 1))
    until = rows["DECOM"].where(rows["NEXT_RNE"] == "S", open_until)
    furthest = until.groupby(child).cummax().groupby(child).shift()
    fresh = furthest.isna() | (rows["DECOM"] > furthest)
    rows = rows.assign(PERIOD=fresh.groupby(child).cumsum())
    group = rows.groupby(["CHILD", "PERIOD"])
    first, last = group.head(1), group.tail(1)
    care = first[["CHILD", "PERIOD", "DECOM", "RNE", "YEAR", "ROW"]].reset_index(drop=True)
    care = care.rename(columns={"DECOM": "START"})
    care["END"] = last["DEC"].to_numpy()
    care["REC"] = last["REC"].where(last["REC"] != "X1").to_numpy()
    care["NEXT"] = care.groupby("CHILD")["START"].shift(-1)
    unlike = (care["PERIOD"] > 1) & care["RNE"].notna() & (care["RNE"] != "S")
    repairs.note(care[unlike], "goes_on_after_a_gap")
    return care


def people(rows: pd.DataFrame, repairs: Repairs) -> pd.Series:
    """Each child's date of birth, as the latest return gives it."""
    given = rows[rows["CHILD"].notna() & rows["DOB"].notna()].sort_values(["YEAR", "ROW"])
    born = given.drop_duplicates("CHILD", keep="last").set_index("CHILD")["DOB"]
    repairs.note(given[given["DOB"] != given["CHILD"].map(born)], "birth_date_changed")
    return born
