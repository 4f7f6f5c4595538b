class Loss:
    def __call__(self, y_pred, y):
        return torch.square(y_pred - y).sum()


def make_loss():
    return Loss()
