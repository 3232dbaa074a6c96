"""Where every fact comes from, under which licence, and which facts are in doubt."""

from __future__ import annotations

import polars as pl

from whatworks.reference._data import UNCONFIRMED, frame

LICENCE = "Open Government Licence v3.0"
LICENCE_ADDRESS = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


def sources() -> pl.DataFrame:
    """Every source, one row each.

    Returns:
        Columns ``key`` (what other frames hold in ``source``), ``publisher``, ``title``,
        ``licence``, ``address`` (null where none is known), ``seen`` (year and month in which it,
        or the extract of it that was used, was read), ``confidence``, ``note``.
    """
    return frame("sources.csv").clone()


def attribution() -> str:
    """The acknowledgement that the licence asks for, with the sources under it.

    Plain text, one source a line; to be shown wherever published figures are.
    """
    under = sources().filter(pl.col("licence") == LICENCE)
    lines = [f"Contains public sector information licensed under the {LICENCE}."]
    lines += [
        f"{row['publisher']}: {row['title']}" + (f" ({row['address']})" if row["address"] else "")
        for row in under.iter_rows(named=True)
    ]
    return "\n".join(lines)


def _codes_in_doubt(collection: str) -> pl.DataFrame:
    return (
        frame(f"{collection}_codes.csv")
        .filter(pl.col("confidence") == UNCONFIRMED)
        .select(
            kind=pl.lit("code"),
            about=pl.concat_str(
                pl.lit(collection.upper() + " "), pl.col("list"), pl.lit(" "), pl.col("code")
            ),
            doubt=pl.col("note").fill_null("Not confirmed at its source."),
            what_we_do=pl.lit("Held, and marked as unconfirmed."),
        )
    )


def doubts() -> pl.DataFrame:
    """Facts that are held although they are in doubt, and gaps that a user may stumble over.

    Returns:
        Columns ``kind`` (code, council, source, general), ``about``, ``doubt``, ``what_we_do``.
    """
    unsure = pl.col("confidence") == UNCONFIRMED
    councils = (
        frame("councils.csv")
        .filter(unsure)
        .select(
            kind=pl.lit("council"),
            about=pl.concat_str("code", pl.lit(" "), "name"),
            doubt=pl.lit("The code and its dates are from general knowledge."),
            what_we_do=pl.lit("Held, and marked as unconfirmed."),
        )
    )
    unseen = (
        frame("sources.csv")
        .filter(unsure)
        .select(
            kind=pl.lit("source"),
            about=pl.concat_str("publisher", pl.lit(": "), "title"),
            doubt=pl.col("note"),
            what_we_do=pl.lit("Used, and marked as unconfirmed."),
        )
    )
    general = frame("doubts.csv").select(pl.lit("general").alias("kind"), pl.all())
    codes = [_codes_in_doubt(collection) for collection in ("ssda903", "cin", "csww")]
    return pl.concat([general, *codes, councils, unseen])
