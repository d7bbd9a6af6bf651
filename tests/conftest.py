"""What all tests share."""

import os

from hypothesis import settings

if os.environ.get("CI"):
    # CI has two cores and a quarter of an hour; at home the same laws are tried twice as often.
    settings.register_profile("quick", settings.get_profile("ci"), max_examples=50)
    settings.load_profile("quick")
