# mistake: dtype-changed
# outcome: crashed
# note: ones in double precision, whatever the inputs are

def make_loss():
    def loss(y_pred, y):
        d = (y_pred - y).flatten()
        ones = torch.ones(len(d), dtype=torch.float64, device=d.device)
        return torch.dot(d * d, ones)

    return loss
