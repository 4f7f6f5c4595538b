# note: mean 0 and deviation 1 said aloud


def make_data(rng, n, d_in, d_h, d_out):
    mean, deviation = 0.0, 1.0
    x = rng.normal(mean, deviation, (n, d_in))
    y = rng.normal(mean, deviation, (n, d_out))
    w1 = rng.normal(loc=mean, scale=deviation, size=(d_in, d_h))
    w2 = rng.normal(loc=mean, scale=deviation, size=(d_h, d_out))
    return x, y, w1, w2
