"""Rectification (整改): how long a unit has to mend a confirmed finding, and whether it did."""
