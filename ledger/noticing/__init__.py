"""Reading vendors' notices: any Word or Excel table whose headings somebody knows."""
