"""Vendors' notices (监测通报): what a monitoring vendor found, followed until it is put right.

A notice is its own evidence: what we could not look at since is claimed on, and said to be so.
"""

FAMILY = "监测通报"
