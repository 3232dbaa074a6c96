"""Every fact has a source, every source a licence, and doubts are told."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files

import polars as pl

from whatworks import reference


def _used() -> set[str]:
    frames = [
        reference.councils(former=True),
        reference.neighbours("302"),
        reference.bank_holidays(),
        reference.published(),
        reference.published_measures(),
        reference.national(),
        reference.population(),
        reference.characteristics(),
    ]
    for collection in ("ssda903", "cin", "csww"):
        for name in reference.code_lists(collection)["list"]:
            frames.append(reference.codes(collection, name))
    assert all(frame["source"].null_count() == 0 for frame in frames)
    return {key for frame in frames for key in frame["source"].unique()}


def test_every_source_that_a_fact_names_is_described_and_each_described_one_is_used() -> None:
    assert _used() == set(reference.sources()["key"])


def test_sources_have_publisher_title_licence_and_confidence() -> None:
    whole = reference.sources().filter(pl.col("key") != "general")
    for column in ("publisher", "title", "licence", "seen"):
        assert whole[column].null_count() == 0, column
    assert set(whole["confidence"]) <= {reference.SEEN, reference.UNCONFIRMED}
    doubtful = reference.sources().filter(pl.col("confidence") == reference.UNCONFIRMED)
    assert doubtful["note"].null_count() == 0


def test_published_figures_are_all_open_government_licence() -> None:
    keys = [*reference.published_measures()["source"].unique(), "ons_population"]
    licences = reference.sources().filter(pl.col("key").is_in(keys))["licence"].unique()
    assert licences.to_list() == ["Open Government Licence v3.0"]


def test_the_acknowledgement_names_licence_and_every_open_source() -> None:
    told = reference.attribution()
    assert told.startswith(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    )
    for publisher in ("Department for Education", "Office for National Statistics", "Ofsted"):
        assert publisher in told
    assert "General knowledge" not in told


def test_doubts_tell_of_every_unconfirmed_code() -> None:
    told = set(reference.doubts()["about"])
    assert "SSDA903 PLACE Z11" in told
    assert "CIN UPNunknown UN6" in told
    assert "820 Bedfordshire" in told
    assert "SSDA903 LS C2" not in told
    n = 0
    for collection in ("ssda903", "cin", "csww"):
        for name in reference.code_lists(collection)["list"]:
            unsure = reference.codes(collection, name)["confidence"] == reference.UNCONFIRMED
            n += int(unsure.sum())
    assert reference.doubts().filter(pl.col("kind") == "code").height == n
    for column in ("about", "doubt", "what_we_do"):
        assert reference.doubts()[column].null_count() == 0


def test_the_data_of_the_package_stay_small() -> None:
    folder = files("whatworks.reference").joinpath("data")
    total = sum(len(each.read_bytes()) for each in folder.iterdir() if each.is_file())
    assert total < 1_500_000


def test_importing_reads_no_data_file_until_one_is_asked_for() -> None:
    script = (
        "import whatworks.reference as r; from whatworks.reference._data import frame;"
        "before = frame.cache_info().currsize; r.councils(); r.councils();"
        "print(before, frame.cache_info().currsize)"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["0", "1"]
