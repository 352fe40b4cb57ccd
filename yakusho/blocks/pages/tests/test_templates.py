"""What the strict policy and the three languages ask of every template of the house."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

import yakusho
from yakusho.blocks.pages import catalogs
from yakusho.blocks.pages.tests.toys import NOON, request

HOUSE = Path(yakusho.__path__[0])
TEMPLATES = sorted(path for path in HOUSE.glob("**/templates/**/*.html"))
APPS = sorted(path.parent for path in HOUSE.glob("**/apps.py"))
OURS = [HOUSE / "blocks" / "pages", HOUSE / "web"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_no_template_has_style_or_script_of_its_own(path):
    text = path.read_text("utf-8")
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"javascript:", text)
    assert re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_no_template_fetches_from_elsewhere(path):
    assert not re.search(r"(src|href)=\"(https?:)?//", path.read_text("utf-8"))


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_every_string_of_the_house_is_in_english(app):
    assert catalogs.missing(app, "en") == [], "python -m yakusho.blocks.pages.catalogs collect, then translate"


@pytest.mark.parametrize("app", OURS, ids=lambda app: app.name)
def test_every_string_of_the_shells_is_in_plain_japanese(app):
    assert catalogs.missing(app, "ja_Easy") == []


@pytest.mark.parametrize("app", OURS, ids=lambda app: app.name)
def test_plain_japanese_has_a_reading_for_each_kanji(app):
    bare = []
    for message in catalogs.catalog(app, "ja_Easy"):
        texts = message.string if isinstance(message.string, tuple | list) else [message.string]
        for text in texts if message.id else []:
            left = re.sub(r"[々\u3400-\u9fff]+\([ぁ-ゖー]+\)", "", re.sub(r"%\(\w+\)[sd]", "", text))
            if re.search(r"[\u3400-\u9fff]", left):
                bare.append(text)
    assert bare == []


def test_translations_keep_their_places_to_fill():
    wrong = []
    for app in OURS:
        for locale in catalogs.LANGUAGES:
            for message in catalogs.catalog(app, locale):
                source = message.id[0] if isinstance(message.id, tuple) else message.id
                said = message.string if isinstance(message.string, tuple | list) else [message.string]
                wrong += [
                    text
                    for text in said
                    if set(re.findall(r"%\(\w+\)[sd]", source)) != set(re.findall(r"%\(\w+\)[sd]", text))
                ]
    assert wrong == []


@pytest.mark.parametrize("path", sorted(HOUSE.glob("**/static/**/*.css")), ids=lambda path: path.name)
def test_styles_use_no_fixed_sizes_of_type_and_fetch_nothing(path):
    text = path.read_text("utf-8")
    assert not re.search(r"@import|url\(", text)
    assert text.count("{") == text.count("}")


def rendered(source, **context):
    asked = request("/toys/?q=%E3%81%82&page=2")
    return Template(source).render(Context({"request": asked, **context}))


def test_tags_write_dates_amounts_and_addresses():
    day = NOON.date()
    assert rendered("{{ d|wareki }}", d=day) == '<time datetime="2026-11-23">令和8年11月23日（月）</time>'
    assert rendered("{{ d|era_short }}", d=day) == '<time datetime="2026-11-23">R8.11.23</time>'
    assert 'class="kana">2026-11-23' in rendered("{{ d|era_iso }}", d=day)
    assert "11月23日（月） 12:00" in rendered("{{ t|clock }}", t=NOON)
    assert rendered("{{ d|last_day|day }}", d=day) == '<time datetime="2026-11-22">11月22日（日）</time>'
    assert rendered("{{ t|era_plain }}|{{ d|era_plain }}", d=day, t=NOON) == "R8.11.23 12:00|R8.11.23"
    assert rendered("{{ none|wareki }}{{ none|yen }}{{ none|era_iso }}{{ none|last_day|wareki }}", none=None) == ""
    assert rendered("{{ n|yen }} {{ n|number }}", n=1234) == "1,234円 1,234"
    assert rendered("{% url_with page=3 %}") == "/toys/?q=%E3%81%82&amp;page=3"
    assert rendered("{% url_with page=None q=None %}") == "/toys/"


def test_tags_draw_keys_icons_and_bars():
    assert rendered('{% key "Alt" name %}', name="<Y>") == "<kbd>Alt</kbd><kbd>&lt;Y&gt;</kbd>"
    assert 'aria-hidden="true"' in rendered('{% icon "lock" %}')
    drawn = rendered('{% bars rows unit="人" %}', rows=[("子", 50), ("大人", 100)])
    assert 'width="50.00%"' in drawn
    assert "100人" in drawn
    assert rendered("{% bars rows %}", rows=[]).count("<rect") == 0


def test_ruby_escapes_what_it_is_given():
    assert (
        rendered("{{ t|ruby }}", t="<b>市(し)")
        == "<span>&lt;b&gt;<ruby>市<rp>(</rp><rt>し</rt><rp>)</rp></ruby></span>"
    )


def test_collect_finds_strings_wherever_they_stand(tmp_path):
    (tmp_path / "views.py").write_text(
        'from x import look\n@query(allowed=A)\ndef f():\n    """人口 People."""\n\n'
        'a = _("甲")\nb = ngettext("%(n)s件", "%(n)s件たち", 2)\nc = Field(title="題", json_schema_extra=look(labels={"x": "乙"}, many="丙"))\n'
    )
    (tmp_path / "p.html").write_text(
        '{% translate "丁" %}{% blocktranslate count n=1 %}戊{% plural %}己{% endblocktranslate %}'
    )
    assert catalogs.collect(tmp_path, "en") == ["丁", "戊", "人口", "甲", "%(n)s件", "題", "乙", "丙"]
    text = catalogs.po_path(tmp_path, "en").read_text()
    catalogs.po_path(tmp_path, "en").write_text(text.replace('msgid "甲"\nmsgstr ""', 'msgid "甲"\nmsgstr "A"'))
    assert "甲" not in catalogs.collect(tmp_path, "en")
    assert [path.name for path in catalogs.compile_stale(tmp_path)] == ["django.mo"]
    assert catalogs.compile_stale(tmp_path) == []


def test_the_catalogue_is_played():
    with translation.override("en"):
        assert rendered('{% translate "はい" %}') == "Yes"
