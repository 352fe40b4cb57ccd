"""Templates made ready once for each language say what Django's own say, and escape what Django's own escape."""

from datetime import date
from typing import Any

import pytest
from django.template import Context, Engine, TemplateDoesNotExist
from django.urls import NoReverseMatch, clear_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from yakusho.blocks.doors import Value
from yakusho.blocks.pages.compiled.nodes import Scope, Shown

XSS = "<script>alert('x')</script> & \"q\" %(name)s 100%"
BUILTINS = ["django.templatetags.i18n", "django.templatetags.static", "yakusho.blocks.pages.templatetags.pages"]
QUICK = "yakusho.blocks.pages.compiled.loader.Loader"
PLAIN = "django.template.loaders.cached.Loader"


class Person(Value):
    name: str
    age: int | None = None

    @property
    def broken(self) -> str:
        raise ValueError("broken")

    def said(self) -> str:
        return f"{self.name}さん"


WORLD: dict[str, Any] = {
    "text": XSS,
    "safe": mark_safe("<b>太字</b>"),
    "lazy": gettext_lazy("戻る"),
    "known": "戻る",
    "safe_known": mark_safe("<i>50%</i>"),
    "figure": 1234567,
    "share": 0.5,
    "yes": True,
    "nothing": None,
    "empty": "",
    "day": date(2026, 11, 14),
    "people": [Person(name=XSS, age=3), Person(name="見本 花子")],
    "pairs": [("甲", 1), ("乙", 2)],
    "table": {"key": "value<", "items": "shadow", "inner": {"a": 1}},
    "call": lambda: "called<",
}
SAME = [
    "{{ text }} {{ safe }} {{ lazy }} {{ figure }} {{ share }} {{ yes }} {{ nothing }} {{ empty }} {{ missing }}",
    "{{ text|safe }} {{ text|upper }} {{ missing|default:text }} {{ text|default:safe }} {{ missing.more|default:'—' }}",
    "{% autoescape off %}{{ text }}{{ figure }}{% endautoescape %}{{ text }}",
    "{{ table.key }} {{ table.items }} {{ table.inner.a }} {{ table.none }} {{ pairs.0.1 }} {{ pairs.9 }} {{ call }}",
    "{% for one in people %}{{ forloop.counter }}{{ one.name }}{{ one.age }}{{ one.said }}{{ one.lost }}{% endfor %}",
    "{% for one, two in pairs %}{{ one }}{{ two }}{% if forloop.last %}.{% endif %}{% empty %}-{% endfor %}{{ one }}",
    "{% for one in missing %}x{% empty %}none{% endfor %}{% if missing %}a{% elif people.0.age == 3 %}b{% endif %}",
    "{% if not missing and text %}1{% endif %}{% if missing is None %}2{% endif %}{% if people.0.lost %}3{% endif %}",
    "{% translate '戻る' %}{% translate known %}{% translate text %}{% translate safe_known %}{% translate missing %}",
    "{% translate '戻る' as back %}[{{ back }}]{{ _('戻る') }}{% translate '割引 10%' %}{% translate lazy %}",
    "{% blocktranslate %}戻る{% endblocktranslate %}{% blocktranslate %}50% {{ text }} {{ missing }}{% endblocktranslate %}",
    "{% blocktranslate with name=text|upper %}{{ name }}の<b>{{ figure }}</b>{% endblocktranslate %}{{ name }}",
    "{% blocktranslate count n=figure %}{{ n }}件{% plural %}{{ n }}件ずつ{% endblocktranslate %}",
    "{% blocktranslate asvar it %}戻る {{ text }}{% endblocktranslate %}{{ it }}",
    "{% icon 'lock' %}{% key 'F4' %}{% key 1 %}{% key text %}{% static 'pages/keys.js' %}{{ day|wareki }}",
    "{% include 'part' %}{% include 'part' with text='given' one=people.1 %}{{ one.name }}{% include 'part' with text=safe %}",
    "{% include 'sets' %}[{{ set_there }}]{% include name %}{% include 'part' only %}{% comment %}{{ text }}{% endcomment %}",
    "{% with one=people.0 %}{% include 'part' %}{% endwith %}{% load i18n %}{% include 'nested' %}",
    "{% extends 'base' %}{% block main %}{{ block.super }}{{ text }}{% include 'part' %}{% endblock %}",
    "{% extends 'middle' %}{% block main %}m{{ block.super }}{% endblock %}{% block title %}{{ text }}{% endblock %}",
]
PARTS = {
    "part": "<p>{{ text }}{{ one.name }}{% translate '戻る' %}</p>",
    "sets": "{% translate '戻る' as set_there %}{{ set_there }}",
    "nested": "{% include 'part' with text=figure %}{% for one in people %}{% include 'part' %}{% endfor %}",
    "base": "<title>{% block title %}{% translate '戻る' %}{% endblock %}</title>{% block main %}base{% endblock %}",
    "middle": "{% extends 'base' %}{% block main %}[{{ block.super }}]{% endblock %}",
    "itself": "{{ depth.0 }}{% if depth.1 %}{% with depth=depth.1 %}{% include 'itself' %}{% endwith %}{% endif %}",
    "blocked": "{% block main %}{{ text }}{% endblock %}",
    "page": "{% block main %}page{% endblock %}{% include 'blocked' %}",
    "lost": "{% if empty %}{% include 'nowhere' %}{% endif %}kept",
}


