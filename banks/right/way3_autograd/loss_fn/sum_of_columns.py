
def loss_fn(x, y, w1, w2):
    y_pred = torch.nn.functional.relu(x.matmul(w1), inplace=True).matmul(w2)
    return sum(((y_pred[:, j] - y[:, j]) ** 2).sum() for j in range(y.shape[1]))
