"""A folder of labelled portraits: portraits.csv, a row a picture, and the pictures in images/.

Such a folder is data to learn from and to measure by; nothing that users call needs one.
"""

import csv
import os
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Final

from prink.errors import PrinkError

__all__ = [
    "Portrait",
    "PortraitsError",
    "portraits_folder",
    "read_portraits",
    "shared_folder",
]

TABLE: Final = "portraits.csv"
COLUMNS: Final = (
    "file",
    "split",
    "n_faces",
    "iod_px",
    "skin_bin_ita",
    "glasses",
    "headwear",
    "makeup_visible",
    "subject_group",
)


class PortraitsError(PrinkError, ValueError):
    """A folder of portraits is not as it must be, told in one plain sentence."""


@dataclass(frozen=True)
class Portrait:
    """A picture of a person with what is known of it.

    Attributes:
        picture: Path of its file.
        split: `train` or `heldout`; no person is in both.
        tone: Its skin's bin by the individual typology angle (Chardon et al. 1991).
        person: The same for all pictures of a person.
        alone: Whether it shows one face.
        iod: Between the eyes, in pixels; 0 where it was not measured.
        labels: The whole row, by column.
    """

    picture: Path
    split: str
    tone: str
    person: str
    alone: bool
    iod: float
    labels: Mapping[str, str]

    @property
    def name(self) -> str:
        """The file's name without its suffix."""
        return self.picture.stem

    @property
    def headwear(self) -> bool:
        """Whether something is worn on the head."""
        return self.labels["headwear"] == "yes"

    def clear(self, iod: float = 0.0) -> bool:
        """Tells whether it shows one face without sunglasses, `iod` pixels between the eyes."""
        return self.alone and self.labels["glasses"] != "sunglasses" and self.iod >= iod


def read_portraits(folder: Path) -> list[Portrait]:
    """Returns the portraits of a folder in the order of its table.

    Raises:
        PortraitsError: There is no table, it lacks a column, or a row is cut short or says a
            distance between the eyes that is no number.
    """
    table = folder / TABLE
    if not table.is_file():
        raise PortraitsError(f"there is no {TABLE} ({folder})")
    with table.open(newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            raise PortraitsError(f"the table lacks the columns {', '.join(missing)} ({table})")
        return [portrait(row, folder) for row in rows]


def portrait(row: Mapping[str, str], folder: Path) -> Portrait:
    absent = [name for name in COLUMNS if row[name] is None]
    if absent:
        raise PortraitsError(
            f"the row of {row['file']!r} ends before {absent[0]} ({folder / TABLE})"
        )
    return Portrait(
        picture=folder / "images" / row["file"],
        split=row["split"],
        tone=row["skin_bin_ita"],
        person=row["subject_group"],
        alone=row["n_faces"] == "1",
        iod=pixels(row, folder),
        labels=row,
    )


def pixels(row: Mapping[str, str], folder: Path) -> float:
    told = row["iod_px"] or "0"
    try:
        apart = float(told)
    except ValueError:
        apart = -1.0
    if not 0.0 <= apart < inf:
        where = f"the row of {row['file']!r} ({folder / TABLE})"
        raise PortraitsError(f"iod_px is {told!r}, expected pixels from 0, in {where}")
    return apart


def shared_folder() -> Path:
    """Returns the folder of portraits, models and assets: $PRINK_SHARED, or beside a checkout."""
    beside = Path(__file__).resolve().parents[2].parent / "shared"
    return Path(os.environ.get("PRINK_SHARED") or beside)


def portraits_folder(given: Path | None = None) -> Path | None:
    """Returns the folder of portraits.csv, by default the shared one; None if it has none."""
    folder = given or shared_folder() / "portraits"
    return folder if (folder / TABLE).is_file() else None
