"""The generated looks of Kotlin, Swift and TypeScript map a network's numbers by path as files say.

Each runs where its compiler is. A program reads a case a line: path and width of each field, the
numbers and the shares, then prints the look's numbers and the confidences, or the error.
"""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from tests.export.hosts.replay import REPOSITORY, read, worst

from prink_export.codegen.outputs import ANDROID, IOS, WEB

KOTLIN: Final = """
import prink.Field
import prink.Look

fun main() = generateSequence(::readlnOrNull).forEach { line ->
    val (listed, numbers, shares) = line.split(";").map { it.split(" ") }
    val fields = listed.map { Field(it.substringBefore(":"), it.substringAfter(":").toInt()) }
    fun floats(given: List<String>) = given.map { it.toFloat() }.toFloatArray()
    try {
        val look = Look.ofFields(fields, floats(numbers)).numbers()
        val sure = Look.confidence(fields, floats(shares))
        val told = sure.map { (group, share) -> "$group:$share" }
        println(look.joinToString(" ") + ";" + told.joinToString(" "))
    } catch (error: IllegalArgumentException) {
        println(error.message)
    }
}
"""
SWIFT: Final = """
while let line = readLine() {
    let parts = line.split(separator: ";").map { $0.split(separator: " ").map(String.init) }
    let fields = parts[0].map { text -> Field in
        let ends = text.split(separator: ":")
        return Field(String(ends[0]), Int(ends[1])!)
    }
    do {
        let look = try Look(fields: fields, numbers: parts[1].map { Float($0)! }).numbers()
        let sure = try Look.confidence(fields: fields, shares: parts[2].map { Float($0)! })
        let numbers = look.map { "\\($0)" }.joined(separator: " ")
        print(numbers + ";" + sure.map { "\\($0.key):\\($0.value)" }.joined(separator: " "))
    } catch {
        print(error)
    }
}
"""
TYPESCRIPT: Final = """
import { readFileSync } from "node:fs";
import { confidenceOfFields, lookOfFields, numbersOf } from "./look.js";

for (const line of readFileSync(0, "utf8").trim().split("\\n")) {
  const [listed, numbers, shares] = line.split(";").map((part) => part.split(" "));
  const fields = listed.map((text) => [text.split(":")[0], Number(text.split(":")[1])]);
  try {
    const look = numbersOf(lookOfFields(fields, numbers.map(Number)));
    const sure = Object.entries(confidenceOfFields(fields, shares.map(Number)));
    console.log(look.join(" ") + ";" + sure.map((each) => each.join(":")).join(" "));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.log(error.message);
  }
}
"""


@dataclass(frozen=True)
class Host:
    """A language: its generated files, a program beside them, and the commands that run it."""

    folder: str
    look: str
    names: str
    program: str
    text: str
    build: str
    run: str

    def printed(self, lines: list[str], where: Path) -> list[str]:
        """Returns what the program prints of lines; the test is skipped without a compiler."""
        missing = [part.split()[0] for part in (self.build, self.run) if not part.startswith("./")]
        missing = [name for name in missing if shutil.which(name) is None]
        if missing:
            pytest.skip(f"needs {', '.join(missing)}")
        for name in (self.look, self.names):
            shutil.copy(REPOSITORY / self.folder / name, where)
        (where / self.program).write_text(self.text)
        (where / "package.json").write_text('{"type": "module"}')
        self.done(self.build, where)
        return self.done(self.run, where, "\n".join(lines) + "\n").splitlines()

    @staticmethod
    def done(command: str, where: Path, given: str = "") -> str:
        done = subprocess.run(
            command.split(), cwd=where, input=given, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


HOSTS: Final = {
    "kotlin": Host(
        folder=ANDROID,
        look="Look.kt",
        names="Names.kt",
        program="Run.kt",
        text=KOTLIN,
        build="kotlinc -Werror -include-runtime -d run.jar Look.kt Names.kt Run.kt",
        run="java -cp run.jar RunKt",
    ),
    "swift": Host(
        folder=IOS,
        look="Look.swift",
        names="Names.swift",
        program="main.swift",
        text=SWIFT,
        build="swiftc -o run Look.swift Names.swift main.swift",
        run="./run",
    ),
    "typescript": Host(
        folder=WEB,
        look="look.ts",
        names="names.ts",
        program="run.js",
        text=TYPESCRIPT,
        build="tsc --strict --noUncheckedIndexedAccess --target es2022 --module nodenext "
        "look.ts names.ts",
        run="node run.js",
    ),
}


@pytest.mark.parametrize("language", HOSTS)
def test_a_host_maps_and_refuses_numbers_by_path(language: str, tmp_path: Path) -> None:
    data = read("look_fields")
    cases, refused = data["cases"], data["refused"]
    printed = HOSTS[language].printed([line(case) for case in (*cases, *refused)], tmp_path)
    mapped, told = printed[: len(cases)], printed[len(cases) :]
    assert told == [case["error"] for case in refused]
    for case, text in zip(cases, mapped, strict=True):
        numbers, sure = (part.split(" ") for part in text.split(";"))
        shares = {name: float(share) for name, _, share in (each.partition(":") for each in sure)}
        assert worst([*map(float, numbers)], case["look"], data["tolerance"]) <= 1.0
        assert shares == pytest.approx(case["confidence"], abs=data["tolerance"])


def line(case: dict[str, Any]) -> str:
    fields = [f"{path}:{width}" for path, width in case["fields"]]
    numbers = ["NaN" if n is None else str(n) for n in case["numbers"]]
    shares = ["NaN" if n is None else str(n) for n in case["shares"]]
    return ";".join(" ".join(part) for part in (fields, numbers, shares))
