"""The console: what people touch."""
