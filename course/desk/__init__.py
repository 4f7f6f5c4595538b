"""The instructor's desk: kits go out, submissions come in, scores go back."""
