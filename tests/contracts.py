"""An import contract of our own: `cre` knows every app, and nothing but `cre` knows the wiring."""

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class WiringContract(Contract):
    """No app and no part of the base imports a module of the wiring package outside the base."""

    type_name = "wiring"

    wiring = fields.StringField()
    base = fields.StringField()
    apps: Any = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        broken = [
            (importer, imported)
            for importer in sorted(graph.modules)
            if self._is_below(importer)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if self._is_wiring(imported)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"{importer} may not import {imported}")

    def _is_below(self, module: str) -> bool:
        return any(_is_within(module, top) for top in (self.base, *self.apps))

    def _is_wiring(self, module: str) -> bool:
        return _is_within(module, self.wiring) and not _is_within(module, self.base)


def _is_within(module: str, package: object) -> bool:
    return module == package or module.startswith(f"{package}.")
