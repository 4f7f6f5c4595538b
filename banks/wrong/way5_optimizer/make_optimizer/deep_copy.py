# mistake: trained-a-copy
# note: parameters of a copy of the model
import copy


def make_optimizer(model, lr):
    return torch.optim.Adam(copy.deepcopy(model).parameters(), lr=lr)
