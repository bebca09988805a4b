"""What a model with sealed files inherits: rows hold random names, the storage holds sealed bytes."""

from collections.abc import Iterator
from typing import ClassVar

from cre.core.vault.sealed import Sealed
from cre.core.vault.streams import Readable, open_saved, save_sealed


class Stored(Sealed):
    """A row with sealed files, each under the name in one of its columns; empty where there is none.

    Its migration hangs `cre_condemn_files` on the table, with the names of the columns: when the row goes, however it
    goes, its files are condemned in the same transaction and destroyed after it.
    """

    FILES: ClassVar[tuple[str, ...]]

    class Meta:
        abstract = True

    def save_file(self, column: str, plain: Readable) -> None:
        """Seal a file of this row into the storage; the caller saves the row. Raises `NoKey`, `Shredded`."""
        name = save_sealed(
            plain, object_uuid=self.key_object, purpose=self.KEY_PURPOSE, label=self.label(column), identity=self.uuid
        )
        setattr(self, column, name)

    def open_file(self, column: str) -> Iterator[bytes]:
        """The plain bytes of a file of this row, piece by piece.

        Raises `Tampered`, `Shredded`, `NoKey`, and FileNotFoundError when the storage has lost it.
        """
        return open_saved(getattr(self, column), label=self.label(column), identity=self.uuid)

    def label(self, column: str) -> str:
        """What the bytes are bound to, beside the row: they open in no other column."""
        return f"{self._meta.label}.{column}"


def stored_models() -> list[type[Stored]]:
    """Every model whose rows have files."""
    found: list[type[Stored]] = []
    waiting = Stored.__subclasses__()
    while waiting:
        model = waiting.pop()
        waiting.extend(model.__subclasses__())
        if not model._meta.abstract:
            found.append(model)
    return sorted(found, key=lambda model: model._meta.label)
