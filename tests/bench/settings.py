"""The product's settings, with one more address: the bare view that pages are compared with."""

from cre.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
