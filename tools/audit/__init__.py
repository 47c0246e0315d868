"""One audit of the finished site, in one table: pages, links, weights, and how hosts serve it.

    python -m tools.audit [--site site] [--only links,hosts] [--every]

What it needs beside the tests' own packages comes from npm, PyPI and the system's packages. It is put into
a folder of its own outside the repository, when it is first needed. What cannot be had is said in words, in
the table, and counts as not audited. Servers listen on this machine alone.
"""
