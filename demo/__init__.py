"""A government portal in a box: real HTTP, believable pages, known truth."""
