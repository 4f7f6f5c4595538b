"""Reports on a class, made from the gradebook."""
