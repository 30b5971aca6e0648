"""The house rules that no other tool checks: sizes, names, paths and weights of all files."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import grimp
import pytest

REPOSITORY = Path(__file__).parents[1]
FOLDERS = ("sdk", "export", "shaders", "benchmarks", "tests")
TEXT = {".py", ".md", ".toml", ".glsl", ".vert", ".frag", ".json", ".txt", ".yml", ".sh", ""}
VAGUE = re.compile(r"(^|_)(utils?|helpers?|common|misc|managers?)($|_)", re.IGNORECASE)
HERE_ONLY = re.compile(r"(?<![\w.<$}])/(?:work|home|root|Users|mnt|opt)/\w")
ARRAY = r"\b(?:ArrayLike|Bytes|Doubles|Flags|Floats|NDArray|Tensor)\b"
NAMED_ARRAY = re.compile(rf"^([A-Z]\w+) = (?:TypeVar\(.*|.*\| )?{ARRAY}", re.M)
SIDE = r"(?:\w+|\.{3})(?: (?:[-+*/]|or) (?:\w+|\.{3}))*"  # such as N, 478, H / 2, ...
TELLING = r"(?:\b(?:[A-Z]+|[a-z])\b|\d|\.{3})"  # one of them at least, or it may be prose
SHAPE = re.compile(  # `()`, `(3,)`, `(H, W, 3)`; no range such as (0, 1)
    rf"\((?!0)(?=[^()]*{TELLING})(?:\.{{3}}|{SIDE},|{SIDE}(?:, {SIDE})+)\)"
    r"|`\(\)`|\b(?:any|declared|port's|same) shapes?\b"
)
TWINS = (  # a module's docstring may tell the shapes for all of it
    "sdk/prink/render/formulas/",
    "sdk/prink/render/glsl/",
)

PYTHON_LINES, FUNCTION_LINES = 400, 50
SHADER_LINES, SHADER_FUNCTION_LINES = 100, 40
FOLDER_FILES = 20  # of Python
LARGEST = 8 * 2**20  # bytes
PACKAGES = ("prink", "prink_export", "benchmarks")


def tracked() -> list[Path]:
    """Returns the project's files: what git tracks, or all of an unpacked source archive."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        check=False,
    )
    paths = [REPOSITORY / name for name in listed.stdout.decode().split("\0") if name]
    if not paths:
        paths = [path for folder in FOLDERS for path in (REPOSITORY / folder).rglob("*")]
    return [path for path in paths if path.is_file() and "__pycache__" not in path.parts]


FILES = tracked()
PYTHON = [path for path in FILES if path.suffix == ".py"]
SHADERS = [
    path
    for path in FILES
    if path.suffix in (".glsl", ".vert", ".frag") and path.parent.name != "generated"
]


def name(path: Path) -> str:
    return str(path.relative_to(REPOSITORY))


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Returns the lines of a function's body without its docstring."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1 if body else 0


def offered(tree: ast.Module) -> set[str]:
    """Returns what a module's `__all__` lists."""
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AugAssign) and "__all__" in ast.unparse(node):
            found |= set(ast.literal_eval(node.value))
    return found


