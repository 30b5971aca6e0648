"""Replays vector files as a host does: from nothing but the file, with prink's own functions."""

import json
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import numpy as np

import prink.face.follow
import prink.face.pose
import prink.face.visibility
import prink.params.fields
import prink.parse.cadence
import prink.parse.carry
import prink.parse.head
import prink.parse.reach
import prink.parse.unrest
import prink.reading.hair_patch
import prink.reading.light
import prink.reading.tidy
from prink.arrays import Bytes, Floats
from prink.face import Face, HeadPose, Visibility
from prink.params import from_vector, to_vector
from prink.params.layout import check_numbers
from prink.parse import Parser, Parsing, Square
from prink.reading.grid import open_picture
from prink_export.codegen.outputs import VECTORS

__all__ = ["REPLAYS", "read", "worst"]

REPOSITORY = Path(__file__).parents[3]
Data = dict[str, Any]


def read(name: str) -> Data:
    """Returns a vector file."""
    found: Data = json.loads((REPOSITORY / VECTORS / f"{name}.json").read_text())
    return found


def worst(found: object, expected: object, tolerance: float) -> float:
    """Returns the largest difference of numbers in units of the tolerance; inf if not the shape."""
    one, two = np.asarray(found, np.float64), np.asarray(expected, np.float64)
    if one.shape != two.shape:
        return float("inf")
    return float(np.abs(one - two).max(initial=0.0)) / tolerance


def spread(data: Data, points: list[list[float]]) -> Floats:
    """Returns all landmarks (478, 3) of those that are given."""
    at = {number: place for number, place in zip(data["landmarks"], points, strict=True)}
    nose = at.get(4, points[0])
    return np.array([at.get(number, nose) for number in range(478)], np.float32)


def face(points: Floats, *, number: int = 0, opened: float = 1.0) -> Face:
    seen = Visibility(1, 1, 1, 1, 1, opened, opened, 0)
    return Face(number, points, 1.0, seen, prink.face.pose.head_pose(points))


