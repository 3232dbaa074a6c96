"""What this room asks of people."""

from whatworks.service.burden.asking import Ask, Question

ASKS = (
    Ask(
        name="keep_group",
        title="Keeping a group of councils",
        asked_of="anybody who is signed in",
        minutes=0.3,
        minutes_from="judged, not timed; nobody has to",
        events=("group_kept", "group_changed", "group_renamed"),
        forms=("whatworks.service.england.forms.NameGroupForm",),
        questions=(
            Question(
                "name",
                "Name of the group",
                "So that you can find the group again; nobody else sees it.",
                at_once="the group stands under it among your groups.",
            ),
        ),
    ),
)
