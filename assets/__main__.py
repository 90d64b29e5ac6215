"""`python -m assets` is the `dramatis` command."""

from assets.cli import main

main()
