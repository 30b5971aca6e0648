"""Speed, memory and start: what a frame costs, stage by stage, beside two controls of the same run.

python -m benchmarks.frame [--frames 300] [--quick]
"""

import time
from collections.abc import Mapping
from typing import Final

from rich.progress import Progress

from benchmarks.contract.chart import Panel, bars
from benchmarks.contract.clip import Clip
from benchmarks.contract.people import Person, track_all, wheel_pictures
from benchmarks.contract.report import progress
from benchmarks.contract.result import Figure, Table, at_most, plain
from benchmarks.contract.stopwatch import percentiles
from benchmarks.contract.suite import made_result, options, publish
from benchmarks.frame.hair_frame import hair_figures, time_hair
from benchmarks.frame.memory import Growth, memory_of
from benchmarks.frame.stages import (
    COPY,
    DRAW,
    NAIVE,
    NAIVE_CROP,
    Times,
    time_face_sizes,
    time_products,
    time_stream,
)
from benchmarks.frame.start import OWN, start_times
from prink.face import Tracker
from prink.render import Renderer

__all__ = ["main"]

CONTROLS: Final = (COPY, NAIVE, NAIVE_CROP)
SIZES: Final = {"480p": (640, 480), "720p": (1280, 720), "1080p": (1920, 1080)}


def main(arguments: list[str] | None = None) -> None:
    """Runs the suite and writes its files."""
    parser = options(__doc__)
    parser.add_argument("--frames", type=int, default=300, help="frames a size (default 300)")
    args = parser.parse_args(arguments)
    frames = 6 if args.quick else args.frames
    rounds, runs, long = (2, 1, 30) if args.quick else (20, 3, 1000)
    began = time.perf_counter()
    with Tracker() as tracker:
        pictures = ((name, rgb, None, False) for name, rgb in wheel_pictures().items())
        haired, person = track_all(pictures, tracker)  # only the first one wears no cap
    with progress() as bar, Renderer() as renderer:
        sizes = {name: stream(bar, name, person, renderer, frames) for name in SIZES}
        task = bar.add_task("a moving face at 720p, with hair on", total=frames + 6)
        hair = time_hair(haired, renderer, frames=frames, tick=lambda: bar.advance(task))
        task = bar.add_task("products, face sizes, start, memory", total=4)
        products = time_products(person, renderer, rounds=rounds)
        bar.advance(task)
        faces = time_face_sizes(person, renderer, rounds=rounds)
        bar.advance(task)
        start = start_times(Clip(person.rgb, person.face, *SIZES["720p"]).frame(0), runs=runs)
        bar.advance(task)
        memory = memory_of(frames=long)
        bar.advance(task)
        result = made_result(
            "frame",
            renderer.context,
            seconds=time.perf_counter() - began,
            settings={"frames": frames, "rounds": rounds, "starts": runs, "memory_frames": long},
            figures=[
                *ratio_figures(sizes),
                *hair_figures(hair),
                *product_figures(products),
                *start_figures(start),
                *memory_figures(memory, long),
            ],
            tables=all_tables(sizes, hair, products, faces, start),
            series={},
        )
    publish(result, charts(sizes, products, faces, start), args)


def stream(bar: Progress, name: str, person: Person, renderer: Renderer, frames: int) -> Times:
    """Returns the times of one frame size, showing how far it is."""
    task = bar.add_task(f"a moving face at {name}", total=frames + 5)
    return time_stream(person, SIZES[name], renderer, frames=frames, tick=lambda: bar.advance(task))


def cpu(times: Times, stage: str) -> float:
    """Returns the median CPU milliseconds of a stage."""
    return percentiles(times[stage])[0]


def ratio_figures(sizes: Mapping[str, Times]) -> list[Figure]:
    """Returns the whole draw against the controls; targets are set at 720p."""
    figures = []
    note = "median CPU time"
    for name, times in sizes.items():
        copy, naive, box = (cpu(times, DRAW) / cpu(times, each) for each in CONTROLS)
        by_copy = (f"draw_by_copy_{name}", f"whole draw / one copy shader, {name}", copy)
        by_naive = (f"draw_by_naive_{name}", f"whole draw / naive OpenCV, {name}", naive)
        by_box = (f"draw_by_naive_box_{name}", f"whole draw / naive in a box, {name}", box)
        if name == "720p":
            figures += [at_most(*by_copy, 2.5, note=note), at_most(*by_naive, 0.2, note=note)]
        else:
            figures += [plain(*by_copy, note=note), plain(*by_naive, note=note)]
        figures.append(plain(*by_box, note=note))
    return figures


