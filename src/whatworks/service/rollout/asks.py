"""What this room asks of people."""

from whatworks.service.burden.asking import Ask, Question

EFFECT = "effect"
COMPARED = "compared"
PRACTICE = "practice"
HERE = "here"
_READ = {PRACTICE: "Read on the page of the practice, by other councils and the Centre."}

DONE_NOW = Ask(
    name="done_now",
    title="What is done now",
    asked_of="practice leaders and analysts of councils",
    minutes=10,
    minutes_from="judged, not timed; after the first time it is filled in beforehand",
    events=("done_now_recorded",),
    forms=("whatworks.service.rollout.forms.RowForm",),
    questions=(
        Question(
            "choice",
            "What you do",
            "To tell councils that use a practice from those that do not.",
            {
                EFFECT: "Reckoned with: which councils are compared when an effect is estimated.",
                COMPARED: "Read on the page that sets councils side by side, need by need.",
                **_READ,
            },
        ),
        Question(
            "other",
            "If something else, what is it called?",
            "To find ways of working that are not on the list.",
            {COMPARED: "Read on the page that sets councils side by side, need by need."},
        ),
        Question(
            "since",
            "Since when?",
            "An effect can only be told from when a practice began.",
            {
                EFFECT: "Reckoned with: the years before and after, when an effect is estimated.",
                COMPARED: "Read on the page that sets councils side by side, need by need.",
                **_READ,
            },
        ),
        Question(
            "reach",
            "Families or children a year",
            "To say what a practice would mean for a council of another size.",
            {
                HERE: "Reckoned with: how many families a practice would reach in another council.",
                **_READ,
            },
        ),
        Question("cost", "Cost a year", "So that others know what they would have to find.", _READ),
        Question(
            "closeness",
            "As it is described?",
            "What is done otherwise than described may do something else.",
            _READ,
        ),
        Question(
            "stopped",
            "Stopped in",
            "A practice that was given up tells as much as one that is kept.",
            {
                EFFECT: "Reckoned with: councils that stopped are left out of the comparison.",
                **_READ,
            },
        ),
        Question("why_stopped", "Why?", "So that others need not learn it again.", _READ),
    ),
)

ASKS = (DONE_NOW,)
