"""The region mesh: weights, regions, winding, and that it covers real faces without holes."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from prink.arrays import Bytes, Floats
from prink.face import Face
from prink.render.assets import Mesh, asset, read_mesh
from prink_export.face_mesh.lut import OVAL
from prink_export.face_mesh.rings import EYE_RINGS, LIP_RINGS, SAMPLES
from prink_export.face_mesh.topology import Topology, load_topology

SCALE = 4  # sub-pixels, so that what lies between triangles would show


@pytest.fixture(scope="module")
def mesh() -> Mesh:
    return read_mesh()


@pytest.fixture(scope="module")
def topology() -> Topology:
    return load_topology(asset("mesh/canonical.json"))


def triangles(mesh: Mesh, patch: str) -> NDArray[np.uint16]:
    first, count = mesh.patches[patch]
    return mesh.triangles[first : first + count].reshape(-1, 3)


def covered(mesh: Mesh, patch: str, places: Floats, size: int) -> Bytes:
    picture = np.zeros((size, size), np.uint8)
    for corners in places[triangles(mesh, patch)]:
        cv2.fillConvexPoly(picture, np.round(corners).astype(np.int32), 1)
    return picture


def area(places: NDArray[np.floating], corners: NDArray[np.uint16]) -> NDArray[np.floating]:
    """Returns signed areas, positive where the corners run clockwise in a picture with y down."""
    a, b, c = (places[corners[:, k]] for k in range(3))
    u, v = b - a, c - a
    return (u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]) / 2


def test_every_vertex_is_a_weighted_mean_of_landmarks(mesh: Mesh) -> None:
    for index, weight in (("index", "weight"), ("near", "near_weight"), ("far", "far_weight")):
        assert mesh.vertices[index].max() < 478
        assert np.abs(mesh.vertices[weight].sum(1) - 1).max() < 1e-6
        assert np.abs(mesh.vertices[weight]).max() < 2
    assert mesh.triangles.max() == len(mesh.vertices) - 1
    assert mesh.triangles.min() == 0


def test_every_patch_says_where_its_vertices_lie(mesh: Mesh) -> None:
    region = {
        name: mesh.vertices["region"][np.unique(triangles(mesh, name))] for name in mesh.patches
    }
    assert set(region) == {"skin", "eyes", "brows", "lips"}
    assert np.allclose(np.linalg.norm(region["skin"][:, :3], axis=1), 1, atol=1e-3)
    eyes, lips = region["eyes"], region["lips"]
    assert set(eyes[:, 3]) == {-1.0, 1.0}
    assert set(eyes[:, 2]) == {-1.0, 0.0, 1.0, 2.0, 3.0}
    assert set(region["brows"][:, 2]) == {3.0, 4.0, 5.0}
    assert {-1.0, 0.0, 1.0, 2.0} <= set(lips[:, 2])
    for part in (eyes, lips):
        assert part[:, 0].min() == 0.0
        assert part[:, 0].max() == 1.0
        assert set(np.sign(part[:, 1])) == {-1.0, 0.0, 1.0}
    face = mesh.vertices["face"][:, :2]
    assert face.min() > -0.05
    assert face.max() < 1.05


def test_the_left_side_mirrors_the_right(mesh: Mesh, topology: Topology) -> None:
    assert all(topology.mirror(topology.mirror(p)) == p for p in range(468))
    eyes = mesh.vertices[np.unique(triangles(mesh, "eyes"))]
    right, left = (eyes[eyes["region"][:, 3] == side] for side in (-1, 1))
    assert np.allclose(right["region"][:, :3], left["region"][:, :3])
    assert np.allclose(right["face"][:, 0], 1 - left["face"][:, 0], atol=0.02)
    assert np.allclose(right["face"][:, 1:], left["face"][:, 1:], atol=0.02)


def test_skin_triangles_wind_one_way(mesh: Mesh, astronaut_face: Face, hopper_face: Face) -> None:
    corners = triangles(mesh, "skin")
    assert (
        area(mesh.vertices["face"][:, :2], corners) < 0
    ).all()  # counter-clockwise to the viewer
    for face in (astronaut_face, hopper_face):
        signed = area(mesh.positions(face.points), corners)
        assert -signed[signed < 0].sum() > 0.99 * np.abs(signed).sum()


@pytest.mark.parametrize("name", ["astronaut_face", "hopper_face"])
def test_the_patches_together_cover_the_face_without_holes(
    mesh: Mesh, name: str, request: pytest.FixtureRequest
) -> None:
    face: Face = request.getfixturevalue(name)
    places = mesh.positions(face.points)
    low = places.min(0) - 2
    places = (places - low) * SCALE
    size = int(places.max()) + 2 * SCALE
    drawn = {patch: covered(mesh, patch, places, size) for patch in mesh.patches}
    union = np.maximum.reduce(list(drawn.values()))
    outline, _ = cv2.findContours(union, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = cv2.drawContours(np.zeros_like(union), outline, -1, 1, cv2.FILLED)
    assert len(outline) == 1
    assert (filled != union).sum() == 0

    oval = np.round((face.points[list(OVAL), :2] - low) * SCALE).astype(np.int32)
    hull = cv2.fillPoly(np.zeros_like(union), [oval], 1)
    assert (hull > union).sum() == 0


def test_rings_and_samples_name_landmarks_that_exist(topology: Topology) -> None:
    for rings in (LIP_RINGS, EYE_RINGS[:4]):
        assert len({len(ring) for ring in rings}) == 1
    for ring in (*LIP_RINGS, *EYE_RINGS):
        assert len(set(ring)) == len(ring)
    for name, pairs in SAMPLES.items():
        assert all(0 <= point < 478 for pair in pairs for point in pair), name
        if "right" in name:  # the person's right is on the left of an unmirrored picture
            x = [topology.position[p, 0] for pair in pairs for p in pair if p < 468]
            assert max(x, default=-1) < 0, name
