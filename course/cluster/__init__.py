"""Grade on a Dask cluster: `scheduler` is the grader's side, `dask_worker` is what runs on each machine."""
