"""What Dagster sees, and the command line: the stages of `pipeline` joined to one another and to a home on disk."""
