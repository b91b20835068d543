"""A version's way to the panel and into force: each step on a page that says what it means."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from frankpledge.web.organisations.roles import Role
from frankpledge.web.plans import acts
from frankpledge.web.plans.forms import (
    AdoptForm,
    OnForm,
    PanelReportForm,
    ResponseForm,
    WhyForm,
)
from frankpledge.web.plans.models import PlanVersion
from frankpledge.web.plans.states import PUBLISHED, State
from frankpledge.web.plans.views.acting import act_page
from frankpledge.web.plans.views.drafting import asked_or_sent
from frankpledge.web.plans.views.where import Where, plan_here


def _with_panel(where: Where, number: int, permission: str) -> PlanVersion:
    version = where.version(number)
    if version.state != State.WITH_PANEL:
        raise Http404("This version is not with the panel.")
    where.ask(permission, version)
    return version


@asked_or_sent
def send(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """Send a draft to the panel."""
    where = plan_here(request, place)
    version = where.draft(number, "plans.send_to_panel")
    return act_page(
        where,
        OnForm(request.POST or None, label="The day it was sent"),
        lambda given: acts.send_to_panel(by=request.user, version=version, **given),
        title=f"Send version {number} to the panel",
        intro="The panel will see it from now on, and its words can no longer be changed. A correction will need"
        " a new version.",
        warning=True,
        button="Send to the panel",
        done=f"Version {number} was sent to the panel.",
        back=where.to("version", number=number),
    )


@asked_or_sent
def panel_report(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """Record what the panel reported."""
    where = plan_here(request, place)
    version = _with_panel(where, number, "plans.record_panel_report")
    return act_page(
        where,
        PanelReportForm(request.POST or None, label="The day of the report"),
        lambda given: acts.record_panel_report(by=request.user, version=version, **given),
        title=f"The panel's report on version {number}",
        intro="Published with the version once it is adopted.",
        button="Record the report",
        done="The panel's report is recorded.",
        back=where.to("version", number=number),
    )


@asked_or_sent
def response(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """Record the commissioner's response to the panel."""
    where = plan_here(request, place)
    version = _with_panel(where, number, "plans.answer_panel")
    return act_page(
        where,
        ResponseForm(request.POST or None, label="The day of the response"),
        lambda given: acts.answer_panel(by=request.user, version=version, **given),
        title=f"The response to the panel on version {number}",
        intro="Published with the version once it is adopted.",
        button="Record the response",
        done="The response to the panel is recorded.",
        back=where.to("version", number=number),
    )


@asked_or_sent
def adopt(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """Adopt a version, in place of the one in force."""
    where = plan_here(request, place)
    version = _with_panel(where, number, "plans.adopt")
    form = AdoptForm(request.POST or None, label="The day it was adopted")
    if request.user.holds(Role.COMMISSIONER, at=version.body_id):
        del form.fields["on_record"]
    return act_page(
        where,
        form,
        lambda given: acts.adopt_version(by=request.user, version=version, **given),
        title=f"Adopt version {number}",
        intro="It will be public at once, and the version now in force, if there is one, will give way to it."
        " This cannot be taken back: a later change needs a new version.",
        warning=True,
        button="Adopt the plan",
        done=f"Version {number} is in force.",
        back=where.to("current"),
    )


@asked_or_sent
def withdraw(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """Withdraw a version that was never adopted."""
    where = plan_here(request, place)
    version = where.version(number)
    if version.state in (*PUBLISHED, State.WITHDRAWN):
        raise Http404("This version is not withdrawn: it was adopted, or is withdrawn already.")
    where.ask("plans.withdraw", version)
    return act_page(
        where,
        WhyForm(request.POST or None, label="Why it is withdrawn"),
        lambda given: acts.withdraw_version(by=request.user, version=version, **given),
        title=f"Withdraw version {number}",
        intro="It is kept, with the reason, and can no longer be edited, sent or adopted.",
        warning=True,
        button="Withdraw it",
        done=f"Version {number} is withdrawn.",
        back=where.to("versions"),
    )
