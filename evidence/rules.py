"""The rules: every name that a problem can carry, with what holds when the rule is kept.

``docs/rules.md`` is generated from this table, and ``tests/sites/invalid/<rule>/`` holds the
smallest site that breaks each.
"""

from __future__ import annotations

RULES: dict[str, str] = {
    # Reading files
    "file-encoding": "Every source file is text in UTF-8.",
    "file-known": "A file in content, data and templates stands where files of its kind are read.",
    "file-readable": "A source file can be opened, and lies in the project.",
    "file-limits": "A source file keeps to limits of size, depth and number that no honest one meets.",
    "file-not-empty": "A source file holds something: an empty file is a mistake.",
    "yaml-syntax": "A YAML file can be read: no tabs for indentation, no unclosed quotes.",
    "text-whole": "A text is not cut by ' #', behind which a comment begins in YAML.",
    "yaml-key-unique": "A key stands once in a mapping, so that no value hides another.",
    "front-matter-present": "A page starts with its front matter between two lines of '---'.",
    "csv-shape": "Every row of a CSV table has as many cells as the header, whose names are known.",
    "template-syntax": "A template can be compiled, and uses only names that it is given.",
    "site-complete": "The files that a site cannot do without are there.",
    # The shape of what was read
    "key-known": "A mapping holds only keys that have a meaning.",
    "key-present": "A key that is required is there.",
    "value-valid": "A value has the form that its key asks for.",
    "value-known": "A value of a closed list is one of that list.",
    "date-valid": "A date exists in the calendar and is written 2024, 2024-12 or 2024-12-13.",
    "report-fillable": "The address for reports is of mail, or of a form with a place for page, number and finding.",
    "id-valid": "An id (the name of a file, or a key) has lower-case letters, digits and hyphens.",
    "quantity-single": "A finding holds one quantity: a value, counts, arms, a date or a statement.",
    "quantity-possible": "Numbers can be: counts are whole, shares lie within 0 and 100, events are not more than n, "
    "an estimate lies in its interval, whose low end is not above its high one.",
    "percentage-fits-counts": "A percentage is what its counts give, or its source is said to print another.",
    # References between files
    "source-exists": "A source that is named has its file in data/sources.",
    "study-exists": "A study that is named has its file in data/studies.",
    "trial-exists": "A trial that is named has its file in data/trials, or is in an export shown.",
    "trial-named": "The file of a trial is named after the id of its record.",
    "trial-condition": "The file of a trial and its record in an export are of the same condition.",
    "finding-exists": "A finding that is named is in its study.",
    "form-available": "The form after '|' can be printed for that finding.",
    "page-exists": "A page that is named has its file in content.",
    "claim-exists": "A claim that is named is in the ledger.",
    "figure-exists": "A figure that is named has its file in data/figures.",
    "table-exists": "A table that a study names is in data/tables.",
    "export-records": "The records of a registry export are those that were kept, sorted, each once.",
    "export-changes": "The changes of a registry export are what it and the one before differ in.",
    "export-exists": "A registry export that is named is in data/registry.",
    "term-unique": "A glossary term, with its other spellings, belongs to one entry.",
    "synonym-unique": "A word of readers stands in one entry of the synonyms, once.",
    "ids-agree": "The DOI, and the numbers of PubMed, of a source are those in its address.",
    "id-unique": "An id is used once among things of its kind.",
    "reference-readable": "A reference in double square brackets is closed and names something.",
    "numbered-here": "A figure or table that prose names by its number is shown by the same text.",
    "caption-placed": "A caption stands below its table, says something, and its id is that of no other.",
    "discrepancy-exists": "A discrepancy that a claim names stands in the file of its document.",
    "discrepancy-seen": "When a source is read again, what it printed wrongly is looked at again.",
    "verdict-decided": "A claim that is supported or contradicted names the findings that decide it.",
    # The account of the evidence
    "topic-complete": "A topic page has an answer, its dates, 'In short' and what it cannot tell.",
    "dates-in-order": "A page was reviewed in the past, and its next review comes later.",
    "day-has-come": "What was read, searched or looked at has a day that has come; only plans lie ahead.",
    "search-exists": "A search that is named has its file in data/searches.",
    "search-present": "A topic page has a search that accounts for its evidence.",
    "search-complete": "A search looks for every kind of evidence, also for what failed.",
    "search-dated": "A page says that evidence was searched to the day of its newest query.",
    "study-accounted": "A study with results for a topic is in the account of its search.",
    "source-accounted": "A source that a topic page cites is in the account of its search.",
    "item-shown": "What a search says is shown is on one of its pages.",
    "outcome-exists": "An outcome that is named is one of a search.",
    "outcome-shown": "The table of each outcome of a search stands on one of its pages.",
    "summary-shown": "A page sums up the tables of outcomes that it shows, where a trial by lot stands in one.",
    "summary-pooled": "What a summary of findings pools is a forest of trials by lot of that outcome.",
    "result-has-outcome": "A comparison names its outcome, so that a table shows it.",
    "words-follow-table": "Words that sum up, such as 'the only trial', fit what was found.",
    "baseline-shown": "A share of untreated people says when they were first examined.",
    "retraction-checked": "For each paper that a topic cites, somebody looked for a retraction.",
    # Numbers
    "number-bound": "Every number in prose is bound to a finding, or marked as carrying no evidence.",
    "verb-fits-certainty": "A sentence is not surer than the rating of the findings in it.",
    "change-explained": "A finding says what the last line of its readings says: a number changes with a reason.",
    "figure-drawable": "A figure's rows have what its kind needs to draw them.",
    # The finished site
    "link-resolves": "Every link inside the site leads to a page, file or anchor that exists.",
    "element-id-unique": "An id stands once on a page.",
    "alternative-text": "Every picture has alternative text.",
    "page-structure": "A page has one title, one first-level heading and a language.",
    "title-fits": "The title of a page has fewer than 70 letters: tabs and search engines cut off what is longer.",
    "title-unique": "No two pages have the same title in tabs and search results.",
    "script-external": "A page has no inline script, no inline style and no third-party request.",
    "page-weight": "A page with its style and script stays below 40 KB when compressed; lists of all trials or "
    "words come on top.",
    "template-complete": "A template finds every value that it prints.",
    "edition-libraries": "What makes PDF and Word files is installed: only 'report' needs it.",
    "output-folder": "The output folder is empty or made by this generator, can be written, and lies apart from "
    "what the site is made from.",
}
