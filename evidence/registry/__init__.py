"""The importer: what a trial registry exported, counted. Nothing of its prose goes further.

``python build.py import registry FILE`` reads an export, brings its values to one vocabulary, sorts
each study into a condition and an intervention by ``data/registry/rules.yaml``, and writes counts
and their provenance. The build knows only those counts; it never sees an export.
"""
