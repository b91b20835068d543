"""The addresses of the pages on which measures are kept."""

from __future__ import annotations

from django.urls import path

from frankpledge.web.measures.views import choosing, defining, goals, judging, uploading, words

urls = [
    path("measures/", defining.all_measures, name="all"),
    path("measures/load/", choosing.load, name="load"),
    path("measures/share/", choosing.share, name="share"),
    path("measures/<slug:key>/definition/", defining.definition, name="definition"),
    path("measures/<slug:key>/definition/revise/", defining.revise, name="revise"),
    path("measures/<slug:key>/owner/", defining.owner, name="owner"),
    path("measures/<slug:key>/commitments/", defining.commitments, name="commitments"),
    path("measures/<slug:key>/goals/", goals.goals, name="goals"),
    path("measures/<slug:key>/goals/<int:year>/", goals.set_year, name="goal"),
    path("measures/<slug:key>/goals/<int:year>/review/", goals.review, name="goal-review"),
    path("measures/<slug:key>/commentary/", words.commentary, name="commentary"),
    path("figures/", uploading.all_uploads, name="uploads"),
    path("figures/judging/", judging.judging, name="judging"),
    path("figures/judging/change/", judging.settle, name="settle"),
    path("figures/judging/<slug:kind>/add/", judging.note, name="note"),
    path(
        "figures/judging/<slug:kind>/<int:number>/take-back/", judging.take_back, name="take-back"
    ),
    path("figures/upload/", uploading.new_upload, name="new-upload"),
    path("figures/uploads/<int:number>/", uploading.one_upload, name="upload"),
    path("figures/uploads/<int:number>/commit/", uploading.commit, name="commit"),
    path("figures/uploads/<int:number>/discard/", uploading.discard, name="discard"),
    path("figures/uploads/<int:number>/undo/", uploading.undo, name="undo"),
]
"""Below a place's slug."""

own_urls = [path("my/measures/", words.my_measures, name="mine")]
"""What is a person's own, and of no place."""
