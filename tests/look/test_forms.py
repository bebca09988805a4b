"""A plain Django form gets our labels, hints and errors without asking for them."""

from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string
from lxml import html


class Asking(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    need = forms.CharField(label="What do you need?", help_text="A guess is fine.", widget=forms.Textarea)
    name = forms.CharField(label="The name you want us to use", required=False)
    danger = forms.ChoiceField(
        label="Is anyone in danger?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
    )
    may_keep = forms.BooleanField(label="May we keep this?")
    hearing = forms.SplitDateTimeField(label="Hearing", required=False)


def page_of(form: forms.Form, template: str = "components/form.html", **extra: Any) -> Any:
    return html.fromstring(f"<div>{render_to_string(template, {'form': form, 'csrf_token': 't', **extra})}</div>")


@pytest.fixture
def empty():
    return page_of(Asking(initial={"version": 3}))


@pytest.fixture
def failed():
    form = Asking({"version": "3", "name": "River people"})
    form.is_valid()
    return page_of(form)


def test_the_browser_leaves_checking_to_us(empty):
    assert "novalidate" in empty.find("form").attrib


def test_the_version_travels_hidden(empty):
    assert empty.xpath("//input[@name='version']/@type") == ["hidden"]
    assert empty.xpath("//input[@name='version']/@value") == ["3"]


def test_only_optional_fields_are_marked(empty):
    marked = [mark.getparent().text_content().strip() for mark in empty.xpath("//*[@class='optional']")]

    assert marked == ["The name you want us to use (optional)", "Hearing (optional)"]


def test_every_input_has_a_label(empty):
    ids = empty.xpath("//input[@type!='hidden']/@id | //textarea/@id")
    named = {*empty.xpath("//label/@for"), *empty.xpath("//label//input/@id")}

    assert set(ids) <= named


def test_the_hint_is_read_with_its_field(empty):
    described = empty.xpath("//textarea/@aria-describedby")[0]

    assert empty.get_element_by_id(described).text_content() == "A guess is fine."


def test_words_of_people_find_their_own_direction(empty):
    assert empty.xpath("//textarea/@dir") == ["auto"]
    assert empty.xpath("//input[@name='name']/@dir") == ["auto"]


def test_an_error_stands_at_its_field_and_is_read_with_it(failed):
    area = failed.xpath("//textarea")[0]
    error = failed.get_element_by_id(area.get("aria-describedby").split()[1])

    assert area.get("aria-invalid") == "true"
    assert error.text_content() == "Error: This field is required."


def test_what_was_typed_stays(failed):
    assert failed.xpath("//input[@name='name']/@value") == ["River people"]


def test_the_summary_says_the_same_words_and_leads_to_the_field():
    form = Asking({"version": "3"})
    form.is_valid()
    summary = page_of(form, "components/error_summary.html")
    box = summary.xpath("//*[@role='alert']")[0]

    assert {"autofocus", "tabindex"} <= set(box.attrib)
    assert summary.xpath("//a/@href") == ["#id_need", "#id_danger_0", "#id_may_keep"]
    assert summary.xpath("//a")[0].text_content() == "What do you need? – This field is required."


def test_the_summary_leads_to_inputs_that_exist(failed):
    for target in ("id_need", "id_danger_0", "id_may_keep"):
        assert failed.get_element_by_id(target).tag in {"input", "textarea"}


def test_without_errors_there_is_no_summary():
    assert "role" not in render_to_string("components/error_summary.html", {"form": Asking()})


def test_the_one_question_of_a_page_is_its_heading():
    page = page_of(Asking(), question=True)

    assert page.xpath("//label/h1")[0].text_content().strip() == "What do you need?"
    assert len(page.xpath("//h1")) == 1


def test_a_form_with_files_says_so():
    class WithFile(forms.Form):
        photo = forms.FileField(label="Photo")

    assert page_of(WithFile()).find("form").get("enctype") == "multipart/form-data"
