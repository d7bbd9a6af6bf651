"""What opening a page in Chromium needs; `crawler.render` is the door to it."""
