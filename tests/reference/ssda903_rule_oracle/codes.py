"""Codes that several rules know by name."""

from __future__ import annotations

SHORT = {"V3", "V4"}
TEMPORARY = {"T0", "T1", "T2", "T3", "T4"}
GUARDIAN = {"E45", "E46", "E47", "E48"}
ENDS = {"E2", "E3", "E41", "E4A", "E4B", "E5", "E6", "E7", "E8", "E9", *GUARDIAN} | {
    f"E1{n}" for n in range(1, 8)
}
FOSTER = {"U1", "U2", "U3", "U4", "U5", "U6"}
ADOPTION = {"A3", "A4", "A5", "A6"}


def sexes(year: int) -> set[str]:
    return {"1", "2"} if year < 2025 else {"F", "M", "U"}


def others(year: int) -> set[str]:
    return {"Z1"} if year < 2026 else {"Z11", "Z12", "Z13", "Z14"}


def places(year: int) -> set[str]:
    always = {*ADOPTION, "K1", "K2", "P1", "P3", "R1", "R2", "R3", "R5", "S1", *TEMPORARY, *FOSTER}
    return (
        always
        | others(year)
        | ({"H5", "P2"} if year < 2026 else set())
        | ({"K3"} if year > 2024 else set())
    )
