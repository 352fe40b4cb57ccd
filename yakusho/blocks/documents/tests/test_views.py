"""The pages: verification in every state and language, papers for their owners, queue and alarms at the desk."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from yakusho.blocks.documents import actions, public_urls, queries
from yakusho.blocks.documents.actions import press
from yakusho.blocks.documents.models import Paper
from yakusho.blocks.documents.refusals import PaperWithheld
from yakusho.blocks.documents.tests.support import AT
from yakusho.blocks.documents.values import PaperView
from yakusho.blocks.doors import NOBODY, Actor
from yakusho.kit.refusal import Refusal

pytestmark = pytest.mark.usefixtures("papers_city")
VERIFY = reverse("documents:verify")


@pytest.fixture
def at(client, monkeypatch):
    """A browser with this actor at it, at the instant of these tests."""
    monkeypatch.setattr("yakusho.blocks.pages.clock.read", lambda: AT + timedelta(hours=1))

    def sit_down(actor: Actor = NOBODY):
        def who(request):
            request.visit = None
            return actor

        monkeypatch.setattr("yakusho.blocks.identity.middleware.visits.actor_of", who)
        return client

    return sit_down


@pytest.fixture(scope="module")
def known(papers_city) -> dict[str, PaperView]:
    return {}


@pytest.fixture
def paper(known, person, asked, clerk) -> PaperView:
    if "paper" not in known:
        own = person(name="見本 秘密子", kana="ミホン ヒミツコ")
        known["paper"] = actions.issue(request=asked(own).request, by=clerk, at=AT)
    return known["paper"]


def words(answer) -> str:
    html = answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")]))


def title(answer) -> str:
    return " ".join(re.search(r"<title>(.*?)</title>", answer.content.decode(), re.S)[1].split())


def pdf(paper: PaperView, more: bytes = b"", name: str = "juminhyo.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, bytes(Paper.objects.get(number=paper.number).pdf) + more, "application/pdf")


# verification


def test_the_form_asks_for_a_code_or_a_file(at):
    answer = at().get(VERIFY)
    assert answer.status_code == 200
    assert "確認番号で確かめる" in words(answer)
    assert "PDFファイルで確かめる" in words(answer)


def test_a_valid_paper_by_its_code(at, paper):
    answer = at().get(VERIFY, {"code": paper.code.lower()})
    told = words(answer)
    assert title(answer).startswith("有効な証明書です")
    assert paper.code in told
    assert "令和8年11月23日（月）10時30分" in told
    assert "1ページ" in told
    assert "盛岡市長之印（見本の証明書）" in told
    assert "秘密子" not in answer.content.decode()


def test_the_address_in_the_qr_code_needs_no_small_letters(paper):
    pattern = public_urls.urlpatterns[0]
    code = paper.code.replace("-", "")
    for written in (f"VERIFY/{code}", f"verify/{code}", f"Verify/{paper.code}/"):
        assert pattern.resolve(written).kwargs["code"].replace("-", "") == code
    assert pattern.resolve("verify/../x") is None


def test_the_qr_code_leads_to_the_page(at, paper):
    assert "有効な証明書です" in words(at().get(reverse("documents:verify_code", args=[paper.code.replace("-", "")])))


def test_a_revoked_paper_says_when_and_why(at, person, asked, clerk):
    gone = actions.issue(request=asked(person()).request, by=clerk, at=AT)
    actions.revoke(number=gone.number, reason="記載の訂正（再発行しています）", by=clerk, at=AT)
    told = words(at().get(VERIFY, {"code": gone.code}))
    assert "無効になった証明書です" in told
    assert "記載の訂正（再発行しています）" in told


@pytest.mark.parametrize("code", ["2026-0000-0001-AAAA-AAAA-AAAA-AAAA", "<script>", "x" * 300])
def test_an_unknown_code_is_said_to_be_unknown(at, code):
    answer = at().get(VERIFY, {"code": code})
    assert "この証明書は見つかりません" in words(answer)
    assert "<script>alert" not in answer.content.decode()


def test_the_very_file_is_valid(at, paper):
    told = words(at().post(VERIFY, {"file": pdf(paper)}))
    assert "有効な証明書です" in told
    assert "juminhyo.pdf" in told


def test_an_altered_file_is_said_to_be_altered(at, paper):
    told = words(at().post(VERIFY, {"file": pdf(paper, b"\n")}))
    assert "内容が変えられています" in told
    assert "署名の後に変更されています" in told
    assert "文字は同じですが、ファイルの中身が違います" in told


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "PDFのファイルを選んでください"),
        ({"file": SimpleUploadedFile("x.txt", b"hello")}, "PDFのファイルを選んでください"),
        ({"file": SimpleUploadedFile("x.pdf", b"")}, "PDFのファイルを選んでください"),
        ({"file": SimpleUploadedFile("x.pdf", b"%PDF-" + b"x" * (9 * 2**20))}, "ファイルが大きすぎます（8MBまで）"),
    ],
)
def test_a_wrong_file_is_told_at_its_field(at, given, sentence):
    answer = at().post(VERIFY, given)
    assert answer.status_code == 422
    assert title(answer).startswith("エラー：")
    assert words(answer).count(sentence) == 2  # in the summary and at the field
    assert 'aria-invalid="true"' in answer.content.decode()


@pytest.mark.parametrize(("language", "word"), [("en", "This certificate is valid"), ("easy", "ほんものです")])
def test_the_verdict_in_other_languages(at, paper, language, word):
    assert word in words(at().get(VERIFY, {"code": paper.code, "lang": language}))


# papers


def test_the_owner_sees_the_list_the_page_and_the_file(at, paper):
    browser = at(Actor(41, "市民", person=paper.subject))
    assert "見本の写し" in words(browser.get(reverse("documents:papers")))
    page = browser.get(reverse("documents:paper", args=[paper.number]))
    assert "見本 秘密子" in words(page)
    assert "ミホン ヒミツコ" in words(page)
    file = browser.get(reverse("documents:paper_pdf", args=[paper.number]))
    assert file["Content-Type"] == "application/pdf"
    assert file["Cache-Control"] == "no-store"
    assert file.content.startswith(b"%PDF-")


def test_a_stranger_finds_no_paper(at, paper, person):
    browser = at(Actor(42, "他人", person=person()))
    for name in ("paper", "paper_pdf"):
        assert browser.get(reverse(f"documents:{name}", args=[paper.number])).status_code == 404
    assert "まだ、発行した書面はありません" in words(browser.get(reverse("documents:papers")))


def test_whoever_is_not_signed_in_is_sent_to_sign_in(at, paper):
    for address in (
        reverse("documents:papers"),
        reverse("documents:paper", args=[paper.number]),
        reverse("documents:queue"),
    ):
        assert at().get(address).status_code in (302, 403)


def test_issuing_goes_to_the_paper(at, person, asked, clerk):
    asked_for = asked(person())
    answer = at(clerk).post(reverse("documents:issue", args=[asked_for.request]))
    number = queries.request(request=asked_for.request, by=clerk).number
    assert answer["Location"] == reverse("documents:paper", args=[number])


def test_a_double_click_on_issue_is_one_paper(at, person, asked, clerk):
    asked_for = asked(person())
    address = reverse("documents:issue", args=[asked_for.request])
    first, second = (at(clerk).post(address, {"key": f"k-{asked_for.request}"}) for _ in range(2))
    assert first["Location"] == second["Location"]


def test_a_withheld_paper_is_an_apology(at, person, asked, clerk):
    asked_for = asked(person(remark="秘密の住所"))
    answer = at(clerk).post(reverse("documents:issue", args=[asked_for.request]))
    assert answer.status_code == PaperWithheld.status
    assert "申し訳ありません" in words(answer)
    assert "秘密の住所" not in answer.content.decode()


# desk


def test_the_queue_hands_over(at, person, asked, clerk):
    waiting = actions.issue(request=asked(person()).request, by=clerk, at=AT)
    queue = reverse("documents:queue")
    assert waiting.number in words(at(clerk).get(queue))
    assert at(clerk).post(reverse("documents:hand_over", args=[waiting.number])).status_code == 302
    assert waiting.number not in words(at(clerk).get(queue))
    assert at(clerk).post(reverse("documents:hand_over", args=[waiting.number])).status_code == 409


def test_a_reprint_asks_for_the_reason(at, person, asked, clerk):
    first = actions.issue(request=asked(person()).request, by=clerk, at=AT)
    address = reverse("documents:reprint", args=[first.number])
    form = at(clerk).get(address)
    assert "理由" in words(form)
    key = re.search(r'name="(_?key)" value="([^"]+)"', form.content.decode())
    given = {key[1]: key[2]}
    assert at(clerk).post(address, {**given, "reason": ""}).status_code == 422
    assert at(clerk).post(address, {**given, "reason": "紙づまり"}).status_code == 303
    assert Paper.objects.get(number=first.number).reprints.get().reason == "紙づまり"


def test_an_alarm_is_compared_and_closed(at, person, asked, clerk, auditor):
    with pytest.raises(PaperWithheld) as refused:
        actions.issue(request=asked(person(remark="秘密の住所")).request, by=clerk, at=AT)
    alarm = refused.value.facts["alarm"]
    address = reverse("documents:alarm", args=[alarm])
    assert str(alarm) in words(at(auditor).get(reverse("documents:alarms")))
    assert "内容を比べるまで、閉じられません" in words(at(auditor).get(address))
    assert at(auditor).post(reverse("documents:compare", args=[alarm])).status_code == 302
    assert "bytes equal" in words(at(auditor).get(address))
    close = reverse("documents:close", args=[alarm])
    key = re.search(r'name="(_?key)" value="([^"]+)"', at(auditor).get(close).content.decode())
    assert at(auditor).post(close, {key[1]: key[2], "finding": "備考に秘匿すべき住所があった"}).status_code == 303
    assert "備考に秘匿すべき住所があった" in words(at(auditor).get(address))
    assert str(alarm) in words(at(auditor).get(reverse("documents:alarms"), {"closed": "1"}))


def test_the_press_is_at_rest_after_these_tests():
    press.stop()
    assert press._pool.cache_info().currsize == 0


def test_every_refusal_of_papers_is_a_sentence_in_two_languages():
    kinds = [kind for kind in Refusal.__subclasses__() if kind.__module__.endswith("documents.refusals")]
    assert len(kinds) >= 10
    assert all(kind.sentence for kind in kinds)
