"""What Dagster sees, and the command line: the stages of `pipeline` joined to one another and to a home on disk."""

import os

# The networks' products are small: a second BLAS thread does no work in them, but waits for it at full load. Read by
# numpy when it is first imported, in this process and in those that it starts.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
