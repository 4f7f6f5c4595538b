# note: rng.normal with its defaults


def make_data(rng, n, d_in, d_h, d_out):
    return (
        rng.normal(size=(n, d_in)),
        rng.normal(size=(n, d_out)),
        rng.normal(size=(d_in, d_h)),
        rng.normal(size=(d_h, d_out)),
    )
