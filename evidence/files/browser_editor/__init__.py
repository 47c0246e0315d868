"""The editor in the browser: forms made of the schemas of files, and the files that show them.

It is in a site, and in the site that ``serve`` shows, only where data/site.yaml has ``editor``.
"""
