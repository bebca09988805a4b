import time

import pytest
from django.db import connections

from cre.demo.world import load_world


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    yield
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS demo_world")


@pytest.mark.django_db(transaction=True, databases=["default", "keys", "owner"])
def test_load(demo):
    began = time.time()
    load_world()
    print(time.time() - began)
    began = time.time()
    load_world()
    print(time.time() - began)
