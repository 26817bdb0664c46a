"""bot hears and speaks: Teams, the command line, timed jobs."""
