"""The reports: one file a paper; they tell what was judged and judge nothing."""
