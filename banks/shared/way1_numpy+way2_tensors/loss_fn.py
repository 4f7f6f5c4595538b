# %% total_begun_anew mistake="sum-incomplete" note="the total is set to zero inside the outer loop"
def loss_fn(y_pred, y):
    for i in range(y.shape[0]):
        total = 0
        for j in range(y.shape[1]):
            total += (y_pred[i, j] - y[i, j]) ** 2
    return total

# %% equals_plus mistake="sum-incomplete" note="=+ assigns"
def loss_fn(y_pred, y):
    loss = 0.0
    for row_pred, row in zip(y_pred, y):
        for a, b in zip(row_pred, row):
            loss =+ (a - b) ** 2
    return loss
