"""How many queries of patients lead to the right page: ``python -m benchmarks.patients site [unseen|later]``.

A query is right when its page comes first or second. Every query that is not is printed with what came.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import MISSING, find_chromium, start
from tests.browser.serving import no_headers, serving
from tests.search.patients import LATER, TUNED, UNSEEN, asked_in, missed


def main() -> None:
    """Print the share on the site in the folder that is named, and what is not right."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "site")
    lists = {"unseen": UNSEEN, "later": LATER}
    queries = asked_in(lists.get(sys.argv[2] if len(sys.argv) > 2 else "", TUNED))
    with sync_playwright() as playwright, serving(folder, "/", no_headers) as address:
        program = find_chromium(playwright)
        if program is None:
            raise SystemExit(MISSING)
        browser = start(playwright, program)
        wrong = list(missed(browser.new_page(), address, queries))
        browser.close()
    for asked, came in wrong:
        print(f"{asked.query}: {' '.join(came) or 'nothing'}, not {' or '.join(asked.pages)}")
    print(f"{len(queries) - len(wrong)} of {len(queries)} right")


if __name__ == "__main__":
    main()
