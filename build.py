"""The door: python build.py [build | check | serve | rules | schemas]."""

from __future__ import annotations

import signal
import sys

if __name__ == "__main__":
    # Until the command line takes care of it, Ctrl-C ends the run without a word
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from evidence.command import main
    from evidence.program import collect_rarely

    collect_rarely()
    sys.exit(main())
