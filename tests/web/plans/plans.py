"""Plans for tests: an adopted plan of the first office, in invented words.

`make_plan(bodies, people)` needs nothing else; other apps' tests point actions and measures at
`Commitment.objects.get(plan=plan, key="1-1")`.
"""

from __future__ import annotations

from datetime import date

from frankpledge.web.plans.models import (
    Commitment,
    FocusArea,
    Objective,
    Outcome,
    Plan,
    PlanVersion,
    StatedCommitment,
    StatedObjective,
)

OBJECTIVES = (
    ("victims", "1", "Help those who were harmed", (
        ("1-1", "1.1", "Answering every call for help.", "chief_officer"),
        ("a-1", "A.1", "Publish a charter for victims.", "commissioner"),
    )),
    ("secure", "2", "Keep people safe", (
        ("2-1", "2.1", "Sending help in time.", "chief_officer"),
        ("2-2", "2.2", "Preventing burglary.", "chief_officer"),
        ("t-1", "T.1", "Make the roads safer.", "together"),
    )),
)  # fmt: skip


def make_plan(bodies, people, *, prefix: str = "", key: str = "safer") -> Plan:
    """An adopted plan with two objectives and five commitments: rows written, no acts done."""
    plan = Plan.objects.create(
        body=bodies[prefix + "office"],
        key=key,
        title="A Safer Shire",
        starts=date(2022, 1, 24),
        ends=date(2025, 3, 31),
        elected_on=date(2021, 5, 6),
        visibility="public",
    )
    officer, commissioner = (people[prefix + role] for role in ("office_officer", "commissioner"))
    version = PlanVersion.objects.create(
        plan=plan,
        number=1,
        label="As first adopted",
        state="adopted",
        vision="Nobody is harmed.",
        drafted_by=officer,
        drafted_on=date(2021, 9, 20),
        sent_by=officer,
        sent_on=date(2021, 11, 19),
        panel_report_by=people[prefix + "panel_officer"],
        panel_report_on=date(2021, 12, 13),
        panel_report="The panel supports the plan.",
        response_by=officer,
        response_on=date(2022, 1, 10),
        response_to_panel="The commissioner thanks the panel.",
        adopted_by=commissioner,
        adopted_on=date(2022, 1, 24),
        starts=date(2022, 1, 24),
    )
    state_all(version)
    return plan


def state_all(version: PlanVersion, objectives=OBJECTIVES) -> None:
    order = 0
    for at, (key, ref, title, commitments) in enumerate(objectives):
        objective = Objective.objects.create(plan=version.plan, key=key)
        stated = StatedObjective.objects.create(
            version=version, objective=objective, ref=ref, title=title, order=at,
            why_it_matters=f"Why {key} matters.",
        )  # fmt: skip
        FocusArea.objects.create(stated_objective=stated, text=f"Focus of {key}")
        Outcome.objects.create(stated_objective=stated, text=f"Outcome of {key}")
        for commitment_key, commitment_ref, text, party in commitments:
            order += 1
            StatedCommitment.objects.create(
                version=version,
                commitment=Commitment.objects.create(plan=version.plan, key=commitment_key),
                stated_objective=stated,
                ref=commitment_ref,
                text=text,
                party=party,
                order=order,
            )


def words_of_pdf(content: bytes) -> str:
    """The words of all pages of a PDF, lines joined."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    words = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(words).split())
