"""The door: python build.py [build | check | serve | rules | schemas]."""

from __future__ import annotations

import gc
import signal
import sys

if __name__ == "__main__":
    # Until the command line takes care of it, Ctrl-C ends the run without a word
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from evidence.command import main

    # Nearly all that a run makes lives until its end: to look through it again and again for what
    # nobody uses takes a tenth of a run, and finds nothing
    gc.set_threshold(200_000, 50, 100)
    sys.exit(main())
