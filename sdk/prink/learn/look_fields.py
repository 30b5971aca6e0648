"""Which numbers of a look the network of a checkpoint knows."""

from pathlib import Path

from prink.learn.checkpoint import Checkpoint
from prink.params.fields import FieldList, file_fields, schema_fields

__all__ = ["known_fields", "refuse_other_fields"]


def known_fields(made: Checkpoint, path: Path) -> FieldList:
    """Returns the fields that the network of a checkpoint knows.

    Raises:
        SystemExit: It is no network of looks, or knows fields that this schema does not have.
    """
    return file_fields(made.about.get("fields"), path, what="checkpoint", error=SystemExit)


def refuse_other_fields(found: FieldList, path: Path) -> None:
    """Makes sure that a network knows the fields of this schema, which is what is learnt now.

    Raises:
        SystemExit: It knows others, or in another order; those that it does not know are named.
    """
    if found == schema_fields():
        return
    absent = ", ".join(name for name, _ in schema_fields().besides(found))
    told = f"does not know {absent}" if absent else "knows the fields in another order"
    raise SystemExit(f"the network {told}: train it anew ({path})")
