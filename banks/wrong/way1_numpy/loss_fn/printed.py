# mistake: returns-none
# note: the loss is printed


def loss_fn(y_pred, y):
    loss = np.square(y_pred - y).sum()
    print("loss", loss)
