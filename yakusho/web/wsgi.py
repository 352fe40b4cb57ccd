"""The door for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from yakusho.blocks.documents import build

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yakusho.web.settings")
application = get_wsgi_application()
ADDRESSES = get_resolver().url_patterns  # read before the server forks, so that no worker's first page waits for it
BUILD = build.own()  # of the program as it was read: its files may change while it runs
gc.collect()
gc.freeze()  # what is read by now stays as long as the process: the collector need not go through it again and again