def public_functions(
    tree: ast.Module,
) -> Iterator[tuple[ast.FunctionDef, ast.FunctionDef | ast.ClassDef]]:
    """Yields the functions a module offers and its classes' methods, each with what holds it."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in offered(tree):
            for each in node.body if isinstance(node, ast.ClassDef) else [node]:
                if isinstance(each, ast.FunctionDef) and not re.match(r"_(?!_call__)", each.name):
                    yield each, node


def types_of(function: ast.FunctionDef) -> str:
    """Returns the annotations of what a function takes and returns."""
    given = [node.annotation for node in ast.walk(function.args) if isinstance(node, ast.arg)]
    return " ".join(ast.unparse(each) for each in (*given, function.returns) if each is not None)


def test_the_files_are_found() -> None:
    assert len(PYTHON) > 60
    assert len(SHADERS) > 20


def test_python_files_and_functions_are_short() -> None:
    long = [name(path) for path in PYTHON if len(path.read_text().splitlines()) > PYTHON_LINES]
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = body_lines(node)
                if lines > FUNCTION_LINES:
                    long.append(f"{name(path)}: {node.name} has {lines} lines")
    assert long == []


def test_shaders_and_their_functions_are_short() -> None:
    long = []
    for path in SHADERS:
        text = path.read_text()
        if len(text.splitlines()) > SHADER_LINES:
            long.append(name(path))
        long += [
            f"{name(path)}: {function[1]}"
            for function in re.finditer(r"^\w[\w ]* (\w+)\([^)]*\) \{\n(.*?)^\}", text, re.M | re.S)
            if function[2].count("\n") > SHADER_FUNCTION_LINES
        ]
    assert long == []


def test_names_say_what_is_inside() -> None:
    vague = [name(path) for path in FILES if VAGUE.search(path.stem)]
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and re.search(
                r"Util|Helper|Common|Manager", node.name
            ):
                vague.append(f"{name(path)}: {node.name}")
    assert vague == []


def test_packages_are_flat() -> None:
    deep = [
        name(path)
        for path in PYTHON
        if path.is_relative_to(REPOSITORY / "sdk/prink")
        and len(path.relative_to(REPOSITORY / "sdk/prink").parts) > 3
    ]
    assert deep == []


def test_no_folder_is_a_hall() -> None:
    count = Counter(name(path.parent) for path in PYTHON)
    assert {folder: n for folder, n in count.items() if n > FOLDER_FILES} == {}


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = grimp.build_graph(*PACKAGES, exclude_type_checking_imports=True, cache_dir=None)
    needs = {
        module: {
            part
            for found in graph.find_modules_directly_imported_by(module)
            for part in loaded(found)
            if not f"{module}.".startswith(f"{part}.")
        }
        for module in graph.modules
    }
    TopologicalSorter(needs).prepare()  # raises a CycleError that names the circle


def loaded(module: str) -> list[str]:
    """Returns what an import of a module loads: the packages it is in, and itself."""
    parts = module.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts) + 1)]


def test_what_the_packages_import_is_declared() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    declared = {re.split(r"[^\w.-]", each)[0].lower() for group in groups for each in group}
    owners = packages_distributions()
    graph = grimp.build_graph(*PACKAGES, include_external_packages=True, cache_dir=None)
    found = {module for module in graph.modules if graph.is_module_squashed(module)}
    missing = {
        module: owners[module]
        for module in found - set(sys.stdlib_module_names)
        if module in owners  # one that is not installed here is told by no name of a package
        and not declared & {each.lower().replace("_", "-") for each in owners[module]}
    }
    assert missing == {}


def test_every_module_of_the_packages_says_what_it_offers() -> None:
    silent = [
        name(path)
        for path in PYTHON
        if path.is_relative_to(REPOSITORY / "sdk") or path.is_relative_to(REPOSITORY / "export")
        if path.name != "__main__.py"
        and len(ast.parse(path.read_text()).body) > 1
        and "__all__" not in path.read_text()
    ]
    assert silent == []


def test_public_functions_say_the_shape_of_their_arrays() -> None:
    texts = {name(path): path.read_text() for path in PYTHON}
    texts = {path: text for path, text in texts.items() if path.startswith(("sdk/", "export/"))}
    trees = {path: ast.parse(text) for path, text in texts.items()}
    own = {path: set(NAMED_ARRAY.findall(text)) for path, text in texts.items()}
    shared = {each for path, tree in trees.items() for each in own[path] & offered(tree)}
    count, silent = 0, []
    for path, tree in trees.items():
        arrays = re.compile("|".join([ARRAY, *(rf"\b{each}\b" for each in shared | own[path])]))
        for function, holder in public_functions(tree):
            if not arrays.search(types_of(function)):
                continue
            count += 1
            module = [tree] if path.startswith(TWINS) else []
            docs = [ast.get_docstring(each) or "" for each in (function, holder, *module)]
            if not any(map(SHAPE.search, docs)):
                silent.append(f"{path}:{function.lineno} {function.name}")
    assert count > 250
    assert silent == []


def test_no_file_names_a_place_of_one_machine() -> None:
    found = []
    for path in FILES:
        if path.suffix in TEXT and path != Path(__file__):
            for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
                if HERE_ONLY.search(line):
                    found.append(f"{name(path)}:{number}: {line.strip()[:100]}")
    assert found == []


def test_no_file_is_heavy() -> None:
    assert [name(path) for path in FILES if path.stat().st_size > LARGEST] == []


@pytest.mark.parametrize(
    ("line", "caught"),
    [
        ('open("/home/me/a.png")', True),
        ("see /work/shared/x", True),
        ("https://example.org/home/page", False),
        ("../shared/portraits", False),
        ("$HOME/root/x", False),
    ],
)
def test_the_rule_on_places_knows_a_place_when_it_sees_one(line: str, caught: bool) -> None:
    assert bool(HERE_ONLY.search(line)) == caught
