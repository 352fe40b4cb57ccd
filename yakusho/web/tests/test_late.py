"""The API's addresses are read at the first visit, not before; then they are found like all others."""

import subprocess
import sys

from django.urls import URLResolver, path, resolve, reverse
from django.urls.resolvers import RegexPattern

from yakusho.web.late import LateAddresses

LOOK = """
import sys, django; django.setup()
from django.urls import resolve, reverse
told = [reverse("desk:home"), "yakusho.web.api" in sys.modules]
told += [resolve("/api/openapi.json").url_name, "yakusho.web.api" in sys.modules]
print(*told)
"""


def test_other_pages_do_not_wait_for_it():
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["/desk/", "False", "openapi-json", "True"]


def test_its_names_and_addresses_are_found():
    address = reverse("api:resident_records.move_in")
    assert address == "/api/actions/resident_records.move_in"
    assert resolve(address).view_name == "api:resident_records.move_in"


def test_a_module_that_is_never_visited_need_not_even_be_there():
    late = LateAddresses("late/", "no.such.module", namespace="late")
    house = URLResolver(RegexPattern(r"^/"), [late, path("here", print, name="here")])
    assert house.reverse("here") == "here"
    assert house.resolve("/here").url_name == "here"
    assert "urlconf_module" not in late.__dict__
