"""The house's settings with nothing of the house: Django's own middleware, one page with one query. The peer of a page."""

from yakusho.web.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks._bare_urls"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
LINKS = '{% for one in links %}<li><a href="/{{ one }}">{{ one }}</a></li>{% endfor %}'
BASE = '<!doctype html><html lang="ja"><head><title>{% block title %}{% endblock %}</title></head><body><nav><ul>'
PAGES = {
    "base.html": BASE + LINKS + "</ul></nav><main>{% block main %}{% endblock %}</main></body></html>",
    "page.html": "{% extends 'base.html' %}{% block title %}{{ one.id }}{% endblock %}"
    "{% block main %}<h1>{{ one.id }}</h1><p>{{ one.shown }}</p>{% endblock %}",
}
LOADERS = [("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", PAGES)])]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": LOADERS}}]
