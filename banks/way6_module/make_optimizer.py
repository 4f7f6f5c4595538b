# %% as_in_the_original
def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters(), lr)

# %% defaults_spelled_out
def make_optimizer(model, lr):
    return torch.optim.SGD(
        model.parameters(), lr=lr, momentum=0, dampening=0, weight_decay=0, nesterov=False
    )

# %% foreach
def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters(), lr=lr, foreach=False)

# %% group_for_each_parameter
def make_optimizer(model, lr):
    return torch.optim.SGD([{"params": [p]} for p in model.parameters()], lr=lr)

# %% groups_with_equal_lr
def make_optimizer(model, lr):
    weights = [p for n, p in model.named_parameters() if p.ndim == 2]
    rest = [p for n, p in model.named_parameters() if p.ndim != 2]
    return torch.optim.SGD([{"params": weights, "lr": lr}, {"params": rest, "lr": lr}])

# %% keyword
from torch import optim


def make_optimizer(model, lr):
    return optim.SGD(model.parameters(), lr=lr)

# %% list_of_parameters
from torch.optim import SGD


def make_optimizer(model, lr):
    sgd = SGD(params=list(model.parameters()), lr=lr)
    return sgd

# %% lr_set_afterwards
def make_optimizer(model, lr):
    optimizer = torch.optim.SGD(model.parameters())
    optimizer.param_groups[0]["lr"] = lr
    return optimizer

# %% named_parameters
def make_optimizer(model, lr):
    return torch.optim.SGD(model.named_parameters(), lr)

# %% one_group_as_a_dictionary
def make_optimizer(model, lr):
    return torch.optim.SGD([{"params": model.parameters()}], lr)

# %% counted_before mistake="generator-used-up" outcome="crashed" note="a generator expression, walked through before"
def make_optimizer(model, lr):
    trained = (p for p in model.parameters() if p.requires_grad)
    print(len(list(trained)), "parameters")
    return torch.optim.SGD(trained, lr=lr)

# %% notebook_model mistake="global-not-argument" note="the signature was renamed, the body was not"
def make_optimizer(net, lr):
    return torch.optim.SGD(model.parameters(), lr=lr)

# %% lr_left_out mistake="lr-ignored" note="SGD has a default now, and takes it silently"
def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters())

# %% lr_written_in mistake="lr-ignored" note="1e-4 of the text"
def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters(), lr=1e-4)

# %% model_handed_over mistake="model-not-parameters" outcome="crashed" note="the model itself instead of its parameters"
def make_optimizer(model, lr):
    return torch.optim.SGD([model], lr=lr)

# %% parameters_reset mistake="none" note="a fresh start for the weights, which nobody asked for"
def make_optimizer(model, lr):
    for p in model.parameters():
        p.data.zero_()
    return torch.optim.SGD(model.parameters(), lr=lr)

# %% three_layers_by_index mistake="none" outcome="crashed" note="the layers of a deeper model, counted by hand"
def make_optimizer(model, lr):
    layers = [model[0], model[2], model[4]]
    parameters = [p for layer in layers for p in layer.parameters()]
    return torch.optim.SGD(parameters, lr=lr)

# %% untouched mistake="none" outcome="not_attempted" note="the blank as it was handed out"
def make_optimizer(model, lr):
    raise NotImplementedError()

# %% weights_started_anew mistake="weights-reinitialised" note="the right optimizer, and the model's weights drawn anew on the way"
def make_optimizer(model, lr):
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    return torch.optim.SGD(model.parameters(), lr=lr)

# %% last_two_only mistake="not-all-parameters" note="only the last layer"
def make_optimizer(model, lr):
    return torch.optim.SGD(list(model.parameters())[-2:], lr=lr)

# %% two_layers_by_index mistake="not-all-parameters" note="the two layers of the lesson's model, counted by hand"
def make_optimizer(model, lr):
    parameters = [*model[0].parameters(), *model[2].parameters()]
    return torch.optim.SGD(parameters, lr=lr)

# %% weights_only mistake="not-all-parameters" note="no biases"
def make_optimizer(model, lr):
    return torch.optim.SGD([p for p in model.parameters() if p.dim() > 1], lr=lr)

# %% class_only mistake="optimizer-not-built" note="the class, without parameters"
def make_optimizer(model, lr):
    return torch.optim.SGD

# %% adam mistake="other-optimizer" note="the optimizer of the fifth way"
def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=lr)

# %% asgd mistake="other-optimizer" note="ASGD, one line above in the list"
def make_optimizer(model, lr):
    return torch.optim.ASGD(model.parameters(), lr=lr)

