"""Fixed expressions (固定表述): what has one right form, and what comes too near to it."""
