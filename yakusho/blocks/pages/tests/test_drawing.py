"""A form drawn: every field has its label, hint and error, tied together, on both sides of the counter."""

import re

import pytest
from django.http import QueryDict
from django.template import Context, Template
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yakusho.blocks.pages.forms.asks import asks
from yakusho.blocks.pages.forms.form import Form, find, first_id
from yakusho.blocks.pages.gallery.practice import Practice
from yakusho.blocks.pages.look import look
from yakusho.blocks.pages.tests.toys import GOOD, Matter

ALL = Template("{% load pages %}{% fields form %}")


def drawn(form, desk):
    return ALL.render(Context({"form": form, "desk": desk}))


@pytest.mark.parametrize("desk", [True, False])
@pytest.mark.parametrize("model", [Matter, Practice])
def test_every_input_has_a_name_that_can_be_heard(model, desk):
    html = drawn(Form(model, desk=desk, first={"children": [{}], "people": [{}]}), desk)
    for tag in re.findall(r"<(?:input|select|textarea)\b[^>]*>", html):
        if 'type="hidden"' in tag:
            continue
        one = re.search(r'\bid="([^"]+)"', tag)[1]
        inside = re.search(rf'<label[^>]*>(?:(?!</label>).)*\bid="{re.escape(one)}"', html, re.DOTALL)
        assert f'for="{one}"' in html or inside, tag


@pytest.mark.parametrize("desk", [True, False])
def test_no_id_is_given_twice(desk):
    form = Form(Matter, QueryDict("children-count=2&children-0-name=x"), desk=desk)
    form.is_valid()
    ids = re.findall(r'\bid="([^"]+)"', drawn(form, desk))
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("desk", [True, False])
def test_every_error_in_the_summary_leads_to_an_element(desk):
    form = Form(Matter, QueryDict("children-count=1&children-0-name=x&to-postcode=1"), desk=desk)
    form.is_valid()
    html = drawn(form, desk)
    assert len(form.errors) > 5
    assert [address for address, _ in form.errors if f'id="{address[1:]}"' not in html] == []


@pytest.mark.parametrize("desk", [True, False])
def test_each_error_stands_once_at_its_field(desk):
    form = Form(Matter, QueryDict("name=&count=0"), desk=desk)
    form.is_valid()
    html = drawn(form, desk)
    for _, said in form.errors:
        assert html.count(said) == 1


def test_optional_answers_say_so_and_needed_ones_do_not():
    html = drawn(Form(Matter, desk=True), True)
    labels = re.findall(r"<(?:label|legend)[^>]*>(.*?)</(?:label|legend)>", html)
    marked = {re.sub(r"<.*", "", label) for label in labels if "（任意）" in label}
    assert {"振り仮名", "時刻", "送り先", "札"} <= marked
    assert not {"氏名", "通数", "異動日", "色"} & marked


def test_what_a_template_drew_itself_is_not_drawn_again():
    form = Form(Matter, desk=True)
    html = Template("{% load pages %}{% field form.name label='届出人' %}{% fields form %}").render(
        Context({"form": form, "desk": True})
    )
    assert html.count('name="name"') == 1
    assert "届出人" in html


def test_answers_are_escaped():
    form = Form(Matter, QueryDict("name=%3Cscript%3Ex%3C/script%3E&count=%22%3E"), desk=True)
    form.is_valid()
    html = drawn(form, True)
    assert "<script>" not in html
    assert 'value="&quot;&gt;"' in html


def test_residents_write_dates_in_three_fields_and_clerks_in_one():
    assert 'name="on_day_y"' in drawn(Form(Matter), False)
    assert 'name="on_day"' in drawn(Form(Matter, desk=True), True)


def test_shared_desks_remember_nothing_that_was_typed():
    html = drawn(Form(Matter, desk=True), True)
    texts = [tag for tag in re.findall(r"<input\b[^>]*>", html) if 'type="text"' in tag]
    assert texts
    assert all('autocomplete="off"' in tag for tag in texts)


def test_places_are_found_by_path_by_name_or_nearest():
    form = Form(Matter, QueryDict("children-count=1&children-0-name=x"), desk=True)
    assert first_id(find(form, ("children", 0, "born"))) == "id_children-0-born"
    assert first_id(find(form, ("postcode",))) == "id_to-postcode"
    assert find(form, ("children", 7, "born")) is form["children"]
    assert find(form, ("nowhere",)) is form


def test_what_is_asked_is_read_once_from_the_model():
    assert asks(Matter) is asks(Matter)
    kinds = {ask.name: (ask.many, ask.nullable, ask.required) for ask in asks(Matter)}
    assert kinds["name"] == (False, False, True)
    assert kinds["to"] == (False, True, False)
    assert kinds["children"] == (True, False, False)


def test_a_look_that_does_not_exist_is_a_mistake():
    with pytest.raises(ValueError, match="colourful"):
        look(kind="colourful")
    assert look(width=8) == {"x-look": {"width": 8}}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from([*GOOD, "tags", "at", "to-postcode", "children-0-born", "_key"]),
        st.text(max_size=30),
        max_size=8,
    )
)
def test_nothing_that_can_be_sent_breaks_a_form(sent):
    data = QueryDict(mutable=True)
    data.update(sent)
    for desk in (True, False):
        form = Form(Matter, data, desk=desk)
        assert form.is_valid() is (not form.errors)
        drawn(form, desk)
