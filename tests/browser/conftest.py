"""A real site in a process of its own, a real browser, and what every page must pass in it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from whatworks.service.styles import build as styles

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTHS = (375, 1280)
NARROWEST = 320
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Site:
    """A site that is being served: its address, workspace and who can sign in, by role."""

    url: str
    workspace: Path
    people: dict[str, tuple[str, str]]

    @property
    def incoming(self) -> Path:
        """The synthetic returns as a council would upload them: CODE/ssda903/YEAR/*.csv."""
        return self.workspace / "incoming"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Two invented councils (301, 302), two years, served by the web server that users meet."""
    styles.build(ROOT, with_tests=True)
    folder = tmp_path_factory.mktemp("site")
    workspace = folder / "workspace"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WHATWORKS_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(
            [
                sys.executable,
                str(Path(__file__).with_name("serve_site.py")),
                str(workspace),
                str(port),
            ],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env=kept,
        ) as process,
    ):
        try:
            line = process.stdout.readline() if process.stdout else ""
            url = f"http://127.0.0.1:{port}"
            if not line or not _answers(url, process):
                pytest.fail(
                    f"the site did not start:\n{(folder / 'log').read_text()}", pytrace=False
                )
            people = {
                role: (email, password) for role, (email, password) in json.loads(line).items()
            }
            yield Site(url, workspace, people)
        finally:
            process.terminate()
            process.wait(30)
    told = (folder / "log").read_text()
    assert "ERROR" not in told, f"the site logged an error:\n{told}"


def _answers(url: str, process: subprocess.Popen[str]) -> bool:
    for _ in range(600):
        if process.poll() is not None:
            return False
        try:
            with urllib.request.urlopen(f"{url}/health/", timeout=5) as answer:  # noqa: S310  (our own server)
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def find_browser() -> str | None:
    """The browser named in WHATWORKS_CHROMIUM, or else the first that is installed."""
    named = os.environ.get("WHATWORKS_CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without sandbox only where the tests run as root, who can have none."""
    found = find_browser()
    if found is None:
        pytest.fail(
            "The browser tests need Chromium: install it (Debian: apt install chromium) "
            "or name one in WHATWORKS_CHROMIUM.",
            pytrace=False,
        )
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    # Playwright's event loop lives on in this process; Django, which is never called from it, would
    # refuse its database to every test that follows.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=[*ARGUMENTS, *root])
        yield launched
        launched.close()


@pytest.fixture
def open_context(browser: Browser, site: Site) -> Iterator[Callable[..., BrowserContext]]:
    """open_context(java_script_enabled=False): a clean browser that reports what it should not see.

    At the end of the test nothing may have broken the content policy, failed in a script, or been
    asked of another site.
    """
    opened: list[BrowserContext] = []
    seen: list[str] = []

    def make(**options: Any) -> BrowserContext:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = browser.new_context(base_url=site.url, locale="en-GB", **options)
        context.set_default_timeout(20_000)
        context.on("console", lambda message: _note_console(message, seen))
        context.on("weberror", lambda error: seen.append(f"script failed: {error.error}"))
        context.on("request", lambda request: _note_request(request, site, seen))
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()
    assert seen == []


def _note_console(message: Any, seen: list[str]) -> None:
    if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
        seen.append(message.text)


def _note_request(request: Any, site: Site, seen: list[str]) -> None:
    if not request.url.startswith((f"{site.url}/", "data:", "blob:")):
        seen.append(f"another site was asked: {request.url}")


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    """A clean page, 1280 pixels wide."""
    return open_context().new_page()


@pytest.fixture
def page_without_javascript(open_context: Callable[..., BrowserContext]) -> Page:
    """A clean page in a browser that runs no scripts."""
    return open_context(java_script_enabled=False).new_page()


@pytest.fixture
def sign_in(site: Site) -> Callable[[Page, str], None]:
    """sign_in(page, "Council analyst"): through the form, as people do."""

    def go(page: Page, role: str) -> None:
        email, password = site.people[role]
        page.goto("/sign-in/")
        page.get_by_label("Email address").fill(email)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/work/")

    return go


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """assert_accessible(page): the page as it stands, at each width.

    axe-core finds nothing, nothing sticks out sideways (down to 320 pixels), and each thing that
    the keyboard can reach is reached and shows it.
    """
    axe = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")

    def check(page: Page) -> None:
        before = page.viewport_size
        # Through the debugger, which the content policy does not bind: the policy stays on.
        page.evaluate(axe)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert _violations(page) == [], f"{page.url} at {width} pixels"
            assert_fits(page, width)
        assert_fits(page, NARROWEST)
        assert_focus_is_seen(page)
        if before:
            page.set_viewport_size(before)

    return check


VIOLATIONS = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(
  v => v.id + ': ' + v.help + ' -- '
    + v.nodes.map(n => n.target.join(' ') + ' ' + n.html.slice(0, 160)).join(' | '))"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.body.querySelectorAll('*')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1
    && !e.closest('.ww-scroll') && !e.closest('.govuk-visually-hidden'))
  .map(e => e.tagName + '.' + e.className).slice(0, 8).concat(['(the page)'])"""


def _violations(page: Page) -> list[str]:
    return list(page.evaluate(VIOLATIONS))


def assert_fits(page: Page, width: int) -> None:
    """Nothing makes the whole page scroll sideways at this width."""
    page.set_viewport_size({"width": width, "height": 900})
    wide = page.evaluate(TOO_WIDE)
    assert wide == [], f"{page.url} is wider than {width} pixels"


REACHABLE = """() => {
  const first = (e) => document.querySelector(`input[type=radio][name="${e.name}"]:checked`)
    ?? document.querySelector(`input[type=radio][name="${e.name}"]`);
  return [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter(e => !e.disabled && e.checkVisibility({visibilityProperty: true})
    && !e.closest('[aria-hidden=true]') && (e.type !== 'radio' || e === first(e)))
  .map((e, i) => { e.dataset.stop = i; return e.outerHTML.slice(0, 120) }) }"""
SHOWN = """() => {
  const e = document.activeElement, label = e.labels && e.labels[0];
  const style = getComputedStyle(e);
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
    && !/, 0\\)$|transparent/.test(style.outlineColor);
  const painted = label && getComputedStyle(label, '::before').boxShadow !== 'none';
  return [e.dataset.stop ?? null, style.boxShadow !== 'none' || outlined || !!painted,
    e.outerHTML.slice(0, 120)] }"""


def assert_focus_is_seen(page: Page, limit: int = 120) -> None:
    """Tab through the page: every stop is reached, and each shows that it has the focus."""
    page.set_viewport_size({"width": WIDTHS[-1], "height": 900})
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0) }")
    wanted = page.evaluate(REACHABLE)
    reached = set()
    for _ in range(min(len(wanted), limit)):
        page.keyboard.press("Tab")
        stop, shown, what = page.evaluate(SHOWN)
        if stop is None:
            break
        assert shown, f"{page.url}: one cannot see that this has the focus: {what}"
        reached.add(int(stop))
    if len(wanted) <= limit:
        missed = [what for number, what in enumerate(wanted) if number not in reached]
        assert not missed, f"{page.url}: the keyboard does not reach {missed}"
