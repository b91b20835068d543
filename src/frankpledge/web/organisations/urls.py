"""The addresses of people, bodies and forums.

`place_urlpatterns` are those below a place; `urlpatterns` holds all, so one include is enough.
"""

from __future__ import annotations

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from frankpledge.web.organisations.views import account, bodies, forums, invitations, people


class AboutPerson(StringConverter):
    regex = "|".join(people.ABOUT)


register_converter(AboutPerson, "about_person")

place_urlpatterns = [
    path("forums/", forums.forums, name="forums"),
    path("forums/<slug:body>/new/", forums.set_up_forum, name="set-up-forum"),
    path("forums/<slug:body>/<slug:forum>/", forums.change_forum, name="change-forum"),
    path("forums/<slug:body>/<slug:forum>/seats/", forums.seat_bodies, name="seat-bodies"),
]
urlpatterns = [
    path("my/account/", account.my_account, name="my-account"),
    path("my/account/sign-out-everywhere/", account.sign_me_out_everywhere, name="sign-out-everywhere"),
    path("invitations/<str:secret>/", invitations.accept, name="invitation"),
    path("organisations/people/", people.people, name="people"),
    path("organisations/people/<int:pk>/", people.person, name="person"),
    path("organisations/people/<int:pk>/<about_person:what>/", people.about_person, name="about-person"),
    path("organisations/people/<int:pk>/role/<slug:body>/", people.give_role, name="give-role"),
    path("organisations/people/<int:pk>/stand-in/<slug:body>/", people.appoint_substitute, name="appoint-substitute"),
    path("organisations/roles/<int:pk>/end/", people.end_role, name="end-role"),
    path("organisations/invitations/<int:pk>/withdraw/", invitations.withdraw, name="withdraw-invitation"),
    path("organisations/bodies/", bodies.bodies, name="bodies"),
    path("organisations/bodies/<slug:slug>/", bodies.body, name="body"),
    path("organisations/bodies/<slug:slug>/change/", bodies.change_body, name="change-body"),
    path("organisations/bodies/<slug:slug>/areas/new/", bodies.change_area, name="add-area"),
    path("organisations/bodies/<slug:slug>/areas/<slug:area>/", bodies.change_area, name="change-area"),
    path("organisations/bodies/<slug:slug>/shares/", bodies.share_costs, name="share-costs"),
    path("organisations/bodies/<slug:slug>/chair/", bodies.take_the_chair, name="take-the-chair"),
    path("organisations/bodies/<slug:body>/invite/", invitations.invite, name="invite"),
    path("<slug:place>/", include(place_urlpatterns)),
]  # fmt: skip
