"""One page with one query."""

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

LINKS = ("住民票", "税", "図書", "施設", "保育", "防災", "議会", "統計")


def page(request: HttpRequest) -> HttpResponse:
    """A person's line, by its primary key."""
    one = apps.get_model("people", "PersonSearch").objects.get(pk=1)
    return render(request, "page.html", {"one": one, "links": LINKS})


urlpatterns = [path("", page)]
