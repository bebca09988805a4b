"""Our own import contract finds what it is there to find."""

import pytest
from grimp import ImportGraph

from tests.contracts import WiringContract


def is_kept(importer: str, imported: str) -> bool:
    graph = ImportGraph()
    graph.add_import(importer=importer, imported=imported)
    options = {"wiring": "cre", "base": "cre.core", "apps": ["grants", "collaborators"]}
    contract = WiringContract(name="wiring", session_options={}, contract_options=options)
    return contract.check(graph, verbose=False).kept


@pytest.mark.parametrize(
    ("importer", "imported"),
    [("collaborators.views", "cre.urls"), ("cre.core.states", "cre.settings"), ("grants", "cre")],
)
def test_an_import_of_the_wiring_from_below_is_found(importer, imported):
    assert is_kept(importer, imported) is False


@pytest.mark.parametrize(
    ("importer", "imported"),
    [("cre.urls", "collaborators.views"), ("grants.models", "cre.core.states"), ("cre.urls", "cre.portals")],
)
def test_an_import_that_runs_downwards_is_kept(importer, imported):
    assert is_kept(importer, imported) is True
