"""Forms in the browser: by keyboard, without JavaScript, with errors, pressed twice, back and forth."""

import re
from urllib.parse import parse_qsl

from playwright.sync_api import Page, expect

from tests.browser import checks


def fill(page: Page, **changes: str) -> None:
    answers = {"copies": "２", "since_y": "令和8", "since_m": "4", "since_d": "1"}
    answers |= {"people-0-name": "見本 花子", "people-0-kana": "みほん はなこ"}
    answers |= {"people-0-born_y": "昭和54", "people-0-born_m": "3", "people-0-born_d": "5"}
    page.locator("input[name=purpose][value=car]").check()
    page.locator("input[name=urgent][value=no]").check()
    for name, value in (answers | changes).items():
        page.locator(f"[name={name}]").fill(value)


def test_a_good_form_ends_at_its_receipt_without_javascript(opener):
    page = opener("/components/question", javascript=False)
    fill(page)
    page.locator("form .actions button").click()
    expect(page.locator("h1")).to_have_text("受け付けました")


def test_errors_take_the_focus_name_the_title_and_lead_to_the_field(opener):
    page = opener("/components/question")
    fill(page, copies="たくさん")
    page.locator("form .actions button").click()
    expect(page).to_have_title(re.compile("^エラー："))
    expect(page.locator(".errors")).to_be_focused()
    checks.axe(page)
    link = page.locator(".errors a")
    expect(link).to_have_text("通数は、数字で入力してください")
    link.focus()
    page.keyboard.press("Enter")
    checks.focused(page, "id_copies")
    expect(page.locator("[name=copies]")).to_have_value("たくさん")
    expect(page.locator("[name=since_y]")).to_have_value("令和8")


def test_the_error_page_is_clean_at_320_px_in_each_language(opener):
    for lang in ("ja", "en", "easy"):
        page = opener("/components/question", width=320, lang=lang)
        page.locator("form .actions button").click()
        expect(page.locator(".errors li").nth(4)).to_be_visible()
        checks.axe(page)
        checks.no_sideways_scroll(page)


def test_a_refusal_keeps_everything(opener):
    page = opener("/components/question")
    fill(page, copies="9")
    page.locator("form .actions button").click()
    expect(page.locator(".errors")).to_contain_text("9通は、一度に請求できません。")
    expect(page.locator("[name=people-0-name]")).to_have_value("見本 花子")


def test_a_double_click_has_one_effect(opener):
    page = opener("/components/question", javascript=False)
    fill(page)
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.locator("form .actions button").dblclick()
    expect(page.locator("h1")).to_have_text("受け付けました")
    first = page.locator(".code").inner_text()
    again = page.context.request.post(
        "/components/question",
        form=dict(parse_qsl(sent[0].post_data, keep_blank_values=True)),
        headers={"Referer": page.url},
    )
    assert f">{first}<" in again.text()


def test_people_are_added_and_removed_without_javascript(opener):
    page = opener("/components/question", javascript=False)
    page.locator("[name=people-0-name]").fill("一")
    page.locator("[name=_more]").click()
    page.locator("[name=people-1-name]").fill("二")
    page.locator("[name=_less][value=people-0]").click()
    expect(page.locator("[name=people-0-name]")).to_have_value("二")
    expect(page.locator("[name=people-1-name]")).to_have_count(0)
    expect(page.locator(".errors")).to_have_count(0)


def walk_to_check(page: Page) -> None:
    page.locator("input[name=purpose][value=car]").check()
    page.locator("form .actions button").click()
    for name, value in {"copies": "2", "since_y": "2026", "since_m": "4", "since_d": "1"}.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("input[name=urgent][value=yes]").check()
    page.locator("form .actions button").click()
    for name, value in {"name": "見本 花子", "kana": "ミホン", "born_y": "S54", "born_m": "3", "born_d": "5"}.items():
        page.locator(f"[name=people-0-{name}]").fill(value)
    page.locator("form .actions button").click()


def test_a_journey_of_questions_check_change_and_act(opener):
    page = opener("/components/walk", width=320)
    expect(page.locator("h1")).to_have_text("何に使いますか")
    walk_to_check(page)
    expect(page.locator("h1")).to_have_text("内容を確かめてください")
    checks.axe(page)
    checks.no_sideways_scroll(page)
    page.locator(".answers div", has_text="通数").locator("a").click()
    expect(page.locator("[name=copies]")).to_have_value("2")
    page.locator("[name=copies]").fill("3")
    page.locator("form .actions button").click()
    expect(page.locator("h1")).to_have_text("内容を確かめてください")
    expect(page.locator(".answers div", has_text="通数")).to_contain_text("3")
    expect(page.locator(".answers").first).to_contain_text("自動車の登録・変更")
    page.get_by_role("button", name="2通を請求する").click()
    expect(page.locator("h1")).to_have_text("受け付けました")
    receipt = page.locator(".code").inner_text()
    page.go_back()
    expect(page.locator(".code")).to_have_text(receipt)


def test_the_browsers_own_back_keeps_the_answers(opener):
    page = opener("/components/walk")
    walk_to_check(page)
    page.go_back()
    expect(page.locator("[name=people-0-name]")).to_have_value("見本 花子")
    page.go_back()
    expect(page.locator("[name=copies]")).to_have_value("2")


def test_a_whole_form_by_keyboard_alone(opener):
    page = opener("/components/desk-form")
    page.locator("[name=purpose]").focus()
    page.keyboard.press("ArrowDown")
    for keys in ("2", "R8.4.1"):
        page.keyboard.press("Tab")
        page.keyboard.type(keys)
    for name, value in {"people-0-name": "見本", "people-0-kana": "ミホン", "people-0-born": "S54.3.5"}.items():
        page.locator(f"[name={name}]").focus()
        page.keyboard.type(value)
    page.locator("[name=urgent]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("F12")
    expect(page.locator("h1")).to_have_text("受け付けました")
