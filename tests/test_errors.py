"""Every error of prink can be caught by one name, and by the built-in name it had before."""

import pytest

import prink


@pytest.mark.parametrize(
    ("name", "built_in"),
    [
        ("FaceError", ValueError),
        ("LiveError", RuntimeError),
        ("LookError", ValueError),
        ("ModelError", ValueError),
        ("PhotoError", ValueError),
        ("ReadingError", ValueError),
        ("RenderError", RuntimeError),
        ("VideoError", ValueError),
    ],
)
def test_each_error_is_exported_and_has_both_bases(name: str, built_in: type[Exception]) -> None:
    error = getattr(prink, name)
    assert issubclass(error, prink.PrinkError)
    assert issubclass(error, built_in)
