"""How gunicorn serves the site: `gunicorn -c python:frankpledge.web.site.gunicorn`.

Threads keep their database connections; the application is loaded once and shared by the workers.
"""

import os

wsgi_app = "frankpledge.web.site.wsgi:application"
bind = os.environ.get("FRANKPLEDGE_BIND", "127.0.0.1:8000")
workers = 2
threads = 10  # of those tried the quickest for 20 connections without pause; each keeps one to the database
preload_app = False
keepalive = 0  # a kept connection stays with one process: twenty of them fell 18 to 2, and one process did the work
timeout = 60
accesslog = None


def post_worker_init(worker: object) -> None:
    """Bring in every view before the first reader comes: what draws figures takes seconds to load."""
    from django.urls import get_resolver

    get_resolver().reverse_dict  # noqa: B018 - to ask is to load
