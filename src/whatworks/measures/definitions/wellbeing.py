"""Health and offending of children looked after for a year (the OC2 table)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from whatworks.measures.definition import LeftOut, Measure, Mirror, register
from whatworks.measures.definitions import sources
from whatworks.tables import all_of, any_of, col

FROM_TEN, UNDER_FIVE = 10, 5
GROUPS = ("age_group", "sex", "ethnicity", "uasc", "legal_status", "placement")
YES, ANSWERS = "1", ("0", "1")

_CLOCK = (
    "The year to 31 March, for children looked after on that day whose period of care had begun "
    "by 1 April of the year before."
)
WHO = "Children looked after on 31 March for twelve months or longer without a break"
TWELVE = (
    "Twelve months without a break means one period of care that began by 1 April; a change of "
    "placement or legal status is no break."
)
_UNANSWERED = (
    "A child whose record is missing, or whose answer is blank or no code, is left out and counted "
    "beside the figure: no answer is not taken for a no."
)
_ALL_COUNTED = "Whether the published count takes a blank answer for a no."
_RECORDED = "It says what was recorded. More may come of better care or of better recording."


def long_enough() -> Any:
    """Known to have been looked after for a year."""
    return col("HOW_LONG_KNOWN")


def answered(column: str) -> Any:
    """Looked after for a year, and answered yes or no."""
    return all_of(long_enough(), col(column).is_in(ANSWERS))


def yes(column: str) -> Any:
    """Looked after for a year, and answered yes."""
    return all_of(long_enough(), col(column) == YES)


def unanswered(judged: Callable[[], Any]) -> Any:
    return all_of(long_enough(), ~judged().fill_null(value=False))


UNKNOWN_LENGTH = LeftOut(
    "how_long_in_care_not_known",
    "Children whose period of care seems to have begun within the year, but without a start: what "
    "came before is not in the returns loaded.",
    lambda: ~col("HOW_LONG_KNOWN"),
)
NO_ANSWER = "Children with no record in the table, or without an answer that can be read."


def _no_answer(judged: Callable[[], Any], among: Callable[[], Any] | None = None) -> LeftOut:
    def where() -> Any:
        blank = unanswered(judged)
        return blank if among is None else all_of(blank, among())

    return LeftOut("no_answer", NO_ANSWER, where)


health = partial(
    Measure,
    kind="percentage",
    view="looked_after_for_a_year",
    clock=_CLOCK,
    whole="children looked after for a year",
    breakdowns=GROUPS,
    topic="wellbeing",
    needs=("OC2",),
    confidence="partly confirmed",
    pillar="practice and systems",
    sources=(sources.LAIT, sources.CODES),
)


def mirror(series: str | None, title: str, *differences: str) -> tuple[Mirror, ...]:
    rounded = "The published percentage is rounded to a whole number."
    return (Mirror(series, title, (sources.RETURNS, rounded, *differences), sources.LAIT),)


def _plain(column: str) -> dict[str, Any]:
    """What is the same for every question that is answered yes or no for every child."""
    return {
        "numerator": partial(yes, column),
        "denominator": partial(answered, column),
        "left_out": (UNKNOWN_LENGTH, _no_answer(partial(answered, column))),
        "denominator_words": f"{WHO}, and with an answer.",
    }


register(
    health(
        name="health_assessed",
        title="Children in care whose health was assessed",
        text="Of the children looked after for at least a year, how many had the health "
        "assessments that were due to them in the year.",
        numerator_words="Those recorded with their health assessments (HEALTH_ASSESSMENT).",
        did="had their health assessed",
        mirrors=mirror("health_assessed", "Children looked after who had their health assessed"),
        direction="higher",
        direction_words="More is better: an assessment is due to every child.",
        pairs_with=("dental_checked", "immunised"),
        caveats=(
            TWELVE,
            _UNANSWERED,
            _RECORDED,
            "Children under 5 are due two assessments in a year, older ones one; the return holds "
            "one answer for both.",
        ),
        unconfirmed=(_ALL_COUNTED,),
        **_plain("HEALTH_ASSESSMENT"),
    )
)
register(
    health(
        name="dental_checked",
        title="Children in care whose teeth were checked",
        text="Of the children looked after for at least a year, how many had their teeth checked "
        "by a dentist in the year.",
        numerator_words="Those recorded as checked by a dentist (TEETH_CHECK).",
        did="had their teeth checked",
        mirrors=mirror("dental_checked", "Children looked after whose teeth a dentist checked"),
        direction="higher",
        direction_words="More is better.",
        pairs_with=("health_assessed",),
        caveats=(
            TWELVE,
            _UNANSWERED,
            _RECORDED,
            "A child who did not want the check counts as not checked.",
        ),
        unconfirmed=(_ALL_COUNTED,),
        **_plain("TEETH_CHECK"),
    )
)
register(
    health(
        name="immunised",
        title="Children in care whose immunisations were up to date",
        text="Of the children looked after for at least a year, how many had every immunisation "
        "due at their age.",
        numerator_words="Those whose immunisations are recorded as up to date (IMMUNISATIONS), "
        "those due before they came into care among them.",
        did="had their immunisations up to date",
        mirrors=mirror("vaccinated", "Children looked after whose vaccinations were up to date"),
        direction="higher",
        direction_words="More is better.",
        pairs_with=("health_assessed",),
        caveats=(
            TWELVE,
            _UNANSWERED,
            _RECORDED,
            "For children who came from abroad earlier immunisations are often not known.",
        ),
        unconfirmed=(_ALL_COUNTED,),
        **_plain("IMMUNISATIONS"),
    )
)


def _under_five() -> Any:
    return col("AGE") < UNDER_FIVE


def development_known() -> Any:
    """Under 5 on 31 March, and answered."""
    return all_of(answered("HEALTH_CHECK"), _under_five())


register(
    health(
        name="development_checked",
        title="Young children in care whose development was checked",
        text="Of the children under 5 looked after for at least a year, how many had the checks of "
        "their development that were due.",
        numerator=lambda: all_of(yes("HEALTH_CHECK"), _under_five()),
        numerator_words="Those whose development checks are recorded as up to date (HEALTH_CHECK).",
        denominator=development_known,
        denominator_words=f"{WHO}, under 5 years old on 31 March and with an answer.",
        whole="children under 5 looked after for a year",
        did="had their development checks up to date",
        breakdowns=("sex", "ethnicity", "legal_status", "placement"),
        left_out=(UNKNOWN_LENGTH, _no_answer(development_known, _under_five)),
        mirrors=mirror(None, "Children under 5 looked after whose development was checked"),
        direction="higher",
        direction_words="More is better.",
        pairs_with=("health_assessed",),
        caveats=(
            TWELVE,
            _UNANSWERED,
            _RECORDED,
            "A child whose day of birth is not known is in neither number.",
        ),
        unconfirmed=(_ALL_COUNTED, "That age is taken on 31 March."),
    )
)


def _ten_or_older() -> Any:
    return col("AGE") >= FROM_TEN


def offending_known() -> Any:
    """Ten or older on 31 March, and answered."""
    return all_of(answered("CONVICTED"), _ten_or_older())


register(
    health(
        name="convicted",
        title="Children in care who were convicted or cautioned",
        text="Of the children aged 10 or over looked after for at least a year, how many were "
        "convicted of an offence, or formally cautioned for one, in the year.",
        numerator=lambda: all_of(yes("CONVICTED"), _ten_or_older()),
        numerator_words="Those recorded as convicted or cautioned in the year (CONVICTED).",
        denominator=offending_known,
        denominator_words=f"{WHO}, aged 10 or over on 31 March and with an answer.",
        whole="children aged 10 or over looked after for a year",
        did="were convicted or cautioned",
        left_out=(UNKNOWN_LENGTH, _no_answer(offending_known, _ten_or_older)),
        mirrors=mirror(
            "convicted", "Children aged 10 or over looked after who were convicted or cautioned"
        ),
        direction="lower",
        direction_words="Fewer is usually taken as better. Whether the police are called to a "
        "child’s home, and what follows, is also a choice of adults.",
        pairs_with=("went_missing",),
        caveats=(
            TWELVE,
            _UNANSWERED,
            "A child whose day of birth is not known is in neither number.",
        ),
        unconfirmed=(_ALL_COUNTED, "That age is taken on 31 March."),
    )
)
register(
    health(
        name="substance_misuse",
        title="Children in care with a drug or alcohol problem",
        text="Of the children looked after for at least a year, how many were found to have a "
        "problem with drugs or alcohol.",
        numerator_words="Those found to have a problem with drugs or alcohol, tobacco aside "
        "(SUBSTANCE_MISUSE).",
        did="were found to have a problem with drugs or alcohol",
        mirrors=mirror(
            "substance_misuse", "Children looked after found to have a drug or alcohol problem"
        ),
        direction_words="There is no good direction: fewer found may mean fewer problems or "
        "fewer eyes.",
        pairs_with=("substance_misuse_helped", "substance_misuse_help_offered"),
        caveats=(
            TWELVE,
            _UNANSWERED,
            "Children of every age are among those asked about, as in the published figure.",
        ),
        unconfirmed=(_ALL_COUNTED,),
        **_plain("SUBSTANCE_MISUSE"),
    )
)


def problem() -> Any:
    """A problem was found."""
    return yes("SUBSTANCE_MISUSE")


def help_known() -> Any:
    """A problem was found, and it is said whether help was received."""
    return all_of(problem(), answered("INTERVENTION_RECEIVED"))


def helped() -> Any:
    """A problem was found, and help was received."""
    return all_of(problem(), yes("INTERVENTION_RECEIVED"))


def offer_known() -> Any:
    """A problem was found, and help was received or it is said whether any was offered."""
    return any_of(
        helped().fill_null(value=False),
        all_of(problem(), answered("INTERVENTION_OFFERED")).fill_null(value=False),
    )


def offered() -> Any:
    """A problem was found, and help was received or was offered and turned down."""
    return any_of(
        helped().fill_null(value=False),
        all_of(problem(), yes("INTERVENTION_OFFERED")).fill_null(value=False),
    )


_FEW = "There are few such children in any one council: look at several years together."
_HELP = "Help may be advice, guidance or therapy: the return does not tell them apart."

register(
    health(
        name="substance_misuse_help_offered",
        title="Children in care with a drug or alcohol problem who were offered help",
        text="Of the children looked after for at least a year who had a problem with drugs or "
        "alcohol, how many were offered help with it, whether or not they took it.",
        numerator=offered,
        numerator_words="Those who received help (INTERVENTION_RECEIVED) or were offered it and "
        "turned it down (INTERVENTION_OFFERED).",
        denominator=offer_known,
        denominator_words=f"{WHO}, found to have a problem and with an answer.",
        whole="children in care with a drug or alcohol problem",
        did="were offered help",
        left_out=(UNKNOWN_LENGTH, _no_answer(offer_known, problem)),
        mirrors=mirror(None, "Children with a drug or alcohol problem offered help"),
        direction="higher",
        direction_words="More is better: help is to be offered to every one of them.",
        pairs_with=("substance_misuse", "substance_misuse_helped"),
        caveats=(
            TWELVE,
            _UNANSWERED,
            _HELP,
            _FEW,
            "It is the only place where these returns say that treatment was offered. Therapy for "
            "other reasons is in none of them.",
        ),
        unconfirmed=("That the second question is asked only where the first was answered no.",),
    )
)
register(
    health(
        name="substance_misuse_helped",
        title="Children in care with a drug or alcohol problem who received help",
        text="Of the children looked after for at least a year who had a problem with drugs or "
        "alcohol, how many received help with it.",
        numerator=helped,
        numerator_words="Those who received help (INTERVENTION_RECEIVED).",
        denominator=help_known,
        denominator_words=f"{WHO}, found to have a problem and with an answer.",
        whole="children in care with a drug or alcohol problem",
        did="received help",
        left_out=(UNKNOWN_LENGTH, _no_answer(help_known, problem)),
        mirrors=mirror(None, "Children with a drug or alcohol problem who received help"),
        direction="higher",
        direction_words="More is better; nobody can be made to take help.",
        pairs_with=("substance_misuse", "substance_misuse_help_offered"),
        caveats=(TWELVE, _UNANSWERED, _HELP, _FEW),
        unconfirmed=(
            _ALL_COUNTED,
            "That help which began in an earlier year and went on counts as received.",
        ),
    )
)
