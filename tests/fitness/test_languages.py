"""English everywhere; やさしい日本語 wherever residents read, and written as its rules ask."""

import re
from collections.abc import Iterator

import pytest

from tests.fitness import tree
from yakusho.blocks.doors import EVERYONE, RESIDENT, systems
from yakusho.blocks.pages import catalogs

HOUSE = tree.HOUSE
APPS = sorted(path.parent for path in HOUSE.rglob("apps.py"))
READING = re.compile(r"([々〆ヶ\u3400-\u9fff\uf900-\ufaff]+)\(([ぁ-ゖー]+)\)")
KANJI = re.compile(r"[々〆ヶ\u3400-\u9fff\uf900-\ufaff]")
PLACE = re.compile(r"%\(\w+\)[sd]")
DOUBLE_NEGATIVE = re.compile(r"(なければ|ないと)[^。]*(ません|ない)|なくは(ない|ありません)|ないことは")
LONGEST = 40
# Shells, sign-in and the first page have no entry in the menu but are everybody's.
ALWAYS = {HOUSE / "blocks" / "pages", HOUSE / "blocks" / "identity", HOUSE / "web"}
# Rooms with a counter beside the residents' pages: only these templates are owed, not the clerks'.
OWN_PAGES = {"resident_records": ("mine.html", "looked.html")}


def for_residents():
    """The apps whose menu has an entry for everybody or for residents."""
    open_ = {system.path for system in systems() for entry in system.menu if entry.for_ in (EVERYONE, RESIDENT)}
    return sorted({path for path in APPS if str(path) in open_} | ALWAYS)


def owed(app):
    """Strings that residents read: the whole app's, or those of its pages for residents and of its menu."""
    found = catalogs.strings(app)
    if app.name in OWN_PAGES:
        pages = [path for name in OWN_PAGES[app.name] for path in app.rglob(name)]
        found = [one for path in pages for one in catalogs.in_template(path.read_text("utf-8"), path.name)]
        found += catalogs.in_python((app / "apps.py").read_text("utf-8"), "apps.py")
    return {one.text for one in found}


def said(app, locale) -> Iterator[tuple[str, str]]:
    """Every translated sentence of a catalogue with its source."""
    for message in catalogs.catalog(app, locale):
        source = message.id[0] if isinstance(message.id, tuple) else message.id
        texts = message.string if isinstance(message.string, tuple | list) else [message.string]
        yield from ((source, text) for text in texts if source and text)


def sentences(text):
    """What is left when readings, places and tags are taken away, cut at full stops."""
    plain = re.sub(r"<[^>]+>", "", PLACE.sub("", READING.sub(r"\1", text)))
    return [one.replace(" ", "") for one in re.split(r"[。！？\n]", plain)]


EASY = [app for app in APPS if catalogs.po_path(app, "ja_Easy").exists()]
named = pytest.mark.parametrize("app", EASY, ids=lambda app: app.name)


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_everything_is_said_in_english(app):
    assert catalogs.missing(app, "en") == []
    # Some examples of input are Japanese in every language; a sentence that was only copied is not a translation.
    left = [text for source, text in said(app, "en") if catalogs.JAPANESE.match(source) and source == text]
    assert left == []


def test_the_menu_tells_which_apps_residents_open():
    names = {app.name for app in for_residents()}
    assert {"certificates", "resident_records", "documents", "messages", "population", "evaluation"} <= names


@pytest.mark.parametrize("app", for_residents(), ids=lambda app: app.name)
def test_what_residents_read_is_said_plainly(app):
    assert sorted(owed(app) & set(catalogs.missing(app, "ja_Easy"))) == []


@named
def test_every_kanji_has_its_reading(app):
    bare = [text for _, text in said(app, "ja_Easy") if KANJI.search(READING.sub("", PLACE.sub("", text)))]
    assert bare == []


@named
def test_plain_sentences_are_short(app):
    long = [one for _, text in said(app, "ja_Easy") for one in sentences(text) if len(one) > LONGEST]
    assert long == []


@named
def test_plain_sentences_do_not_deny_twice(app):
    assert [text for _, text in said(app, "ja_Easy") if DOUBLE_NEGATIVE.search(READING.sub(r"\1", text))] == []


@pytest.mark.parametrize("locale", catalogs.LANGUAGES)
def test_translations_fill_the_same_places(locale):
    pairs = [(source, text) for app in APPS for source, text in said(app, locale)]
    assert [text for source, text in pairs if set(PLACE.findall(source)) != set(PLACE.findall(text))] == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [("市役所に 行(い)く", "reading"), ("あ" * 41, "length"), ("書(か)かなければ できません", "twice")],
)
def test_the_rules_find_what_breaks_them(text, rule):
    broken = {
        "reading": bool(KANJI.search(READING.sub("", text))),
        "length": any(len(one) > LONGEST for one in sentences(text)),
        "twice": bool(DOUBLE_NEGATIVE.search(READING.sub(r"\1", text))),
    }
    assert [name for name, found in broken.items() if found] == [rule]
