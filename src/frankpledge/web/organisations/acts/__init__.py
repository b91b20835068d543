"""What may be done about people, their roles and the bodies they hold them at."""

from frankpledge.web.organisations.acts.alliances import (
    join_alliance,
    set_up_alliance,
    share_alliance_costs,
    take_the_chair,
)
from frankpledge.web.organisations.acts.bodies import change_area, change_body, set_up_place
from frankpledge.web.organisations.acts.forgetting import forget_person
from frankpledge.web.organisations.acts.forums import change_forum, seat_bodies, set_up_forum
from frankpledge.web.organisations.acts.invitations import (
    accept_invitation,
    invite_person,
    withdraw_invitation,
)
from frankpledge.web.organisations.acts.people import (
    change_own_account,
    deactivate_person,
    join,
    reactivate_person,
    reset_second_factor,
    sign_out_everywhere,
)
from frankpledge.web.organisations.acts.roles import appoint_substitute, end_role, give_role
from frankpledge.web.organisations.acts.sign_in import (
    change_password,
    give_up_second_factor,
    link_provider,
    make_recovery_codes,
    set_up_second_factor,
)

__all__ = [
    "accept_invitation",
    "appoint_substitute",
    "change_area",
    "change_body",
    "change_forum",
    "change_own_account",
    "change_password",
    "deactivate_person",
    "end_role",
    "forget_person",
    "give_role",
    "give_up_second_factor",
    "invite_person",
    "join",
    "join_alliance",
    "link_provider",
    "make_recovery_codes",
    "reactivate_person",
    "reset_second_factor",
    "seat_bodies",
    "set_up_alliance",
    "set_up_forum",
    "set_up_place",
    "set_up_second_factor",
    "share_alliance_costs",
    "sign_out_everywhere",
    "take_the_chair",
    "withdraw_invitation",
]  # fmt: skip
