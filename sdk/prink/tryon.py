"""Photo in, photo out: a look on every face of one picture."""

import atexit
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import replace
from pathlib import PurePath
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Self, TypeVar

import numpy as np

from prink.arrays import Bytes
from prink.face import Face, FaceError, Tracker
from prink.hair import colors_hair
from prink.params import Look, check_look
from prink.parse import Parser, wears_makeup
from prink.photo import Photo
from prink.render import Renderer

__all__ = ["TryOn", "try_on"]

Picture = TypeVar("Picture", Photo, Bytes)
Result = TypeVar("Result")
Job = tuple[Callable[["TryOn"], Any], Future[Any]]


class TryOn:
    """Owns tracker, renderer and parser for photos; a context manager, used on one thread.

    Raises:
        RenderError: if there is no OpenGL driver.
    """

    def __init__(self) -> None:
        with ExitStack() as stack:
            self.tracker = stack.enter_context(Tracker())
            self.renderer = stack.enter_context(Renderer())
            self.stack = stack.pop_all()
        self.parser: Parser | None = None

    def find(self, rgb: Bytes) -> tuple[Face, ...]:
        """Returns the faces of a picture (H, W, 3), the largest first.

        Raises:
            FaceError: if there is none.
        """
        faces = self.tracker.track(rgb)
        if not faces:
            raise FaceError(
                "no face found; turn the picture upright or crop it closer to the face "
                "(good results take 35 pixels between the eyes)"
            )
        return faces

    def draw(
        self, picture: Picture, look: Look, *, faces: tuple[Face, ...] | None = None
    ) -> Picture:
        """Returns the picture, a photo or (H, W, 3 or 4), with the look on every face.

        See `try_on`.
        """
        check_picture(picture)
        if isinstance(picture, Photo):
            return replace(picture, rgb=self.draw(picture.rgb, look, faces=faces))
        if picture.ndim == 3 and picture.shape[2] == 4:
            made = self.draw(np.ascontiguousarray(picture[..., :3]), look, faces=faces)
            return np.dstack([made, picture[..., 3]])
        rgb = np.ascontiguousarray(picture)
        faces = self.find(rgb) if faces is None else faces
        makeup, hair = wears_makeup(look), colors_hair(look)
        if not makeup and not hair:
            return self.renderer.draw(rgb, faces, look)
        self.parser = self.parser or Parser()
        parsing = self.parser.find(rgb, faces, face=makeup, hair=hair)
        return self.renderer.draw(rgb, faces, look, parsing=parsing)

    def close(self) -> None:
        """Ends the tracker and gives the GPU memory back; a second call does nothing."""
        self.stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class Worker:
    """A thread with a `TryOn` of its own: an OpenGL context has one thread, callers have many."""

    def __init__(self) -> None:
        self.jobs: SimpleQueue[Job | None] = SimpleQueue()
        self.thread = threading.Thread(target=self._run, name="prink try_on", daemon=True)
        self.thread.start()

    def call(self, action: Callable[[TryOn], Result]) -> Result:
        """Returns what `action` returns on the worker's thread, or raises what it raises."""
        done: Future[Result] = Future()
        self.jobs.put((action, done))
        return done.result()

    def stop(self) -> None:
        """Closes the session and ends the thread."""
        self.jobs.put(None)
        self.thread.join(timeout=5)

    def _run(self) -> None:
        session: TryOn | None = None
        while (job := self.jobs.get()) is not None:
            action, done = job
            try:
                session = session or TryOn()
                done.set_result(action(session))
            except BaseException as error:
                done.set_exception(error)
            del job, action, done  # no picture is held while waiting
        if session is not None:
            session.close()


worker: Worker | None = None
guard = threading.Lock()


def shared_worker() -> Worker:
    global worker
    with guard:
        if worker is None or not worker.thread.is_alive():  # not alive: this is a forked child
            worker = Worker()
            atexit.register(worker.stop)
        return worker


def check_picture(picture: object) -> None:
    """Raises a `TypeError` that says what to pass, unless this is a photo or an array."""
    if not isinstance(picture, Photo | np.ndarray):
        named = repr(str(picture)) if isinstance(picture, str | PurePath) else "'me.jpg'"
        raise TypeError(
            f"the picture is a {type(picture).__name__}; expected a photo or an array of pixels: "
            f"prink.load_photo({named})"
        )


def try_on(picture: Picture, look: Look) -> Picture:
    """Returns the picture with the look drawn on every face, in the form it came: photo or array.

    Tracker, renderer and parser are made at the first call that needs them, kept, and closed
    at exit; any thread may call.

    Args:
        picture: A `Photo`, or uint8 sRGB of shape (H, W, 3) or (H, W, 4); alpha is kept.
        look: What to draw.

    Raises:
        FaceError: if there is no face in the picture, or an array is of another kind.
        LookError: if a field of the look is no number of its range.
        RenderError: if there is no OpenGL driver.
        TypeError: if picture or look is something else, such as a file's name.
    """
    check_picture(picture)
    check_look(look)
    return shared_worker().call(lambda session: session.draw(picture, look))
