"""How a force's figures are judged, as its own line reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404

from frankpledge.web.audit.visibility import Reader
from frankpledge.web.measures.acts.judging import KINDS
from frankpledge.web.measures.judging import called_in_figures
from frankpledge.web.measures.models import JudgingSettings, Measure
from frankpledge.web.measures.models.judging import Note
from frankpledge.web.organisations.models import Area, Body


def judged_by(force: Body) -> JudgingSettings:
    """How the figures are judged: as was settled, or plainly."""
    settled = JudgingSettings.objects.filter(body=force).first()
    return settled or JudgingSettings(body=force, called=called_in_figures(force))


def titles_seen(force: Body, reader: Reader) -> dict[str, str]:
    """The title of each measure that the reader may see, by its key."""
    seen = Measure.objects.filter(body=force).visible_to(reader)
    return dict(seen.values_list("key", "title"))


def notes_seen(force: Body, reader: Reader, titles: Mapping[str, str]) -> dict[str, list[Note]]:
    """What is noted of each kind, those taken back last; about measures the reader may see."""
    return {
        name: sorted(
            (n for n in _rows(kind, force, reader) if getattr(n, "measure", "") in {"", *titles}),
            key=lambda n: (n.taken_back_at is not None, n.pk),
        )
        for name, kind in KINDS.items()
    }


def _rows(kind: type, force: Body, reader: Reader) -> Any:
    rows = kind.objects.filter(body=force).visible_to(reader)
    return rows.select_related("noted_by", "taken_back_by", "body")


def note_or_404(kind: str, force: Body, pk: int, reader: Reader) -> Note:
    """A note that the reader may see."""
    titles = titles_seen(force, reader)
    found = next((n for n in notes_seen(force, reader, titles).get(kind, ()) if n.pk == pk), None)
    if found is None:
        raise Http404("There is no such note that you can see.")
    return found


def areas_named(force: Body) -> list[str]:
    """The force as its figures name it, and its areas."""
    return [
        called_in_figures(force),
        *Area.objects.filter(force=force).values_list("name", flat=True),
    ]
