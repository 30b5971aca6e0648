"""What a Core ML package says about itself, and files that are the same for the same network."""

import hashlib
import json
import uuid
from pathlib import Path
from typing import Final

from prink_export.coreml.mil import MODEL, WEIGHTS, read_model
from prink_export.coreml.mil_values import Message
from prink_export.network import Network, Port

__all__ = ["describe"]

DATE: Final = "com.github.apple.coremltools.conversion_date"
NAMESPACE: Final = uuid.UUID("5d0c5d39-6a0e-5a5c-9a5e-6a1f0a5f0b77")


def describe(package: Path, network: Network, precision: str) -> None:
    """Writes description, licence and ports into a saved package.

    The day of conversion and random identifiers are taken out, so that the same network gives the
    same bytes.
    """
    model = read_model(package)
    about = model.description.metadata
    about.shortDescription = network.about or network.name
    about.license = network.licence
    about.author = "prink"
    told = {**network.metadata, "prink.network": network.name, "prink.precision": precision}
    about.userDefined.pop(DATE, None)
    about.userDefined.update({key: str(value) for key, value in told.items()})
    ports = {port.name: port for port in (*network.inputs, *network.outputs)}
    for each in (*model.description.input, *model.description.output):
        each.shortDescription = sentence(ports[each.name], each.type)
    (package / MODEL).write_bytes(model.SerializeToString(deterministic=True))
    steady_manifest(package)


def sentence(port: Port, kind: Message) -> str:
    """Returns what a port is, in words."""
    shape = " x ".join(str(side) for side in port.shape)
    if kind.WhichOneof("Type") == "imageType":
        return f"A picture, RGB, 8 bits, {port.shape[3]} x {port.shape[2]} px."
    if port.image:
        return f"A picture 0..1 as float32, planes first, {shape}."
    return f"float32, {shape}."


def steady_manifest(package: Path) -> None:
    """Names the package's parts by their content instead of by chance."""
    path = package / "Manifest.json"
    manifest = json.loads(path.read_text())
    parts = [package / MODEL, package / WEIGHTS]
    content = hashlib.sha256(b"".join(each.read_bytes() for each in parts if each.is_file()))
    text = json.dumps(manifest, indent=4, sort_keys=True)
    by_path = sorted(manifest["itemInfoEntries"].items(), key=lambda each: str(each[1]["path"]))
    for name, item in by_path:
        text = text.replace(name, str(uuid.uuid5(NAMESPACE, content.hexdigest() + item["path"])))
    path.write_text(json.dumps(json.loads(text), indent=4, sort_keys=True) + "\n")
