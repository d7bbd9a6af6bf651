"""Speed and accuracy, measured: `make bench`, from which docs/benchmarks.md is written."""
