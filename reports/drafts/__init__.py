"""How the Word templates are laid out: one file a template; `python -m reports.drafts` writes them.

The templates stand in `reports/templates/` as real Word files. An operator restyles a copy of one
in Word; only who changes what we ship comes here.
"""
