"""The catalogue of mistakes, by topic: each idea once, with what it replaces in the network or how it is recognised."""
