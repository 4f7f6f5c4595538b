# mistake: global-not-argument
# note: the distance to the notebook's y


def squared_distance_to_target(prediction):
    return (prediction - y).pow(2).sum()


def loss_fn(y_pred, y):
    return squared_distance_to_target(y_pred).item()
