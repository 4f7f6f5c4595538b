# mistake: array-not-tensor
# note: arrays as in the first way

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = np.random.randn(d_in, d_h)
    w2 = np.random.randn(d_h, d_out)
    return w1, w2
