"""Reading pages: charset, document, days, titles, lists. Pure functions, no network."""
