"""The script that makes figures interactive: Vega, as vl-convert carries it."""

from __future__ import annotations

from importlib.metadata import version

from evidence.store import Cache, content_key

RUNTIME = "static/vendor/vega.js"
LICENCE = """\
/*! Vega, Vega-Lite, vega-embed, vega-tooltip and vega-interpreter, bundled by vl-convert {version}.
(c) University of Washington Interactive Data Lab and contributors. BSD 3-Clause:
Redistribution and use in source and binary forms, with or without modification, are permitted
provided that the following conditions are met: 1. Redistributions of source code must retain the
above copyright notice, this list of conditions and the following disclaimer. 2. Redistributions in
binary form must reproduce the above copyright notice, this list of conditions and the following
disclaimer in the documentation and/or other materials provided with the distribution. 3. Neither
the name of the copyright holder nor the names of its contributors may be used to endorse or
promote products derived from this software without specific prior written permission.
THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR
IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND
FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR
CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE,
DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER
IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF
THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
It holds parts of D3 and topojson (c) Mike Bostock (ISC), and small MIT libraries. */
"""


def runtime(cache: Cache) -> bytes:
    """Return the script: about 900 KB, loaded only by readers who ask for an interactive figure."""
    made_by = version("vl-convert-python")
    return cache.fetch("vendor", content_key("vegaEmbed", LICENCE, made_by), lambda: _made(made_by))


def _made(made_by: str) -> bytes:
    import vl_convert  # noqa: PLC0415 - heavy, and needed once for each version

    bundle = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return f"{LICENCE.format(version=made_by)}(() => {{\n{bundle}\n}})();\n".encode()
