import pytest

from cre.core.vault import blind_index, cache, rotate
from tests.core.vault.conftest import add_master, keep_only

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_the_same_words_give_the_same_sixteen_bytes():
    found = {
        blind_index("project", words) for words in ["Río Azul", "  rÍO   azul ", "Ri\u0301o\u00a0Azul", "RÍO\tAZUL"]
    }
    assert len(found) == 1
    assert {len(index) for index in found} == {16}


def test_sharp_s_and_ligatures_are_the_same_words():
    assert blind_index("project", "STRASSE ﬁn") == blind_index("project", "straße fin")


def test_other_words_and_other_purposes_differ():
    assert blind_index("project", "Río Azul") != blind_index("project", "Río Verde")
    assert blind_index("project", "Río Azul") != blind_index("company", "Río Azul")


def test_the_index_outlives_the_rotation_of_the_master_key(master_file):
    before = blind_index("project", "Río Azul")
    add_master(master_file, 2)
    rotate()
    keep_only(master_file, 2)
    cache.keys.clear()
    assert blind_index("project", "Río Azul") == before
