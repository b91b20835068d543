"""The addresses of measures and their figures; `place_urlpatterns` are included below `<slug:place>/`."""

from __future__ import annotations

from frankpledge.web.measures.views import showing

urlpatterns: list = []
place_urlpatterns = [*showing.urls]
