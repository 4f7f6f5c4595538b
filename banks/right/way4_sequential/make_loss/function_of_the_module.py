# note: a function outside, handed back without parentheses

def sum_of_squares(y_pred, y):
    return torch.sum(torch.square(y_pred - y))


def make_loss():
    return sum_of_squares
