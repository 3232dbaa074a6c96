"""What this room asks of people."""

from whatworks.service.burden.asking import Ask, Question

ASKS = (
    Ask(
        name="send",
        title="Sending a return in",
        asked_of="analysts of councils",
        minutes=3,
        minutes_from="judged, not timed; the files are those sent to the Department anyway",
        events=("return_sent",),
        forms=(
            "whatworks.service.returns_desk.forms.FilesForm",
            "whatworks.service.returns_desk.forms.SendForm",
            "whatworks.service.returns_desk.forms.SendMonthForm",
        ),
        questions=(
            Question(
                "files",
                "The files of the return",
                "Everything this service counts is counted from them: nothing is asked twice.",
                at_once="read, checked and kept in the council’s own store.",
            ),
            Question(
                "year",
                "Collection year",
                "Only where the files do not say which year they are of.",
                at_once="the return is kept under it.",
            ),
            Question(
                "month",
                "Month",
                "Only of lists that come month by month: nothing in them says of when they are.",
                at_once="the lists are kept under it.",
            ),
            Question(
                "day",
                "Day of that month on which the lists were made",
                "Only where it was not the month’s last day.",
                at_once="the lists are read as they stood on that day.",
            ),
            Question(
                "invented",
                "Everybody in these files is invented",
                "Only on a site for trying things out: no real child’s record may get there.",
                at_once="files that do not show it by themselves are let in.",
            ),
        ),
    ),
    Ask(
        name="find",
        title="Finding a child or social worker in a return",
        asked_of="analysts of councils",
        minutes=0.2,
        minutes_from="judged, not timed",
        events=(),
        forms=("whatworks.service.returns_desk.forms.FindChildForm",),
        questions=(
            Question(
                "child",
                "The number in the return",
                "To find the rows of one child; it is kept nowhere.",
                at_once="the rows are looked up.",
            ),
        ),
    ),
)
