class SumOfSquares(torch.nn.Module):
    def forward(self, y_pred, y):
        d = (y - y_pred).flatten()
        return torch.dot(d, d)


def make_loss():
    return SumOfSquares()
