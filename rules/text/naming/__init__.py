"""Names of leaders (领导人姓名): what comes near to one of them, and where a name can stand."""
