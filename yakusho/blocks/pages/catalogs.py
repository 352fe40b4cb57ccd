"""翻訳 Catalogues of translations: find the strings of an app, keep its po files, compile them. Needs no gettext.

python -m yakusho.blocks.pages.catalogs collect yakusho/systems/city/resident_records
python -m yakusho.blocks.pages.catalogs compile yakusho
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

MARKS = {"gettext", "gettext_lazy", "gettext_noop", "_", "N_"}
PLURAL_MARKS = {"ngettext", "ngettext_lazy"}
JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_CALL = re.compile(r"\b(n?gettext)\((u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"))(?:,\s*(u?(?:'(?:\\.|[^'\\])*')))?")
LANGUAGES = ("en", "ja_Easy")


@dataclass(frozen=True, order=True)
class Found:
    """見つけた文字列 One string with its plural ("" for none) and where it stands."""

    text: str
    plural: str
    place: str = field(compare=False)


def strings(app: Path) -> list[Found]:
    """文字列 Every marked string of an app, each once."""
    found: dict[tuple[str, str], Found] = {}
    for path in sorted(app.rglob("*")):
        if "tests" not in path.parts and path.suffix in (".py", ".html", ".txt") and "migrations" not in path.parts:
            read = in_python if path.suffix == ".py" else in_template
            for one in read(path.read_text("utf-8"), path.relative_to(app).as_posix()):
                found.setdefault((one.text, one.plural), one)
    return list(found.values())


def in_template(source: str, place: str) -> Iterator[Found]:
    """テンプレート Strings of translate and blocktranslate."""
    for _, text, plural in _CALL.findall(templatize(source)):
        yield Found(ast.literal_eval(text), ast.literal_eval(plural) if plural else "", place)


def in_python(source: str, place: str) -> Iterator[Found]:
    """Python Marked strings; titles and descriptions of fields; names in `look`; the official terms of doors."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from (Found(text, plural, place) for text, plural in _in_call(node))
        elif isinstance(node, ast.FunctionDef) and _is_door(node):
            document = (ast.get_docstring(node) or "").split(maxsplit=1)
            yield from (Found(term, "", place) for term in document[:1])


def _in_call(call: ast.Call) -> Iterator[tuple[str, str]]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    if name in MARKS and texts:
        yield texts[0], ""
    elif name in PLURAL_MARKS and len(texts) > 1:
        yield texts[0], texts[1]
    elif name in ("Field", "look"):
        yield from ((text, "") for word in call.keywords for text in _said(word))


def _said(word: ast.keyword) -> Iterator[str]:
    values = word.value.values if isinstance(word.value, ast.Dict) else [word.value]
    if word.arg in ("title", "description", "labels", "many"):
        for value in values:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and JAPANESE.search(value.value):
                yield value.value


def _is_door(function: ast.FunctionDef) -> bool:
    calls = [mark.func for mark in function.decorator_list if isinstance(mark, ast.Call)]
    return any(getattr(one, "id", "") in ("action", "query") for one in calls)


def catalog(app: Path, locale: str) -> Catalog:
    """目録 The app's catalogue in a language; empty when there is none."""
    path = po_path(app, locale)
    if not path.exists():
        return Catalog(locale=_known(locale), charset="utf-8", fuzzy=False)
    with path.open("rb") as source:
        return read_po(source, locale=_known(locale))


def po_path(app: Path, locale: str) -> Path:
    """Where the catalogue of a language is."""
    return app / "locale" / locale / "LC_MESSAGES" / "django.po"


def missing(app: Path, locale: str) -> list[str]:
    """足りない訳 Strings of the app without a translation."""
    known = {
        message.id[0] if isinstance(message.id, tuple) else message.id: message for message in catalog(app, locale)
    }
    return [one.text for one in strings(app) if not (one.text in known and _translated(known[one.text].string))]


def collect(app: Path, locale: str) -> list[str]:
    """集める New strings into the po file, gone ones out of it; what is still untranslated."""
    before = catalog(app, locale)
    after = Catalog(locale=_known(locale), charset="utf-8", fuzzy=False, project="yakusho")
    for one in strings(app):
        identity = (one.text, one.plural) if one.plural else one.text
        kept = before.get(identity)
        after.add(identity, kept.string if kept else "", [(one.place, 1)])
    path = po_path(app, locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        write_po(target, after, sort_output=False, include_lineno=False, width=0, omit_header=False)
    _steady_header(path, locale)
    return missing(app, locale)


def _steady_header(path: Path, locale: str) -> None:
    # The header holds the hour of writing, which would change every file at every run.
    entries = path.read_text("utf-8").split("\n\n", 1)[1]
    plural = "nplurals=2; plural=(n != 1);" if locale == "en" else "nplurals=1; plural=0;"
    lines = ["Content-Type: text/plain; charset=utf-8", f"Language: {locale}", f"Plural-Forms: {plural}"]
    head = 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines)
    path.write_text(f"{head}\n{entries}", "utf-8")


def compile_stale(root: Path) -> list[Path]:
    """訳す Compile every po file that is newer than its mo file."""
    done = []
    for path in sorted(root.glob("**/locale/*/LC_MESSAGES/*.po")):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= path.stat().st_mtime_ns:
            continue
        draft = path.with_suffix(f".{os.getpid()}.draft")
        with path.open("rb") as source, draft.open("wb") as compiled:
            write_mo(compiled, read_po(source))
        draft.replace(target)
        done.append(target)
    return done


def _known(locale: str) -> str:
    return "ja" if locale == "ja_Easy" else locale


def _translated(text: object) -> bool:
    return all(text) if isinstance(text, list | tuple) else bool(text)


def main(words: list[str]) -> int:
    """`collect APP…` or `compile FOLDER`; 1 when something is untranslated."""
    command, folders = words[0], [Path(word) for word in words[1:]]
    if command == "compile":
        for folder in folders:
            _say(str(path) for path in compile_stale(folder))
        return 0
    left = []
    for app in folders:
        for locale in LANGUAGES if (app / "locale" / "ja_Easy").exists() else LANGUAGES[:1]:
            left += [f"{app.name} {locale}: {text}" for text in collect(app, locale)]
    _say(left)
    return 1 if left else 0


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
