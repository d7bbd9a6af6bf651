"""One file a step, numbered; a step once published is never changed."""
