"""What people and the system do: plain functions, one transaction and one event each."""

from whatworks.service.common.actions.organisations import add_organisation, centre, council_of
from whatworks.service.common.actions.people import add_person, close_account, give_new_password
from whatworks.service.common.actions.roles import end_role, give_role
from whatworks.service.common.actions.targets import Aim, set_pair, withdraw_pair

__all__ = [
    "Aim",
    "add_organisation",
    "add_person",
    "centre",
    "close_account",
    "council_of",
    "end_role",
    "give_new_password",
    "give_role",
    "set_pair",
    "withdraw_pair",
]
