"""The trackers' start-up log stays off the terminal, whatever starts beside it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from prink.face.quiet import quiet

NOISE = b"INFO: Created TensorFlow Lite XNNPACK delegate for CPU.\n"


@pytest.fixture
def stderr(capfd: pytest.CaptureFixture[str]) -> Iterator[pytest.CaptureFixture[str]]:
    before = os.fstat(2)
    yield capfd
    assert (os.fstat(2).st_dev, os.fstat(2).st_ino) == (before.st_dev, before.st_ino)


def test_noise_is_dropped_and_the_rest_passed_on(stderr: pytest.CaptureFixture[str]) -> None:
    with quiet():
        os.write(2, NOISE + b"E0000 broken\n" + NOISE + b"no end of line")
    os.write(2, b"; after\n")
    assert stderr.readouterr().err == "E0000 broken\nno end of line; after\n"


def test_starts_may_overlap_in_any_order(stderr: pytest.CaptureFixture[str]) -> None:
    first, second = ExitStack(), ExitStack()
    first.enter_context(quiet())
    os.write(2, NOISE + b"one\n")
    second.enter_context(quiet())
    os.write(2, NOISE + b"two\n" + NOISE[:9])
    first.close()
    assert stderr.readouterr().err == "one\ntwo\n"
    os.write(2, NOISE[9:] + b"three\n")
    second.close()
    os.write(2, b"four\n")
    assert stderr.readouterr().err == "three\nfour\n"


def test_trackers_made_in_two_threads_say_nothing() -> None:
    code = """
from concurrent.futures import ThreadPoolExecutor
from prink.face import Tracker
with ThreadPoolExecutor(3) as pool:
    for tracker in pool.map(lambda _: Tracker(stream=True, source="facemesh"), range(6)):
        tracker.close()
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert run.stderr == b""
