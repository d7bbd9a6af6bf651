"""Spiders: what Scrapy runs."""
