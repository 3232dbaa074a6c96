"""XML read as a stream, a closed element at a time, with nothing that reaches outside it.

No document type, entity, external file or network is ever used: a file that declares a document
type is refused before it is parsed (see ``recognise``) and again here. Where XML breaks off, all
elements that were closed before the break have been read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lxml import etree

from whatworks.returns.sources import RawFile

Element = etree._Element
_ENCODING_ERRORS = frozenset(
    {
        etree.ErrorTypes.ERR_INVALID_ENCODING,
        etree.ErrorTypes.ERR_UNKNOWN_ENCODING,
        etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING,
        etree.ErrorTypes.I18N_CONV_FAILED,
    }
)


@dataclass(frozen=True)
class Break:
    """Where and why XML could not be read further; ``sentence`` has nothing from its cells."""

    sentence: str
    encoding: bool = False


def local(tag: object) -> str:
    """An element's name without namespace, in capitals; '' for comments and the like."""
    return tag.rsplit("}", 1)[-1].upper() if isinstance(tag, str) else ""


def stream(
    raw: RawFile,
    on_end: Callable[[Element], bool],
    *,
    names: Iterable[str],
    encoding: str | None = None,
) -> Break | None:
    """Call ``on_end`` for every element of these names as it is closed, whatever its namespace;
    where it answers true, the element and all that came before it beside it are freed.
    Returns where the XML broke off, if it did.
    """
    with raw.open() as source:
        context = etree.iterparse(
            source,
            events=("end",),
            tag=[spelling for name in names for spelling in (name, "{*}" + name)],
            encoding=encoding,
            resolve_entities=False,
            load_dtd=False,
            dtd_validation=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            for number, (_, element) in enumerate(context):
                if number == 0 and element.getroottree().docinfo.internalDTD is not None:
                    return Break("The XML declares a document type, so it was not read.")
                if on_end(element):
                    _free(element)
        except etree.XMLSyntaxError as error:
            return _break(error)
        except (OSError, ValueError, EOFError):
            return Break("The XML cannot be opened again to be read. Send it again.")
    return None


def _break(error: etree.XMLSyntaxError) -> Break:
    line, column = error.position
    wrong_letter = getattr(error, "code", None) in _ENCODING_ERRORS
    what = "a letter is not in the encoding it claims" if wrong_letter else "it is faulty there"
    where = f"line {line:,}, character {column:,}" if line else "its end"
    return Break(
        f"The XML cannot be read beyond {where}: {what}, or the file was cut short. "
        "What comes before was read; what comes after was not.",
        encoding=wrong_letter,
    )


def _free(element: Element) -> None:
    parent = element.getparent()
    element.clear()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
