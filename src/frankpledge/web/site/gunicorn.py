"""How gunicorn serves the site: `gunicorn -c python:frankpledge.web.site.gunicorn`.

Threads keep their database connections; the application is loaded once and shared by the workers.
"""

import os

wsgi_app = "frankpledge.web.site.wsgi:application"
bind = os.environ.get("FRANKPLEDGE_BIND", "127.0.0.1:8000")
workers = 2
threads = 4
preload_app = False
max_requests = 20_000
max_requests_jitter = 2_000
timeout = 60
accesslog = None
