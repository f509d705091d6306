"""No file harms the others: each is indexed, or named with what is wrong and what to do."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import SourceError
from index.sandbox import Limits, Sandbox
from tests.odd_files import ODD, PLAIN, Odd


@pytest.fixture(scope="module")
def strict():
    """A sandbox of little patience."""
    sandbox = Sandbox(Limits(seconds=20, processor_seconds=2))
    yield sandbox
    sandbox.close()


@pytest.mark.parametrize("odd", [pytest.param(odd, id=odd.name[:30]) for odd in ODD])
def test_odd_file(odd: Odd, tmp_path: Path, strict: Sandbox) -> None:
    if odd.name == "locked.txt" and os.geteuid() == 0:
        pytest.skip("nothing is locked for root")
    path = tmp_path / odd.name
    odd.make(path)
    if odd.texts:
        assert tuple(draft.text for draft in strict.extract(path)) == odd.texts
    else:
        with pytest.raises(SourceError) as caught:
            strict.extract(path)
        assert str(caught.value).startswith(f"{path}{odd.error}")


INDEX = """
import json, resource, sys
from dataclasses import asdict
from pathlib import Path
from index.config import IndexConfig
from index.library import Library
from index.sandbox import Limits, Sandbox
from index.sync import sync

sandbox = Sandbox(Limits(seconds=20, processor_seconds=2))
library = Library(IndexConfig(home=Path(sys.argv[2])), sandbox=sandbox)
print(json.dumps(asdict(sync(library, [sys.argv[1]]))))
if sys.platform == "darwin":
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
else:  # ru_maxrss would be that of the process that started this one, if larger
    print(1024 * int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]))
"""


def test_a_folder_of_them_is_indexed_in_bounded_memory(tmp_path: Path) -> None:
    folder, home = tmp_path / "odd", tmp_path / "home"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "inner.txt").symlink_to(folder / "plain.txt")
    (folder / "outer").symlink_to("/etc")
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text(PLAIN)
    for odd in ODD:
        odd.make(folder / odd.name)
    done = subprocess.run(
        [sys.executable, "-c", INDEX, str(folder), str(home)],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
    )
    report, peak = map(json.loads, done.stdout.splitlines())
    root = os.geteuid() == 0
    readable = [odd for odd in ODD if odd.texts or (root and odd.name == "locked.txt")]
    named = {Path(failure["path"]).name: failure["error"] for failure in report["failed"]}
    assert report["added"] == sum(len(odd.texts) or 1 for odd in readable)
    assert set(named) == {odd.name for odd in ODD if odd not in readable} | {"outer", "caf?.txt"}
    assert named["caf?.txt"].endswith("caf?.txt: its name is not valid UTF-8; rename it.")
    assert named["outer"].endswith("a link that leads out of the folder; index what it leads to by its own path.")
    assert peak < 500_000_000