def engine(loader: str) -> Engine:
    pages = PARTS | {f"same{number}": source for number, source in enumerate(SAME)}
    libraries = {"i18n": "django.templatetags.i18n"}
    loaders = [(loader, [("django.template.loaders.locmem.Loader", pages)])]
    return Engine(loaders=loaders, builtins=BUILTINS, libraries=libraries)


def rendered(loader: str, name: str, **more: Any) -> str:
    return str(engine(loader).get_template(name).render(Context(WORLD | {"name": "part"} | more)))


@pytest.mark.parametrize("language", ["ja", "en", "ja-easy"])
@pytest.mark.parametrize("number", range(len(SAME)))
def test_says_what_django_says(number: int, language: str) -> None:
    with translation.override(language):
        name = f"same{number}"
        assert rendered(QUICK, name) == rendered(PLAIN, name) != ""


@pytest.mark.parametrize(("name", "around"), [("sets", "{}"), ("base", "<title>{}</title>base")])
def test_every_language_has_its_own(name: str, around: str) -> None:
    """Also where the words are constants, which are written when the template is read."""
    quick = engine(QUICK)
    said = []
    for language in ("ja", "en", "ja"):
        with translation.override(language):
            said.append(quick.get_template(name).render(Context()))
    assert said == [around.format(word) for word in ("戻る", "Back", "戻る")]


def test_nothing_that_is_typed_becomes_markup() -> None:
    for number in range(len(SAME)):
        shown = rendered(QUICK, f"same{number}")
        if "|safe" not in SAME[number] and "autoescape off" not in SAME[number]:
            assert "<script>" not in shown


def test_a_template_in_itself_ends_with_its_content() -> None:
    assert rendered(QUICK, "itself", depth=[1, [2, [3, None]]]) == "123"


def test_blocks_of_an_included_template_are_its_own() -> None:
    assert rendered(QUICK, "page") == rendered(PLAIN, "page") != ""


def test_what_is_not_there_is_missed_when_it_is_needed() -> None:
    assert rendered(QUICK, "lost") == "kept"
    with pytest.raises(TemplateDoesNotExist):
        rendered(QUICK, "lost", empty="no")
    with pytest.raises(TemplateDoesNotExist):
        rendered(QUICK, "nowhere")


def test_an_error_in_a_value_is_not_swallowed() -> None:
    broken = Engine(loaders=[(QUICK, [("django.template.loaders.locmem.Loader", {"it": "{{ people.0.broken }}"})])])
    with pytest.raises(ValueError, match="broken"):
        broken.get_template("it").render(Context(WORLD))


def test_constants_stand_as_text_and_includes_in_their_place() -> None:
    quick = engine(QUICK)
    part = quick.get_template("part").nodelist
    assert [type(node).__name__ for node in part] == ["TextNode", "Shown", "Shown", "TextNode"]
    given = quick.get_template("nested").nodelist
    assert isinstance(given[0], Scope)
    assert quick.get_template("same16").nodelist.get_nodes_by_type(Shown) != []
    assert len(quick.get_template("same14").nodelist.get_nodes_by_type(Shown)) == 1


@pytest.mark.parametrize("given", [5, 0, -1, "7", "a/b", None, 10**17])
def test_addresses_are_those_of_django(given: Any) -> None:
    source = {"it": "{% url 'resident_records:household' given %}"}
    said = []
    for loader in (QUICK, PLAIN):
        page = Engine(loaders=[(loader, [("django.template.loaders.locmem.Loader", source)])]).get_template("it")
        try:
            said.append(page.render(Context({"given": given})))
        except NoReverseMatch:
            said.append("none")
    assert said[0] == said[1]


def test_addresses_follow_the_place_of_the_house() -> None:
    source = {"it": "{% url 'portal:home' %} {% url 'resident_records:received' 3 41 %}"}
    page = Engine(loaders=[(QUICK, [("django.template.loaders.locmem.Loader", source)])]).get_template("it")
    assert page.render(Context()) == "/ /resident_records/desk/person/3/received/41"
    set_script_prefix("/hall/")
    try:
        assert page.render(Context()).startswith("/hall/ /hall/resident_records/")
    finally:
        clear_script_prefix()
