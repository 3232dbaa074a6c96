"""What every room asks of people."""

from whatworks.service.burden.asking import Ask, Question

ASKS = (
    Ask(
        name="purpose",
        title="Why you open records of single children",
        asked_of="analysts of councils",
        minutes=0.2,
        minutes_from="judged, not timed; asked again after half an hour; how often is not counted, "
        "only each page that is opened",
        events=(),
        forms=("whatworks.service.common.forms.PurposeForm",),
        questions=(
            Question(
                "purpose",
                "Why do you need to see these records?",
                "So that it can be accounted for who read about children, and why.",
                at_once="written into the council’s log before the page is shown.",
            ),
        ),
    ),
)
