"""The sender's name for a file is a text and nothing else."""

import pytest

from cre.core.uploads import neutral_name, shown_name

pytestmark = pytest.mark.promise("P16")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("river.jpg", "river.jpg"),
        ("../../x", "x"),
        ("C:\\photos\\river.jpg", "river.jpg"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("..", ""),
        ("صورة النهر.jpg", "صورة النهر.jpg"),
        ("x" * 300 + ".jpeg", "x" * 114 + "….jpeg"),
        ("", ""),
    ],
)
def test_a_name_is_shown_without_folders_and_unseen_signs(given, shown):
    assert shown_name(given) == shown


def test_a_file_is_downloaded_under_a_name_that_says_nothing():
    assert neutral_name(3, "jpg") == "file-3.jpg"
