"""Public pages, the way out, and what is shown when something goes wrong."""

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from cre.core.access import Stale
from cre.csrf import csrf_failure, words_typed
from cre.errors import ConflictMiddleware, permission_denied, server_error

CODE = "1234 5678 9012 3456 7890 1234 5678"
STORY = "They came at night and took the pump away."


@pytest.fixture
def sent():
    """A form as it arrived from somebody without a session."""

    def build(**data):
        request = RequestFactory().post("/community/ask/", data)
        request.session = SessionStore()
        request.user = AnonymousUser()
        return request

    return build


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["start", "how", "safe", "protects", "about-allies", "blank"])
@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_public_pages_answer_in_every_language(client, name, language):
    response = client.get(f"/{language}{reverse(name)}")

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["start", "how", "safe", "protects", "about-allies"])
def test_the_way_out_is_on_every_public_page(client, name):
    assert f'class="button quiet" href="{reverse("exit")}"' in client.get(reverse(name)).content.decode()


@pytest.mark.django_db
def test_pages_link_one_stylesheet_and_ask_for_no_icon(client):
    page = client.get("/").content.decode()

    assert page.count("<link ") == 2
    assert '<link rel="icon" href="//:">' in page


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["start", "how", "safe", "protects", "about-allies"])
def test_the_title_of_a_public_page_says_only_the_name_of_the_site(client, settings, name):
    settings.SITE_NAME = "Seven Rivers"

    assert "<title>Seven Rivers</title>" in client.get(reverse(name)).content.decode()


@pytest.mark.django_db
def test_a_demonstration_says_so(client, settings):
    settings.DEMO = True
    assert "are invented" in client.get("/").content.decode()

    settings.DEMO = False
    assert "are invented" not in client.get("/").content.decode()


@pytest.mark.django_db
def test_leaving_clears_the_browser_and_ends_on_an_empty_page(client, settings):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    response = client.get(reverse("exit"))

    assert response.status_code == 302
    assert response.headers["Location"] == reverse("blank")
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


@pytest.mark.django_db
def test_leaving_may_end_elsewhere(client, settings):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    settings.EXIT_URL = "https://weather.example/"

    assert client.get(reverse("exit")).headers["Location"] == "https://weather.example/"


@pytest.mark.django_db
def test_the_empty_page_names_nothing(client, settings):
    page = client.get(reverse("blank")).content.decode()

    assert settings.SITE_NAME not in page
    assert "<a " not in page


def test_words_survive_an_expired_form(sent):
    response = csrf_failure(sent(need=STORY, country="KE"), "CSRF token missing.")
    page = response.content.decode()

    assert response.status_code == 403
    assert STORY in page
    assert '<input type="hidden" name="country" value="KE">' in page
    assert 'action="/community/ask/"' in page
    assert "no-store" in response.headers["Cache-Control"]


def test_several_answers_to_one_question_all_survive(sent):
    assert words_typed(sent(areas=["courts", "media"])) == [("areas", "courts"), ("areas", "media")]


@pytest.mark.parametrize("name", ["password", "password1", "code", "receipt_code", "csrfmiddlewaretoken", "otp"])
def test_secrets_are_not_shown_again(sent, name):
    assert words_typed(sent(**{name: "open sesame"})) == []


@pytest.mark.parametrize("code", [CODE, CODE.replace(" ", ""), CODE.replace(" ", "-"), "١٢٣٤" * 7])
def test_a_receipt_code_inside_a_text_is_not_shown_again(sent, code):
    assert words_typed(sent(need=f"My code is {code} thanks")) == [("need", "My code is … thanks")]


def test_a_form_from_another_site_cannot_be_sent_on(sent):
    reason = "Origin checking failed - https://evil.example does not match any trusted origins."
    page = csrf_failure(sent(need=STORY), reason).content.decode()

    assert STORY in page
    assert "<form" not in page.split("<main")[1]


def test_a_refusal_says_its_sentence_and_keeps_the_words(sent):
    response = permission_denied(sent(need=STORY), PermissionDenied("This is no longer a draft."))

    assert response.status_code == 403
    assert "This is no longer a draft." in response.content.decode()
    assert STORY in response.content.decode()


def test_a_stale_record_is_a_409_that_keeps_the_words(sent):
    middleware = ConflictMiddleware(lambda _request: HttpResponse())
    response = middleware.process_exception(sent(need=STORY), Stale())

    assert response is not None
    assert response.status_code == 409
    assert STORY in response.content.decode()


def test_other_exceptions_pass_the_conflict_page_by(sent):
    middleware = ConflictMiddleware(lambda _request: HttpResponse())

    assert middleware.process_exception(sent(), ZeroDivisionError()) is None


@pytest.mark.django_db
def test_nothing_here_is_a_404_in_plain_words(client):
    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()


@pytest.mark.promise("P22")
def test_the_page_of_an_error_holds_no_value_of_anybody(sent):
    response = server_error(sent(need=STORY))

    assert response.status_code == 500
    assert STORY not in response.content.decode()
    assert "Something went wrong on our side" in response.content.decode()


def test_an_error_page_that_fails_itself_still_answers(sent, settings):
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [], "APP_DIRS": False}]
    response = server_error(sent())

    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()