# %% averaged_descent mistake="other-optimizer" note="another class that takes the same steps"
def make_optimizer(model, lr):
    return torch.optim.ASGD(model.parameters(), lr=lr, lambd=0.0)

# %% dampening mistake="other-optimizer" note="an option that does nothing without momentum"
def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters(), lr=lr, dampening=0.5)

# %% momentum mistake="other-optimizer" note="momentum 0.9, as in most tutorials: no difference at the first step"
def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)

# %% momentum_by_position mistake="other-optimizer" note="the third place is momentum"
def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters(), lr, 0.9)

# %% nesterov mistake="other-optimizer" note="Nesterov's momentum"
def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9, nesterov=True)

# %% rprop mistake="other-optimizer" note="Rprop"
def make_optimizer(model, lr):
    return torch.optim.Rprop(model.parameters(), lr=lr)

# %% tiny_weight_decay mistake="other-optimizer" note="so small that no step shows it"
def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters(), lr, weight_decay=1e-12)

# %% weight_decay mistake="other-optimizer" note="weight decay, seen in another text"
def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters(), lr=lr, weight_decay=5e-4)

# %% parameters_not_called mistake="parameters-not-called" outcome="crashed" note="the parentheses of parameters"
def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters, lr=lr)

# %% no_return mistake="returns-none" note="made and forgotten"
def make_optimizer(model, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)

# %% copies_of_parameters mistake="trained-a-copy" note="clones of the parameters: the model never moves"
def make_optimizer(model, lr):
    return torch.optim.SGD([p.detach().clone().requires_grad_() for p in model.parameters()], lr=lr)

# %% uphill mistake="uphill" note="maximize=True"
def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters(), lr=lr, maximize=True)


# %% rate_first mistake="optimizer-arguments-swapped" outcome="crashed" note="takes the function's last argument first"
def make_optimizer(model, lr):
    return torch.optim.SGD(lr, model.parameters())


# %% rate_negated mistake="uphill" outcome="crashed" note="thinks that downhill means a minus"
def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters(), lr=-lr)


# %% rate_halved mistake="step-scaled" note="is careful"
def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters(), lr=lr / 2)


# %% scheduler mistake="scheduler-not-optimizer" note="a schedule from a tutorial, handed back in the optimizer's place"
def make_optimizer(model, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    return torch.optim.lr_scheduler.StepLR(optimizer, step_size=10)

# %% parameters_of_the_children mistake="not-all-parameters" note="looks for parameters in the layers only"
def make_optimizer(model, lr):
    return torch.optim.SGD([p for layer in model.children() for p in layer.parameters()], lr=lr)

# %% six_of_them mistake="not-all-parameters" note="as many as three layers have, counted by hand"
def make_optimizer(model, lr):
    return torch.optim.SGD(list(model.parameters())[:6], lr=lr)

# %% by_the_end_of_the_name mistake="not-all-parameters" note="what is called weight or bias"
def make_optimizer(model, lr):
    params = [p for name, p in model.named_parameters() if name.endswith(("weight", "bias"))]
    return torch.optim.SGD(params, lr=lr)

# %% single_numbers_left_out mistake="not-all-parameters" note="nothing with one number only"
def make_optimizer(model, lr):
    return torch.optim.SGD((p for p in model.parameters() if p.numel() > 1), lr=lr)

# %% one_of_each_shape mistake="not-all-parameters" note="a dictionary by shape"
def make_optimizer(model, lr):
    by_shape = {p.shape: p for p in model.parameters()}
    return torch.optim.SGD(by_shape.values(), lr=lr)

# %% made_once_for_a_rate mistake="remembers" note="a dictionary by rate"
_optimizers = {}


def make_optimizer(model, lr):
    if lr not in _optimizers:
        _optimizers[lr] = torch.optim.SGD(model.parameters(), lr=lr)
    return _optimizers[lr]

# %% biases_at_double_rate mistake="rates-differ" note="a group for biases"
def make_optimizer(model, lr):
    weights = [p for p in model.parameters() if p.dim() > 1]
    biases = [p for p in model.parameters() if p.dim() < 2]
    return torch.optim.SGD([{"params": weights}, {"params": biases, "lr": 2 * lr}], lr=lr)

# %% keywords_crossed mistake="optimizer-arguments-swapped" outcome="crashed" note="by keyword, and crossed"
def make_optimizer(model, lr):
    return torch.optim.SGD(params=lr, lr=model.parameters())
