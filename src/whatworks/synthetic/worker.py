"""A process that writes councils: ``python -m whatworks.synthetic.worker``, started by ``crew``.

It is told on standard input and answers on standard output, a JSON object a line. The first line
says what is asked for and where; each further one names a council, until one says to stop. Where
the input ends without that, whoever asked is gone, and the process ends at once.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
import traceback
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

STOP = "stop"
ABANDONED = 3
_Lines = queue.SimpleQueue[dict[str, Any]]


def _listen(source: IO[bytes], told: _Lines) -> None:
    for line in source:
        order = json.loads(line)
        told.put(order)
        if STOP in order:
            return
    os._exit(ABANDONED)


def _answers() -> IO[bytes]:
    """Standard output for answers alone: whatever a library prints goes to standard error."""
    own = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return own


def peak_megabytes() -> float | None:
    """The most memory that this process has held; None where the system does not say."""
    try:
        import resource
    except ImportError:
        return None
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def main() -> int:
    """Write councils as told."""
    # The one who asked stops its workers itself; Ctrl-C reaches everybody at a keyboard.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers, told = _answers(), _Lines()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, told), daemon=True).start()

    from whatworks.synthetic.asked import Asked
    from whatworks.synthetic.council import write_council
    from whatworks.synthetic.folder import Staging
    from whatworks.synthetic.setting import settings

    setup = told.get()
    asked, staging = Asked.from_dict(setup["asked"]), Staging(Path(setup["staging"]))
    plan = asked.plan()
    chosen = {one.code: one.scaled(asked.scale) for one in settings(asked.codes)}
    while STOP not in (order := told.get()):
        answer: dict[str, Any] = {"council": order["council"]}
        try:
            written = write_council(staging, chosen[order["council"]], asked, plan)
            answer |= {"written": asdict(written), "megabytes": peak_megabytes()}
        except Exception as error:  # told to the one who asked, who ends everything
            answer |= {
                "failed": f"{type(error).__name__}: {error}",
                "trace": traceback.format_exc(),
            }
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
