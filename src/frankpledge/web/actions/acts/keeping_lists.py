"""Making lists of actions and the schemes they are rated by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import slugify

from frankpledge.web.actions.acts.keeping import stale_day
from frankpledge.web.actions.acts.refusing import NotAsAskedError, refuse_if
from frankpledge.web.actions.models import ActionList, RagMeaning, RagScheme
from frankpledge.web.actions.rules.sharing import is_no_wider
from frankpledge.web.audit.acts import act, locked, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.organisations.models import Body
from frankpledge.web.plans.models import Plan


@act("rag_scheme.made", needs="actions.keep_scheme", on="body")
def make_scheme(
    *, by: Any, body: Body, name: str, meanings: Iterable[Mapping[str, str]]
) -> RagScheme:
    """A scheme and its ratings, in order: each with `word`, `shape`, `meaning` and, if it has one, `key`."""
    meanings = list(meanings)
    words = [each["word"].strip() for each in meanings]
    problems = {}
    if not name.strip():
        problems["name"] = "Enter the name of the scheme"
    elif RagScheme.objects.filter(body=body, name=name.strip()).exists():
        problems["name"] = f"{body} already has a scheme called {name.strip()}"
    if len(words) < 2 or not all(words):
        problems["meanings"] = "Enter at least two ratings, each with its word"
    elif len({word.lower() for word in words}) < len(words):
        problems["meanings"] = "Each rating needs a word of its own"
    elif not all(each["meaning"].strip() for each in meanings):
        problems["meanings"] = "Say what each rating means"
    refuse_if(problems)
    scheme = RagScheme.objects.create(body=body, name=name.strip())
    for order, each in enumerate(meanings):
        word = each["word"].strip()
        RagMeaning.objects.create(
            scheme=scheme,
            key=each.get("key") or slugify(word)[:20],
            word=word,
            shape=each["shape"],
            meaning=each["meaning"].strip(),
            order=order,
        )
    told = [[m.key, m.word, m.shape, m.meaning] for m in scheme.meanings.all()]
    record(scheme, became=snapshot(scheme) | {"meanings": told})
    return scheme


@act("action_list.made", needs="actions.keep_list", on="body")
def make_list(
    *,
    by: Any,
    body: Body,
    name: str,
    kind: str = ActionList.Kind.OTHER,
    scheme: RagScheme | None = None,
    plan: Plan | None = None,
    stale_after_days: int = 90,
    visibility: str = "office",
    classification: str = "OFFICIAL",
    slug: str = "",
) -> ActionList:
    slug = slug or slugify(name)[:80]
    if not slug:
        raise NotAsAskedError({"name": "Enter the name of the list"})
    if ActionList.objects.filter(body=body, slug=slug).exists():
        raise NotAsAskedError({"name": f"{body} already has a list called {name}"})
    made = ActionList.objects.create(
        body=body, name=name.strip(), slug=slug, kind=kind, scheme=scheme, plan=plan,
        stale_after_days=stale_after_days, visibility=visibility, classification=classification,
    )  # fmt: skip
    record(made)
    return made


@act("action_list.changed", needs="actions.keep_list", on="action_list")
def change_list(
    *,
    by: Any,
    action_list: ActionList,
    name: str,
    stale_after_days: int,
    visibility: str,
    plan: Plan | None = None,
    why: str = "",
) -> ActionList:
    """Change a list. When silence begins to count sooner or later, it does for all of its actions."""
    was = snapshot(action_list)
    changed = locked(action_list)
    wider = sum(
        not is_no_wider(changed.body.kind, each, visibility)
        for each in changed.actions.values_list("visibility", flat=True)
    )
    if wider:
        raise NotAsAskedError(
            {"visibility": f"{wider} of its actions are shared more widely: change those first"}
        )
    moved = changed.stale_after_days != stale_after_days
    changed.name, changed.stale_after_days = name.strip(), stale_after_days
    changed.visibility, changed.plan = visibility, plan
    changed.save()
    if moved:
        actions = list(
            changed.actions.select_related("latest", "list").select_for_update(of=("self",))
        )
        for action in actions:
            action.stale_from = stale_day(action, stale_after_days)
        changed.actions.model.objects.bulk_update(actions, ["stale_from"], batch_size=500)
    record(changed, was=was, why=why)
    return changed
