"""The site on this machine, as it is being written.

A page is made when a browser asks for it, and again when a save changes it: nothing is published, and
nobody waits for the rest of the site. The whole is built and checked beside that, in a process of its own.
"""
