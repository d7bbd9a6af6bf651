"""Freshness: does every column publish when it should, and can it be opened at all."""

FAMILY = "栏目更新"
