"""What tells one person from all others, found and hidden: numbers, masks, tables, surroundings."""
