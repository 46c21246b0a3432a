"""Tiltmeter's check of two tables, from Python: the standard library and the command line are all it needs.

>>> import tiltmeter
>>> report = tiltmeter.check("current.parquet", reference="training.parquet")
>>> report.passed, report["summary"]
(False, '2 of 14 columns failed: age, country')
"""

from __future__ import annotations

import html
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Dict, Iterable, List, Optional, Sequence, Union

__version__ = "0.1.0"
__all__ = ["CheckFailedToRun", "Report", "check"]

#: A path, a glob, or anything with ``to_csv(path, index=False)`` (pandas) or ``write_csv(path)`` (polars).
Table = Union[str, "os.PathLike[str]", Any]


class CheckFailedToRun(RuntimeError):
    """Nothing could be said of the tables; the message says why, ``hint`` what to do."""

    def __init__(self, message: str, hint: Optional[str] = None) -> None:
        super().__init__(message if hint is None else f"{message}\n{hint}")
        self.hint = hint


class Report(Dict[str, Any]):
    """The report as ``tiltmeter check --format json`` writes it, as a dictionary.

    In a notebook it shows itself as the interactive page.
    """

    #: The same report as one self-contained page.
    html: str

    def __init__(self, content: Dict[str, Any], page: str) -> None:
        super().__init__(content)
        self.html = page

    @property
    def passed(self) -> bool:
        """Whether the verdict is "pass"."""
        return self["verdict"] == "pass"

    @property
    def failing(self) -> List[Dict[str, Any]]:
        """The columns that drifted or broke, what hurts most first."""
        bad = [column for column in self["columns"] if column["status"] in ("drift", "quality")]
        return sorted(bad, key=lambda column: column["rank"])

    def save(self, path: Union[str, "os.PathLike[str]"]) -> Path:
        """Writes the page; returns where it is."""
        target = Path(path)
        target.write_text(self.html, encoding="utf-8")
        return target

    def __repr__(self) -> str:
        lines = [f"Tiltmeter: {self['verdict']} – {self['summary']}"]
        for column in self.failing:
            lines.append(f"  {column['name']}: {'; '.join(column['reasons'])}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        # A frame of its own: neither the notebook's style nor the page's reaches the other.
        source = html.escape(self.html, quote=True)
        return (
            f'<iframe srcdoc="{source}" sandbox="allow-scripts" '
            'style="width:100%;height:720px;border:1px solid #8884" title="Tiltmeter report"></iframe>'
        )


def check(
    current: Table,
    *,
    reference: Table,
    label: Optional[str] = None,
    prediction: Optional[str] = None,
    score: Optional[str] = None,
    time: Optional[str] = None,
    segments: Iterable[str] = (),
    ignore: Iterable[str] = (),
    positive: Optional[str] = None,
    task: Optional[str] = None,
    config: Union[None, str, "os.PathLike[str]"] = None,
    threshold: Optional[float] = None,
    decide_as: Optional[str] = None,
    tests: Optional[str] = None,
    multivariate: bool = True,
    command: Optional[Sequence[str]] = None,
    timeout: Optional[float] = None,
) -> Report:
    """Compares two tables and says what changed.

    Tables are paths (CSV, TSV, Parquet, Arrow, JSON lines; plain or compressed; globs) or data frames of pandas or polars.
    The options are those of ``tiltmeter check``; ``decide_as`` is ``--as``. ``command`` is how to call the command line,
    found by itself in a checkout or on the PATH; ``timeout`` is in seconds.

    Raises CheckFailedToRun when nothing can be said: a file that is missing, an option that does not fit, no command line.
    A check that fails is no error: look at ``report.passed``.
    """
    call = list(command) if command is not None else _find_command()
    with tempfile.TemporaryDirectory(prefix="tiltmeter-") as folder:
        page, data = os.path.join(folder, "report.html"), os.path.join(folder, "report.json")
        # "=" keeps a value that begins with a dash from being taken for an option.
        arguments = ["check", f"--reference={_path(reference, folder, 'reference')}"]
        single = {
            "label": label,
            "prediction": prediction,
            "score": score,
            "time": time,
            "positive": positive,
            "task": task,
            "config": None if config is None else os.fspath(config),
            "threshold": threshold,
            "as": decide_as,
            "tests": tests,
        }
        arguments += [f"--{name}={value}" for name, value in single.items() if value is not None]
        arguments += [f"--segment={name}" for name in _names("segments", segments)]
        arguments += [f"--ignore={name}" for name in _names("ignore", ignore)]
        if not multivariate:
            arguments.append("--no-multivariate")
        arguments += [f"--out={page}", f"--out={data}", "--", _path(current, folder, "current")]
        _run(call + arguments, timeout)
        with open(data, encoding="utf-8") as file:
            content = json.load(file)
        with open(page, encoding="utf-8") as file:
            return Report(content, file.read())


def _run(call: List[str], timeout: Optional[float]) -> None:
    try:
        done = subprocess.run(
            call,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=timeout,
            check=False,
        )
    except FileNotFoundError:
        raise CheckFailedToRun(f"there is no program {call[0]}", _HINT) from None
    except subprocess.TimeoutExpired:
        raise CheckFailedToRun(f"the check took longer than {timeout} seconds and was stopped") from None
    # 0: fine, 1: the check failed, which is an answer too.
    if done.returncode in (0, 1):
        return
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    first = said[0] if said else f"the command line ended with code {done.returncode}"
    prefix = "tiltmeter: "
    message = first[len(prefix) :] if first.startswith(prefix) else first
    raise CheckFailedToRun(message, " ".join(line.strip() for line in said[1:]) or None)


_HINT = 'Install Node 24 and run "npm ci" in a checkout of Tiltmeter, or pass command=["node", ".../cli/tiltmeter.js"].'


def _find_command() -> List[str]:
    """The command line of the checkout that this file is part of, else the one on the PATH."""
    root = Path(__file__).resolve().parents[2]
    script = root / "cli" / "tiltmeter.js"
    if script.is_file():
        shipped = root / "node_modules" / "node" / "bin" / "node"
        node = str(shipped) if shipped.is_file() else shutil.which("node")
        if node is not None:
            return [node, str(script)]
    found = shutil.which("tiltmeter")
    if found is None:
        raise CheckFailedToRun("the command line of Tiltmeter was not found", _HINT)
    return [found]


def _names(option: str, names: Iterable[str]) -> List[str]:
    if isinstance(names, str):
        raise TypeError(f'{option} takes a list of names: {option}=["{names}"]')
    return list(names)


def _path(table: Table, folder: str, name: str) -> str:
    """The table's path; a data frame is written to the folder first."""
    if isinstance(table, (str, os.PathLike)):
        return os.fspath(table)
    target = os.path.join(folder, f"{name}.csv")
    if hasattr(table, "to_csv"):
        table.to_csv(target, index=False)
    elif hasattr(table, "write_csv"):
        table.write_csv(target)
    else:
        raise TypeError(f"{name}: a path or a data frame is needed, not {type(table).__name__}")
    return target
