"""Imports run ui -> qa -> index and never back, and `ask` loads nothing that it does not use."""

import ast
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FORBIDDEN = {"index": {"qa", "ui"}, "qa": {"ui"}, "ui": set()}
ONLY_IN = {
    "chromadb": {"index/vectors.py"},
    "pypdf": {"index/pdf.py"},
    "sqlite3": {"index/catalog.py", "index/writer.py", "ui/conversations.py"},
}


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def test_imports_never_run_back() -> None:
    for package, forbidden in FORBIDDEN.items():
        for path in (ROOT / package).rglob("*.py"):
            assert not imported(path) & forbidden, path


def test_a_package_has_one_owner() -> None:
    for package in FORBIDDEN:
        for path in (ROOT / package).rglob("*.py"):
            for library, owners in ONLY_IN.items():
                assert library not in imported(path) or str(path.relative_to(ROOT)) in owners, path


def test_the_command_line_loads_no_heavy_package() -> None:
    heavy = ("gradio", "llama_index", "onnx", "tiktoken", "pypdf", "chromadb")
    code = f"import sys, ui.cli, qa.ask; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, env=os.environ)
    assert done.stdout.strip() == "[]", done.stderr
