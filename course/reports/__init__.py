"""What people read of a class: tables from the gradebook."""
