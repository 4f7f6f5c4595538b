"""The instructor's desk: what is handed out."""
