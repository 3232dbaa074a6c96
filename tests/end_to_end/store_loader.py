"""A process that loads returns on command, to be killed by test_store_killed.py.

It imports everything once and forks a child for each load, before Polars has started any thread.
Commands and answers are lines of JSON on stdin and stdout.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import polars as pl

from whatworks.returns.model import PROBLEM_SCHEMA, ReadReturn, SourceFile, empty_frame
from whatworks.returns.store import Store, disk

STEPS = ("make_folder", "write_file", "sync_file", "sync_folder", "move", "clear")


def a_return(sent: Path, salt: str) -> tuple[ReadReturn, dict[str, pl.DataFrame]]:
    """A small return with two tables and two files; another for each salt."""
    tables = {
        "Header": pl.DataFrame({"CHILD": [f"{salt}-{n}" for n in range(20)]}),
        "Episodes": pl.DataFrame({"CHILD": [f"{salt}-{n}" for n in range(40)]}),
    }
    files, paths = [], {}
    for name in tables:
        content = f"{name} of {salt}\n".encode() * 500
        sha256 = hashlib.sha256(content).hexdigest()
        path = sent / f"{sha256}.csv"
        if not path.exists():
            path.write_bytes(content)
        files.append(SourceFile(f"{name}.csv", sha256, len(content), "csv", (name,)))
        paths[sha256] = str(path)
    read = ReadReturn(
        "ssda903", 2025, "301", tuple(files), tables, empty_frame(PROBLEM_SCHEMA), (), paths
    )
    typed = {name: frame.with_row_index("ROW", 1) for name, frame in tables.items()}
    return read, typed


def load(workspace: str, sent: str, salt: str) -> tuple[str, bool]:
    """Load one return. Returns the submission's id and whether it was there already."""
    read, typed = a_return(Path(sent), salt)
    kept = Store.open(workspace).add(read, typed, reader_version="1", by="test")
    return kept.id, kept.already_stored


def die_at(step: int) -> None:
    """Let this process die without a word before its step-th write, rename, sync or removal."""
    taken = 0

    def wrap(real: Any) -> Any:
        def counted(*args: Any) -> Any:
            nonlocal taken
            taken += 1
            if taken == step:
                os._exit(9)
            return real(*args)

        return counted

    for name in STEPS:
        setattr(disk, name, wrap(getattr(disk, name)))


def answer(**fields: Any) -> None:
    """One line out, in one write so that several processes may share the pipe."""
    os.write(1, (json.dumps(fields) + "\n").encode())


def child(command: dict[str, Any]) -> None:
    """In the forked process: load, and say how it went and how many seconds it took."""
    try:
        read, typed = a_return(Path(command["sent"]), command["salt"])
        store = Store.open(command["workspace"])
        if command.get("step"):
            die_at(command["step"])
        answer(ready=os.getpid())
        start = time.perf_counter()
        kept = store.add(read, typed, reader_version="1", by="test")
        took = time.perf_counter() - start
        answer(id=kept.id, already_stored=kept.already_stored, took=took)
        if command.get("linger"):
            signal.pause()
        os._exit(0)
    except BaseException as error:
        answer(error=repr(error))
        os._exit(1)


def main() -> None:
    """Read a list of loads, do them at the same time, answer when all have ended."""
    for line in sys.stdin:
        children = []
        for command in json.loads(line):
            pid = os.fork()
            if pid == 0:
                child(command)
            children.append(pid)
        answer(ended=[os.waitpid(pid, 0)[1] for pid in children])


if __name__ == "__main__":
    main()
