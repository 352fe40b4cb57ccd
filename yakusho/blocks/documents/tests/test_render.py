"""The press is pure: the same in, the same out; data is never evaluated; whatever is doubtful stops it."""

import hashlib
import io
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings

from yakusho.blocks.documents import CharacterNotPrintable, Field, Section
from yakusho.blocks.documents._internal.readers import read_glyphs, read_pdfium
from yakusho.blocks.documents._internal.render import NotRendered, render
from yakusho.blocks.documents.tests import making, support
from yakusho.blocks.documents.tests.making import Made

STATE = Path(settings.STATE)
OWN = Made()
AGAIN = """
import hashlib, sys
from yakusho.blocks.documents.tests.making import Made
print(hashlib.sha256(Made().unsealed()).hexdigest())
"""


def printed(text: str) -> str:
    made = replace(OWN, sections=(Section("一", (Field("値", text),)),))
    return read_glyphs(made.unsealed()).pages[0]


def test_the_same_data_give_the_same_bytes():
    assert OWN.unsealed() == OWN.unsealed()


def test_a_fresh_process_gives_the_same_bytes():
    code = "import os, django; django.setup()" + AGAIN
    env = {"DJANGO_SETTINGS_MODULE": "yakusho.web.settings", "PATH": "/usr/bin"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=settings.BASE_DIR, env=env)
    assert done.stdout.strip() == hashlib.sha256(OWN.unsealed()).hexdigest(), done.stderr


def test_the_instant_comes_from_the_request():
    data = OWN.data()
    later = render(OWN.template, data, support.AT + timedelta(days=1), state=STATE)
    assert later != OWN.unsealed()
    with pikepdf.open(io.BytesIO(later)) as document:
        assert "20261124" in str(document.docinfo["/CreationDate"])


@pytest.mark.parametrize(
    "text",
    [
        '#read("paper.typ")',
        "*_$[]#\\",
        "#panic()",
        "<a>@b//c",
        "= 見出し",
        "#sys.inputs",
        '"); #(1+1)',
        "- 一つ",
        "$x^2$",
    ],
)
def test_data_are_printed_not_evaluated(text):
    assert text.replace(" ", "") in printed(text).replace(" ", "")


@pytest.mark.parametrize("text", ["\x00", "\x1b[1m", "一\u202e二", "محمد", "\ue001"])
def test_what_cannot_be_printed_is_refused_before_printing(text):
    with pytest.raises(CharacterNotPrintable):
        printed(text)


@pytest.mark.parametrize(
    "text", ["葛\U000e0102", "葛\U000e0100", "辻\U000e0101葛\U000e0103", "か\u3099き", "髙﨑𠮷", "〜～①㈱"]
)
def test_selectors_and_rare_characters_come_out(text):
    assert not read_glyphs(replace(OWN, sections=(Section("一", (Field("値", text),)),)).unsealed()).empty_box


def test_a_long_name_gets_smaller_and_is_not_cut():
    name = "MIHON MARIA ESPERANZA KATARINA DE LA CRUZ SMITHSON WILLIAMSON JUAN CARLOS ALBERTO"
    made = replace(OWN, sections=(making.member(1, name),))
    for pages in (read_glyphs(made.unsealed()).pages, read_pdfium(made.unsealed()).pages):
        assert name.replace(" ", "") in "".join(pages).replace(" ", "").replace("\r\n", "")


def test_a_name_that_does_not_fit_is_not_printed():
    with pytest.raises(NotRendered, match="name does not fit"):
        replace(OWN, sections=(making.member(1, "見本" * 200),)).unsealed()


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ('#import "/paper.typ": *\n#show: paper\n#d.nothing', "nothing"),
        ('#import "/paper.typ": *\n#show: paper\n#text(font: "No Such Font")[一]', "unknown font"),
        ('#import "/../apps.py": *', "path"),
        ('#image("/etc/passwd")', "file"),
    ],
)
def test_a_wrong_template_stops_the_press(template, why):
    with pytest.raises(NotRendered, match=why):
        replace(OWN, template=template).unsealed()


def test_the_paper_is_tagged_and_says_what_it_is():
    with pikepdf.open(io.BytesIO(OWN.unsealed())) as document:
        assert str(document.Root.Lang).startswith("ja")
        assert bool(document.Root.MarkInfo.Marked)
        metadata = str(document.Root.Metadata.read_bytes(), "utf-8")
        assert "pdfuaid:part" in metadata
        assert "pdfaid:part" in metadata
        assert str(document.docinfo["/Title"]) == "住民票の写し"


def test_a_real_city_has_no_sample_pattern():
    real = replace(OWN, change=lambda data: {**data, "sample": False})
    assert len(real.unsealed()) < len(OWN.unsealed())
