# note: a sample at a time, results in a list, then an array


def forward(x, w1, w2):
    hs, relus, preds = [], [], []
    for sample in x:
        h = sample @ w1
        r = np.maximum(h, 0)
        hs.append(h)
        relus.append(r)
        preds.append(r @ w2)
    return np.array(hs), np.array(relus), np.array(preds)
