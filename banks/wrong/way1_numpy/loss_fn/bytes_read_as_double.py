# mistake: none
# outcome: crashed
# note: frombuffer takes bytes for double precision if nobody says otherwise

def loss_fn(y_pred, y):
    d = np.frombuffer((y_pred - y).tobytes(), count=y.size)
    return float(np.sum(d**2))