def frame(data: Data, edit: Data) -> Bytes:
    """Returns the frame that an edit makes of the file's picture."""
    stored = data["picture"]
    flat = np.frombuffer(b64decode(stored["rgb"]), np.uint8)
    rgb = flat.reshape(stored["height"], stored["width"], 3).copy()
    for fill in edit["fill"]:
        x0, y0, x1, y1 = fill["box"]
        rgb[y0:y1, x0:x1] = fill["color"]
    if edit["grey"]:
        rgb[:] = rgb[..., 1:2]
    rgb = (rgb.astype(int) * edit["gain"] // 256).astype(np.uint8)
    return np.asarray(rgb.repeat(edit["zoom"], 0).repeat(edit["zoom"], 1))


def head_pose(data: Data) -> float:
    found = []
    for case in data["cases"]:
        pose = prink.face.pose.head_pose(spread(data, case["points"]))
        found.append([pose.yaw, pose.pitch, pose.roll])
    return worst(found, [case["expected"] for case in data["cases"]], data["tolerance"])


def corners(affine: object, size: int) -> Floats:
    """Returns where an affine puts (0, 0), (size, 0), (0, size)."""
    matrix = np.asarray(affine, np.float64)
    return np.asarray(np.array([[0, 0, 1], [size, 0, 1], [0, size, 1]]) @ matrix.T)


def head_affine(data: Data) -> float:
    off = []
    for case in data["cases"]:
        points, size = spread(data, case["points"]), case["size"]
        posed = Face(0, points, 1.0, face(points).visibility, HeadPose(0, 0, case["roll"]))
        to_frame = prink.parse.head.head_to_frame(posed, size)
        expected = corners(case["to_frame"], size)
        off.append(worst(corners(to_frame, size), expected, data["tolerance"]))
        back = np.column_stack([expected, np.ones(3)]) @ prink.parse.head.inverse(to_frame).T
        told = np.column_stack([expected, np.ones(3)]) @ np.transpose(case["from_frame"])
        off.append(worst(back, told, data["inverse_tolerance"]))
    return max(off)


def head_motion(data: Data) -> float:
    off = []
    for case in data["cases"]:
        before, now = spread(data, case["before"]), spread(data, case["now"])
        moved = prink.parse.carry.motion(before, now)
        square = np.array(case["square"], np.float32)
        carried = prink.parse.carry.carried(square, moved)
        for found, key in ((moved, "motion"), (carried, "carried")):
            off.append(worst(corners(found, 192), corners(case[key], 192), data["tolerance"]))
    return max(off)


class Told:
    """A network that answers what the file says, and keeps what it was given of before."""

    def __init__(self, data: Data) -> None:
        self.size = data["size"]
        self.made = [np.frombuffer(b64decode(each), np.uint8) for each in data["made"]]
        self.given: list[Floats | None] = []

    def answer(self, crop: Bytes, previous: Floats | None) -> Floats:
        assert crop.shape == (self.size, self.size, 3)
        plane = self.made[len(self.given) % len(self.made)].reshape(self.size, self.size)
        self.given.append(previous)
        return np.repeat(plane[None] / np.float32(255), 5, 0).astype(np.float32)


def parse_carry(data: Data) -> float:
    parser, told, off = Parser(stream=True, every=data["every"]), Told(data), [0.0]
    parser.network = told
    for each in data["frames"]:
        faces = [face(spread(data, f["points"]), number=f["id"]) for f in each["faces"]]
        before = len(told.given)
        heads = parser.find(np.zeros((4, 4, 3), np.uint8), faces)
        for found, expected in zip(heads, each["squares"], strict=True):
            off += [worst_square(found, name, expected[name], data) for name in expected]
        if len(told.given) - before != len(each["calls"]):
            return float("inf")
        for previous, call in zip(told.given[before:], each["calls"], strict=True):
            shown = [] if previous is None else previous[0].ravel() * 255
            off.append(worst(shown, stored(call["previous"] or ""), data["tolerance"]))
    return max(off)


def stored(text: str) -> Bytes:
    """Returns a file's bytes."""
    return np.frombuffer(b64decode(text), np.uint8)


def worst_square(found: Parsing, name: str, expected: Data, data: Data) -> float:
    square: Square = getattr(found, name)
    shown = square.pixels.reshape(data["size"], data["size"], -1)[..., 0].ravel()
    places = (corners(a, data["size"]) for a in (square.to_frame, expected["to_frame"]))
    return max(
        worst(shown, stored(expected["shown"]), data["tolerance"]),
        worst(*places, data["tolerance"] / 100),
    )


def parse_cadence(data: Data) -> float:
    rules, off = prink.parse.cadence, []
    for turn in data["turns"]:
        ages = {(number, kind): age for number, kind, age in turn["ages"]}
        restless = {tuple(job) for job in turn["restless"]}
        due = rules.due(ages, every=turn["every"], restless=restless)
        off.append(0.0 if [list(job) for job in due] == turn["due"] else float("inf"))
    for case in data["fades"]:
        share = rules.fade(case["age"], every=case["every"], jobs=case["jobs"])
        off.append(worst(share, case["share"], data["tolerance"]))
    for case in data["rates"]:
        given = {name: case[name] for name in ("cost", "jobs", "seconds")}
        found = rules.adapted(case["every"], **given)
        off.append(worst(found, case["expected"], data["tolerance"]))
    for case in data["costs"]:
        found = rules.usual_cost(case["usual"], case["took"])
        off.append(worst(found, case["expected"], data["tolerance"]))
    return max(off)


def parse_unrest(data: Data) -> float:
    rules, off = prink.parse.unrest, []

    def posed(told: Data) -> Face:
        points = np.zeros((478, 3), np.float32)
        points[data["ends"], :2] = told["points"]
        pose = HeadPose(told["yaw"], told["pitch"], told["roll"])
        return Face(0, points, 1.0, Visibility(1, 1, 1, 1, 1, 1, 1, 0), pose)

    def filled(box: list[int]) -> Floats:
        x0, y0, x1, y1 = box
        plane = np.zeros((data["size"], data["size"]), np.float32)
        plane[y0:y1, x0:x1] = 1
        return plane

    for case in data["moves"]:
        off.append(rules.moved(posed(case["before"]), posed(case["now"])) == case["moved"])
    for case in data["changes"]:
        before, now = (np.stack([filled(b) for b in case[key]]) for key in ("before", "now"))
        off.append(rules.changed(before, now) == case["changed"])
    for case in data["hairs"]:
        reach = prink.parse.reach.next_reach("hair", filled(case["box"]), case["reach"])
        off.append(reach == case["next_reach"])
    return 0.0 if all(off) else float("inf")


def look_tidy(data: Data) -> float:
    off = []
    for case in data["cases"]:
        look = from_vector(np.array(case["look"], np.float32))
        found = to_vector(prink.reading.tidy.tidy_look(look))
        off.append(worst(found, case["tidy"], data["tolerance"]))
    return max(off)


def face_follow(data: Data) -> float:
    follower = prink.face.follow.Follower(max_faces=data["max_faces"], smoothing=True)
    off = []
    for each in data["frames"]:
        found = [spread(data, points) for points in each["found"]]
        if follower.is_new(each["time"]):
            follower.follow(found, time=each["time"])
        if [f.id for f in follower.faces] != [f["id"] for f in each["faces"]]:
            return float("inf")
        for shown, expected in zip(follower.faces, each["faces"], strict=True):
            off.append(worst(shown.presence, expected["presence"], data["tolerance"]))
            off.append(worst(shown.points[4], expected["nose"], 100 * data["tolerance"]))
    return max(off)


def face_visibility(data: Data) -> float:
    off, heads = [], {each["name"]: each["points"] for each in data["heads"]}
    for stream in data["streams"]:
        watcher = prink.face.visibility.Watcher()
        for look in stream["looks"]:
            points = spread(data, heads[look["head"]])
            seen = watcher.see(points, look["seconds"])
            found = [getattr(seen, name) for name in look["expected"]]
            off.append(worst(found, list(look["expected"].values()), data["tolerance"]))
    return max(off)


def face_light(data: Data) -> float:
    off = []
    for case in data["cases"]:
        points = spread(data, data["points"]) * np.float32(case["edit"]["zoom"])
        picture = open_picture(frame(data, case["edit"]), points)
        for region, expected in case["regions"].items():
            found = prink.reading.light.probe(picture, region)
            off.append(worst(found, expected, data["tolerance"]))
        scene = prink.reading.light.measure_scene(picture, face(points, opened=case["open"]))
        off.append(worst(scene.skin, case["skin"], data["tolerance"]))
        off.append(worst(scene.light, case["light"], data["tolerance"]))
    return max(off)


def hair_tile(data: Data) -> float:
    skin, light = np.array(data["skin"]), np.array(data["light"])
    scene = prink.reading.light.Scene(skin, light, float(skin @ prink.reading.light.LUMA))
    outliers = 0.0
    for case in data["cases"]:
        stored = np.frombuffer(b64decode(data["mask"]), np.uint8)
        alpha = stored.reshape(data["side"], data["side"])
        x0, y0, x1, y1 = case["mask_box"]
        kept = np.zeros_like(alpha)
        kept[y0:y1, x0:x1] = alpha[y0:y1, x0:x1]
        kept = kept.repeat(case["mask_zoom"], 0).repeat(case["mask_zoom"], 1)
        mask = Square(kept, np.array(case["to_frame"], np.float32))
        # Only the scene is read off the face, and that is given.
        nobody: Any = SimpleNamespace()
        tile = prink.reading.hair_patch.hair_patch(
            frame(data, case["edit"]), nobody, mask, scene=scene
        )
        found = tile[np.ix_(data["rows"], data["columns"])].astype(int)
        beyond = np.abs(found - case["expected"]) > data["tolerance"]
        outliers = max(outliers, float(beyond.mean()) / data["outliers"])
    return outliers


def look_fields(data: Data) -> float:
    off = []
    for case in data["cases"]:
        look, sure = by_path(case)
        expected = case["confidence"]
        told = [sure.get(group, float("inf")) for group in expected]
        off.append(worst(look, case["look"], data["tolerance"]))
        off.append(worst(told, list(expected.values()), data["tolerance"]))
    for case in data["refused"]:
        try:
            by_path(case)
        except ValueError as error:
            off.append(0.0 if case["error"] in str(error) else float("inf"))
        else:
            off.append(float("inf"))
    return max(off)


def by_path(case: Data) -> tuple[list[float], dict[str, float]]:
    """Returns the numbers of a look, and the confidence of its groups."""
    fields = prink.params.fields.file_fields(
        case["fields"], Path("net.onnx"), what="network", error=ValueError
    )
    look = from_vector(fields.to_look(np.array(case["numbers"], np.float32)))
    return check_numbers(look), fields.confidence(np.array(case["shares"], np.float32))


REPLAYS: Final[dict[str, Callable[[Data], float]]] = {
    replay.__name__: replay
    for replay in (
        face_follow,
        face_light,
        face_visibility,
        hair_tile,
        head_affine,
        head_motion,
        head_pose,
        look_fields,
        look_tidy,
        parse_cadence,
        parse_carry,
        parse_unrest,
    )
}
"""How far prink's own functions are off a file, in units of the tolerance; 1 or less passes."""
