"""The door: python build.py [build | check | serve | rules | schemas]."""

from __future__ import annotations

import gc
import sys

from evidence.command import main

if __name__ == "__main__":
    # Nearly all that a run makes lives until its end: to look through it again and again for what
    # nobody uses takes a tenth of a run, and finds nothing
    gc.set_threshold(200_000, 50, 100)
    sys.exit(main())
