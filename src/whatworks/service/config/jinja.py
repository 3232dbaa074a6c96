"""The Jinja environment of every page, strict about misspelt names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader
from jinja2.exceptions import UndefinedError
from jinja2.utils import missing

from whatworks import __version__
from whatworks.service.common import formats


class Careful(ChainableUndefined):
    """Lets the macros ask for parameters that were not given; a misspelt name of ours is an error.

    An absent key of a mapping prints as nothing: GOV.UK's macros rest on that. A name that does
    not exist at all, or an attribute that an object of ours does not have, is a mistake.
    """

    def __str__(self) -> str:
        self._refuse()
        return ""

    def __html__(self) -> str:
        return str(self)

    def __bool__(self) -> bool:
        if not self._of_a_parameter() and self._undefined_obj is not missing:
            self._refuse()
        return False

    def _of_a_parameter(self) -> bool:
        return isinstance(self._undefined_obj, (Mapping, ChainableUndefined, str))

    def _refuse(self) -> None:
        if not self._of_a_parameter():
            raise UndefinedError(self._undefined_message)


def environment(**options: Any) -> Environment:
    """Called by Django with its own options (loader, autoescape, auto_reload)."""
    options["undefined"] = Careful
    options["trim_blocks"] = True
    options["lstrip_blocks"] = True
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    options["loader"] = ChoiceLoader([govuk, options["loader"]])
    options["extensions"] = ["jinja2.ext.do"]
    made = Environment(**options)  # noqa: S701  (Django passes autoescape=True; a test proves it)
    made.globals.update(static=static, url=_url, version=__version__)
    made.filters.update(
        date=formats.date,
        when=formats.when,
        number=formats.number,
        percent=formats.percent,
        size=formats.size,
        plural=formats.plural,
    )
    return made


def _url(name: str, /, *args: object, **kwargs: object) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)
