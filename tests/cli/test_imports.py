"""What is quick stays quick: heavy libraries load only where they are needed."""

import builtins
import signal
import subprocess
import sys

import pytest

HEAVY = ("mediapipe", "torch", "moderngl", "cv2", "jax")


def loaded(code, *arguments):
    """Returns which heavy modules a fresh interpreter has loaded after running the code."""
    tail = f"\nprint('LOADED', [m for m in {HEAVY!r} if m in sys.modules])"
    command = [sys.executable, "-c", "import sys\n" + code + tail, *arguments]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return result.stdout.splitlines()[-1]


def test_import_loads_nothing_heavy():
    assert loaded("import prink\nprink.__version__\ndir(prink)") == "LOADED []"


def test_looks_and_photos_load_nothing_heavy():
    code = "import prink\nprink.look('classic_red'), prink.load_photo, prink.edit, prink.Rgba"
    assert loaded(code) == "LOADED []"


@pytest.mark.parametrize("arguments", [["--help"], ["try", "--help"], ["looks"], ["--version"]])
def test_help_and_looks_load_nothing_heavy(arguments):
    code = f"""
from prink.cli import main
try:
    main({arguments!r})
except SystemExit as done:
    assert done.code == 0
"""
    assert loaded(code) == "LOADED []"


def test_doctor_never_loads_the_tracker():
    found = loaded("from prink.cli import main\nassert main(['doctor']) == 0")
    assert found == "LOADED ['moderngl']"


def test_every_public_name_is_there():
    code = "import prink\nfor name in prink.__all__: getattr(prink, name)"
    assert loaded(code).startswith("LOADED")


def test_unknown_name_is_an_attribute_error():
    import prink

    with pytest.raises(AttributeError, match="blusher"):
        _ = prink.blusher


def test_stopped_while_it_loads_it_says_so(monkeypatch, capsys):
    def interrupted(name, *rest):
        if name == "prink.cli.command":
            raise KeyboardInterrupt
        return load(name, *rest)

    from prink.cli import main

    load = builtins.__import__
    monkeypatch.setattr("builtins.__import__", interrupted)
    assert main(["looks"]) == 130
    assert capsys.readouterr().err == "prink: stopped\n"


@pytest.mark.usefixtures("heard")
def test_ctrl_c_waits_until_a_library_is_loaded():
    from prink.cli.loading import undisturbed

    order = []
    with pytest.raises(KeyboardInterrupt):  # noqa: PT012
        with undisturbed():
            signal.raise_signal(signal.SIGINT)
            order.append("loaded")
        order.append("never")
    assert order == ["loaded"]


def test_entry_point_loads_hardly_anything():
    code = "import prink.cli\nnames = [m for m in sys.modules if m.startswith('prink')]\n"
    command = [sys.executable, "-c", f"import sys\n{code}print(names, 'numpy' in sys.modules)"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stdout == "['prink', 'prink.cli'] False\n"
