"""Names and dates that age: tables of renamed bodies and regions, calendars, numbered lists."""