def product_figures(products: Times) -> list[Figure]:
    """Returns how the cost grows with the number of products."""
    alone = {name: cpu(products, name) for name in products if name != "all products"}
    every, dearest = cpu(products, "all products"), max(alone, key=lambda name: alone[name])
    by_sum, by_dearest = every / sum(alone.values()), every / alone[dearest]
    note = "720p; 1 would be a cost that grows with the number of products"
    return [
        plain("all_by_sum", "all products / sum of each alone", by_sum, note=note),
        plain("all_by_dearest", f"all products / {dearest} alone", by_dearest, note="the dearest"),
    ]


def start_figures(start: Mapping[str, float]) -> list[Figure]:
    """Returns prink's own part of the start, and the whole."""
    own = sum(start[step] for step in OWN) / 1e3
    whole = sum(start.values()) / 1e3
    label = "process start to the first made-up frame"
    return [
        at_most("start_own", "start: prink's own part", own, 0.8, unit="s", note=", ".join(OWN)),
        plain("start_whole", label, whole, unit="s"),
    ]


def memory_figures(memory: Growth, frames: int) -> list[Figure]:
    """Returns the megabytes and objects."""
    added, drawn, streamed = (memory[f"{name}_mb"] for name in ("added", "drawn", "streamed"))
    drawing = f"growth over {frames} drawn frames"
    tracking = f"growth over {frames} tracked and drawn frames"
    objects, more = memory["gl_objects"], memory["gl_objects_grown"]
    count = f"of {objects:.0f}, counted by the driver"
    driver = "GL driver and compiler included"
    resident = "resident, 720p, after a warm-up"
    return [
        at_most("added_mb", "renderer's memory at 720p", added, 150, unit="MB", note=driver),
        at_most("drawn_mb", drawing, drawn, 5, unit="MB", note=resident),
        at_most("streamed_mb", tracking, streamed, 5, unit="MB", note="MediaPipe included"),
        at_most("gl_objects_grown", "GL objects added by these frames", more, 0, note=count),
    ]


def all_tables(
    sizes: Mapping[str, Times],
    hair: Times,
    products: Times,
    faces: Times,
    start: Mapping[str, float],
) -> dict[str, Table]:
    """Returns the tables of the report."""
    columns = ("stage", "CPU p50", "CPU p95", "wall p50", "wall p95")
    tables = {
        f"{name}: ms a frame": Table(
            columns, tuple((stage, *percentiles(each)) for stage, each in times.items())
        )
        for name, times in sizes.items()
    }
    tables["720p with hair on: ms a frame, means of three"] = Table(
        columns, tuple((name, *percentiles(each)) for name, each in hair.items())
    )
    tables["720p by product: ms a draw"] = Table(
        columns, tuple((name, *percentiles(each)) for name, each in products.items())
    )
    tables["720p by height of the face: ms a draw"] = Table(
        columns, tuple((share, *percentiles(each)) for share, each in faces.items())
    )
    tables["start: ms"] = Table(("step", "ms"), tuple(start.items()))
    return tables


def charts(
    sizes: Mapping[str, Times], products: Times, faces: Times, start: Mapping[str, float]
) -> list[Panel]:
    """Returns the panels of the chart."""
    at720 = sizes["720p"]
    stages = {stage: cpu(at720, stage) for stage in at720 if stage not in (NAIVE, NAIVE_CROP)}
    copy = {name: cpu(times, DRAW) / cpu(times, COPY) for name, times in sizes.items()}
    naive = {name: cpu(times, DRAW) / cpu(times, NAIVE) for name, times in sizes.items()}
    return [
        bars("Stages at 720p", stages, "median CPU ms"),
        bars("Whole draw by what is worn, 720p", {n: cpu(products, n) for n in products}, "CPU ms"),
        bars("Whole draw / one copy shader (target at 720p)", copy, "times", target=2.5),
        bars("Whole draw / naive OpenCV (target at 720p)", naive, "times", target=0.2),
        bars(
            "Whole draw by face height / frame height", {n: cpu(faces, n) for n in faces}, "CPU ms"
        ),
        bars("From process start to the first made-up frame", start, "ms"),
    ]


if __name__ == "__main__":
    main()
