"""The catalogue of mistakes by topic: what each one replaces in the network, or how it is recognised."""
