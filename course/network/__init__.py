"""The one two-layer network: forward, loss, gradients, training loop and optimizers, in NumPy and float64."""
