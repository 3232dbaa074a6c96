"""What this room asks of people."""

from whatworks.service.burden.asking import Ask, Question

LIST = "list"
ONE = "one"
JUDGED = "judged"
LOG = "log"
_LIST = {LIST: "Read on the council’s page of decisions."}
_ONE = {ONE: "Read on the decision’s own page."}

DECIDE = Ask(
    name="decide",
    title="A decision about a practice",
    asked_of="practice leaders and directors",
    minutes=5,
    minutes_from="judged, not timed",
    events=("decision_made",),
    forms=("whatworks.service.decisions.forms.DecideForm",),
    questions=(
        Question("choice", "What do you decide?", "It is the decision.", {**_LIST, **_ONE}),
        Question("why", "Why?", "So that whoever comes after knows what spoke for it.", _ONE),
        Question(
            "review_on",
            "When do you look at it again?",
            "So that nothing goes on for ever because nobody asked.",
            _LIST,
        ),
        Question(
            "targets",
            "Outcome and safety targets, and by which year",
            "So that next year’s return can say whether it helped, and did no harm.",
            {JUDGED: "Judged against the council’s returns, on its page of decisions.", **_ONE},
        ),
        Question(
            "despite",
            "Why use it all the same? (where a practice is rated ‘Beware’)",
            "Using what may do harm needs a reason that can be read later.",
            _ONE,
        ),
    ),
)
WITHDRAW = Ask(
    name="withdraw",
    title="Taking a decision back",
    asked_of="practice leaders and directors",
    minutes=1,
    minutes_from="judged, not timed",
    events=("decision_withdrawn",),
    forms=("whatworks.service.decisions.forms.WithdrawForm",),
    questions=(
        Question("why", "Why is it withdrawn?", "So that the decision stays readable.", _ONE),
    ),
)
LEARNING = Ask(
    name="learning",
    title="An entry in the learning log",
    asked_of="practice leaders and directors",
    minutes=4,
    minutes_from="judged, not timed",
    events=("learning_recorded",),
    forms=("whatworks.service.decisions.forms.LearningForm",),
    questions=tuple(
        Question(name, text, why, {LOG: "Read in the council’s learning log."})
        for name, text, why in (
            ("question", "What did you want to know?", "A log of answers needs its questions."),
            ("answer", "What did you find out?", "It is what was learned."),
            (
                "decision",
                "Which decision does it belong to?",
                "So that it is found beside the decision it bears on.",
            ),
            ("result", "What came of it?", "To tell learning from reading."),
        )
    ),
)

ASKS = (DECIDE, WITHDRAW, LEARNING)
