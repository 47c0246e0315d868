"""The door: python build.py [build | check | serve | rules | schemas]."""

from __future__ import annotations

import sys

from evidence.command import main

if __name__ == "__main__":
    sys.exit(main())
