"""Where the pages of a place's figures stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode


@dataclass(frozen=True)
class Addresses:
    """The addresses of one place's pages in one month."""

    place: str
    month: date
    areas: tuple[tuple[str, str], ...] = ()
    """Each area's name, as the figures have it, and its slug."""

    def scorecard(self) -> str:
        return self._in_month(f"/{self.place}/scorecard/")

    def exceptions(self) -> str:
        return self._in_month(f"/{self.place}/exceptions/")

    def area(self, slug: str) -> str:
        return self._in_month(f"/{self.place}/areas/{slug}/")

    def measure(self, key: str, area: str = "", part: str = "") -> str:
        """The measure's page: of the force, or of the area so called. `part` is a file of it."""
        slug = self.slug_of(area)
        return self._in_month(f"/{self.place}/measures/{key}/{part}", area=slug)

    def slug_of(self, area: str) -> str:
        """The area's slug; "" for the force."""
        return dict(self.areas).get(area, "")

    def _in_month(self, path: str, **more: str) -> str:
        asked = {"month": f"{self.month:%Y-%m}"} | {k: v for k, v in more.items() if v}
        return f"{path}?{urlencode(asked)}"
