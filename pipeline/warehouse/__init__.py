"""Storage: the lake between the stages, the DuckDB build, its checks, the release, and reading it."""
