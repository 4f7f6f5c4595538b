"""Grading on a Dask cluster: `scheduler` is the grader's side, `dask_worker` runs on each machine."""
