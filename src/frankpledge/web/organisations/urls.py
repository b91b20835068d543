"""The addresses of people, bodies and forums.

`urlpatterns` have no place; `place_urlpatterns` are included below `<slug:place>/`.
"""

from __future__ import annotations

from django.urls import path

from frankpledge.web.organisations.views import account

urlpatterns = [
    path("my/account/", account.my_account, name="my-account"),
    path("my/account/sign-out-everywhere/", account.sign_me_out_everywhere, name="sign-out-everywhere"),
]  # fmt: skip
place_urlpatterns = []
