"""The pages: choose a file, see its errors, import it; ask, agree and take an export; everything in English, too."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from yakusho.blocks.doors import NOBODY
from yakusho.blocks.pages import catalogs
from yakusho.systems.city.resident_exchange import models
from yakusho.systems.city.resident_exchange.tests.conftest import (
    ALONE,
    AT,
    CLERK,
    HEAD,
    HEADINGS,
    MANAGER,
    OTHER_MANAGER,
    WIFE,
    file,
    table,
    text,
)

ROOM = Path(__file__).resolve().parent.parent
IMPORTS, EXPORTS = reverse("resident_exchange:imports"), reverse("resident_exchange:exports")
HOUR = timedelta(hours=1)


@pytest.fixture
def sit(client, monkeypatch, towns):
    """A browser with this officer at it."""

    def down(actor, at=AT):
        def who(request):
            request.visit = None
            return actor

        monkeypatch.setattr("yakusho.blocks.pages.clock.read", lambda: at)
        monkeypatch.setattr("yakusho.blocks.identity.middleware.visits.actor_of", who)
        return client

    return down


def send(client, *lines, headings=HEADINGS):
    sent = SimpleUploadedFile("people.csv", text(*lines, headings=headings).encode())
    return client.post(IMPORTS, {"content": sent})


def columns(*, act="check", **more):
    named = dict(zip(HEADINGS.split(","), FIELDS, strict=True))
    return {f"column-{place}": named[heading] for place, heading in enumerate(named)} | {"act": act} | more


FIELDS = ("external_id", "household", "family", "given", "family_kana", "given_kana", "sex", "born", "relation", "address", "resident_since")  # fmt: skip


def words(answer):
    html = answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")]))


def test_from_the_file_to_the_result(sit):
    client = sit(MANAGER)
    page = send(client, HEAD, WIFE, ALONE)
    assert page.status_code == 302
    shown = client.get(page["location"])
    assert re.search(r'<option value="family_kana" selected>氏の振り仮名', shown.content.decode())
    checked = client.post(page["location"], columns())
    assert "3行を取り込む" in words(checked)
    assert not table("Person").exists()
    done = client.post(page["location"], columns(act="import"))
    assert done.status_code == 302
    assert "3人、2世帯を取り込みました" in words(client.get(done["location"]))
    assert "people.csv" in words(client.get(IMPORTS))


def test_errors_stand_in_a_table_and_nothing_is_imported(sit):
    client = sit(MANAGER)
    page = send(client, HEAD, WIFE.replace("1979-3-5", "平成31年5月1日"))["location"]
    told = words(client.post(page, columns()))
    assert "誤りがあるあいだは取り込めません" in told
    assert re.search(r"3 生年月日 平成31年5月1日 平成31年5月1日はありません", told)
    assert "行を取り込む" not in told
    refused = client.post(page, columns(act="import"))
    assert refused.status_code == 422
    assert "エラー：" in refused.content.decode()
    assert not table("Person").exists()


def test_errors_are_told_in_english(sit):
    client = sit(MANAGER)
    page = send(client, HEAD.replace(",1,", ",?,"))["location"]
    told = client.post(page + "?lang=en", columns())
    assert "Write the sex as" in words(told)
    main = words(told)
    assert "Nothing is imported while there are errors" in main


def test_what_was_typed_is_shown_and_not_run(sit):
    client = sit(MANAGER)
    page = send(client, HEAD.replace("髙橋", "<script>alert(1)</script>").replace(",1,", ",<b>,"))["location"]
    html = client.post(page, columns()).content.decode()
    assert "&lt;b&gt;" in html
    assert "<script>alert" not in html


def test_a_column_is_chosen_by_hand(sit):
    client = sit(MANAGER)
    headings = HEADINGS.replace("続柄", "つづきがら")
    page = send(client, HEAD, headings=headings)["location"]
    missing = client.post(page, columns() | {"column-8": ""})
    assert missing.status_code == 422
    assert "続柄" in words(missing)
    assert "1行を取り込む" in words(client.post(page, columns()))


def test_namesakes_are_confirmed(sit, load):
    load(file(HEAD, WIFE))
    client = sit(MANAGER)
    page = send(client, HEAD.replace("A1,H1", "B1,H7").replace("５番１２号", "５番１３号"))["location"]
    assert "別人だと確かめました" in words(client.post(page, columns()))
    assert client.post(page, columns(act="import")).status_code == 409
    assert client.post(page, columns(act="import", namesakes_checked="1")).status_code == 302


@pytest.mark.parametrize("sent", [None, b"", "\ufeff".encode(), b"\xff\xfe\x00"])
def test_a_file_that_is_none_is_refused_on_the_page(sit, sent):
    given = {"content": SimpleUploadedFile("x.csv", sent)} if sent is not None else {}
    answer = sit(MANAGER).post(IMPORTS, given)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not models.Upload.objects.exists()


def test_another_officer_does_not_see_the_file(sit):
    page = send(sit(MANAGER), HEAD)["location"]
    assert sit(OTHER_MANAGER).get(page).status_code == 404


@pytest.mark.parametrize(("actor", "status"), [(CLERK, 403), (NOBODY, 302)])
def test_imports_are_for_managers(sit, actor, status):
    assert sit(actor).get(IMPORTS).status_code in (status, 403)
    assert sit(actor).post(IMPORTS, {}).status_code in (status, 403)


def test_an_export_from_asking_to_the_file(sit, load):
    load(file(HEAD, WIFE, ALONE))
    asked = sit(CLERK).post(EXPORTS, {"purpose": "学校への通知", "towns": ""})
    assert asked.status_code == 302
    page = asked["location"]
    assert "CSVを取り出す" not in words(sit(CLERK).get(page))
    assert "承認する" in words(sit(MANAGER).get(page))
    assert sit(MANAGER).post(page, {"act": "agree"}).status_code == 302
    assert "CSVを取り出す" in words(sit(CLERK, AT + HOUR).get(page))
    answer = sit(CLERK, AT + HOUR).post(page + "/file")
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff宛名番号,")
    assert text.count("\r\n") == 4
    assert answer["cache-control"] == "no-store"
    assert "取出し済み" in words(sit(CLERK, AT + HOUR).get(page))
    assert sit(CLERK, AT + HOUR).post(page + "/file").status_code == 409


def test_a_manager_does_not_agree_to_the_own_export(sit):
    page = sit(MANAGER).post(EXPORTS, {"purpose": "学校への通知", "towns": "0001000 0002000"})["location"]
    told = words(sit(MANAGER).get(page))
    assert "別の責任者の承認を待っています" in told
    assert "0001000 0002000" in told
    assert sit(MANAGER).post(page, {"act": "agree"}).status_code == 403
    assert sit(OTHER_MANAGER).post(page, {"act": "refuse"}).status_code == 302
    assert "却下" in words(sit(MANAGER).get(page))


def test_a_purpose_is_needed_and_what_was_typed_stays(sit):
    answer = sit(CLERK).post(EXPORTS, {"purpose": "通知", "towns": "0001000"})
    assert answer.status_code == 422
    assert "5文字以上" in words(answer)
    assert 'value="0001000"' in answer.content.decode()


def test_a_file_is_never_fetched_by_a_link(sit):
    assert sit(CLERK).get(reverse("resident_exchange:take", args=[1])).status_code == 405


def test_every_string_is_translated():
    assert catalogs.missing(ROOM, "en") == []


def test_pages_in_english_hold_no_japanese_of_ours(sit, load):
    load(file(HEAD))
    for actor, address in ((MANAGER, IMPORTS), (CLERK, EXPORTS)):
        found = words(sit(actor).get(address + "?lang=en"))
        assert re.findall(r"[\u3040-\u30ff]+", found) == []
