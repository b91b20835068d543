"""Every address of the site, and what to ask it for in the furnished places."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from django.urls import get_resolver, reverse

PLACES = ("northshire", "southshire")


def patterns(
    resolver: Any = None, namespaces: tuple = (), taken: tuple = ()
) -> Iterator[tuple[str, tuple]]:
    """(name with its namespaces, the arguments it takes) of every address."""
    for each in (resolver or get_resolver()).url_patterns:
        names = (*taken, *(each.pattern.converters or each.pattern.regex.groupindex))
        if hasattr(each, "url_patterns"):
            inner = (*namespaces, *((each.namespace,) if each.namespace else ()))
            yield from patterns(each, inner, names)
        else:
            yield ":".join((*namespaces, each.name or "")), names


def examples() -> dict[str, list[Any]]:
    """What to put for an argument, by its name, or by `namespace:argument` where it means another thing there."""
    from frankpledge.web.actions.models import Action, ActionList, Import
    from frankpledge.web.audit.models import Event
    from frankpledge.web.measures.models import Break, Measure, Upload
    from frankpledge.web.organisations.models import Area, Body, Person, PoliceArea
    from frankpledge.web.plans.models import Commitment, Objective

    return {
        "place": list(PLACES),
        "provider_id": ["staff"],
        "secret": ["none-such"],
        "uidb36": ["1"],
        "key": ["none-such"],
        "label": ["actions.action", "plans.plan", "measures.measure", "organisations.forum"],
        "body": list(
            Body.objects.filter(police_area__slug="northshire").values_list("slug", flat=True)
        ),
        "forum": ["forum-office", "forum-public"],
        "area": list(Area.objects.values_list("slug", flat=True)[:1]),
        "slug": list(Body.objects.values_list("slug", flat=True)[:3]),
        "measures:slug": list(Area.objects.values_list("slug", flat=True)),
        "what": ["close", "forget", "reset-second-factor", "open-again"],
        "pk": list(Person.objects.values_list("pk", flat=True)[:2]),
        "history:pk": list(Action.objects.values_list("pk", flat=True)),
        "actions:pk": list(Action.objects.values_list("pk", flat=True)),
        "actions:import:pk": list(Import.objects.values_list("pk", flat=True)),
        "actions:import_columns:pk": list(Import.objects.values_list("pk", flat=True)),
        "actions:import_words:pk": list(Import.objects.values_list("pk", flat=True)),
        "actions:change_list:pk": list(ActionList.objects.values_list("pk", flat=True)),
        "actions:add:pk": list(ActionList.objects.values_list("pk", flat=True)),
        "actions:number": [1],
        "plans:number": [1, 2],
        "plans:key": [
            *Commitment.objects.values_list("key", flat=True)[:1],
            *Commitment.objects.filter(key__startswith="d-").values_list("key", flat=True),
            *Objective.objects.values_list("key", flat=True)[:1],
        ],
        "plans:held": [1],
        "measures:key": list(Measure.objects.values_list("key", flat=True).distinct()),
        "measures:number": list(Upload.objects.values_list("pk", flat=True)),
        "measures:year": [2022],
        "measures:kind": ["breaks", "populations"],
        "measures:take-back:number": list(Break.objects.values_list("pk", flat=True)),
        "month": ["2022-06"],
        "edition": [1],
        "reports:name": [
            "report.html",
            "report.pdf",
            "report.docx",
            "report.xlsx",
            "findings.json",
        ],
        "event": list(Event.objects.values_list("pk", flat=True)[:1]),
        "police_area": list(PoliceArea.objects.values_list("slug", flat=True)),
    }


def addresses(name: str, arguments: tuple, told: dict[str, list[Any]], *, most: int) -> list[str]:
    """The addresses to ask for of one name. LookupError where an argument has no example: add one."""
    spaces = name.split(":")
    values = []
    for argument in arguments:
        keys = (f"{name}:{argument}", f"{spaces[0]}:{argument}", argument)
        key = next((k for k in keys if k in told), None)
        if key is None or not told[key]:
            raise LookupError(
                f"{name} takes {argument}: say in tests/web/house/addresses.py what to ask for"
            )
        values.append(told[key])
    chosen = islice(product(*values), most)
    return [reverse(name, kwargs=dict(zip(arguments, each, strict=True))) for each in chosen]
