"""Reading files for download: each in a process of its own, which may take so much and no more.

`reader` is what the crawler asks, `server` the process that forks one for each file, `taking` what
such a process does; the other modules know one format each.
"""
