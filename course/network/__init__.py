"""The two-layer network of the course: forward pass, loss, gradients, training and optimizers, in float64 NumPy."""
