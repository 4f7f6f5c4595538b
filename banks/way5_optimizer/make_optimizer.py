# %% as_in_the_original
def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr)

# %% defaults_spelled_out
def make_optimizer(model, lr):
    return torch.optim.Adam(
        model.parameters(), lr=lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0, amsgrad=False
    )

# %% foreach note="the same steps, computed for all parameters at once"
def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=lr, foreach=True)

# %% from_named_parameters
def make_optimizer(model, lr):
    return torch.optim.Adam([p for _, p in model.named_parameters()], lr=lr)

# %% group_added_later
def make_optimizer(model, lr):
    params = list(model.parameters())
    optimizer = torch.optim.Adam(params[:1], lr=lr)
    optimizer.add_param_group({"params": params[1:]})
    return optimizer

# %% imported_class
from torch.optim import Adam


def make_optimizer(model, lr):
    return Adam(params=model.parameters(), lr=lr)

# %% keyword
def make_optimizer(model, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    return optimizer

# %% list_of_parameters
from torch import optim


def make_optimizer(model, lr):
    params = list(model.parameters())
    return optim.Adam(params, lr=lr)

# %% lr_as_a_tensor note="a learning rate may be a tensor"
def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=torch.tensor(lr), foreach=False)

# %% lr_set_afterwards note="what counts is the learning rate of the groups, not the default kept beside them"
def make_optimizer(model, lr):
    optimizer = torch.optim.Adam(model.parameters())
    for group in optimizer.param_groups:
        group["lr"] = lr
    return optimizer

# %% named_parameters_handed_over
def make_optimizer(model, lr):
    return torch.optim.Adam(model.named_parameters(), lr=lr)

# %% only_those_that_learn
def make_optimizer(model, lr):
    learning = filter(lambda p: p.requires_grad, model.parameters())
    return torch.optim.Adam(learning, lr=lr)

# %% weights_and_biases_in_groups
def make_optimizer(model, lr):
    weights = [p for p in model.parameters() if p.dim() > 1]
    biases = [p for p in model.parameters() if p.dim() <= 1]
    return torch.optim.Adam([{"params": biases, "lr": lr}, {"params": weights, "lr": lr}])

# %% comma_after_return mistake="comma-makes-tuple" outcome="fail" note="a comma at the end makes a tuple of the optimizer"
def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=lr),

# %% counted_before mistake="generator-used-up" outcome="crashed" note="the parameters were counted first"
def make_optimizer(model, lr):
    parameters = model.parameters()
    print("parameters:", sum(p.numel() for p in parameters))
    return torch.optim.Adam(parameters, lr=lr)

# %% notebook_model mistake="global-not-argument" note="the signature was renamed, the body was not"
def make_optimizer(net, lr):
    return torch.optim.Adam(model.parameters(), lr=lr)

# %% lr_left_out mistake="lr-ignored" note="the default of 1e-3"
def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters())

# %% lr_overwritten mistake="lr-ignored" note="lr = 1e-4 is the first line, as in the original"
def make_optimizer(model, lr):
    lr = 1e-4
    optimizer = torch.optim.Adam(model.parameters(), lr)
    return optimizer

# %% lr_written_in mistake="lr-ignored" note="1e-4 of the text"
def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=1e-4)

# %% model_handed_over mistake="model-not-parameters" outcome="crashed" note="the model itself instead of its parameters"
def make_optimizer(model, lr):
    return torch.optim.Adam(model, lr=lr)

# %% lr_first mistake="optimizer-arguments-swapped" outcome="crashed" note="the two arguments in the other order"
def make_optimizer(model, lr):
    return torch.optim.Adam(lr, model.parameters())

# %% ten_times_lr mistake="step-scaled" note="a larger one, because Adam can take it"
def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=10 * lr)

# %% three_layers_by_index mistake="none" outcome="crashed" note="the layers of a deeper model, counted by hand"
def make_optimizer(model, lr):
    layers = [model[0], model[2], model[4]]
    parameters = [p for layer in layers for p in layer.parameters()]
    return torch.optim.Adam(parameters, lr=lr)

# %% untouched mistake="none" outcome="not_attempted" note="the blank as it was handed out"
def make_optimizer(model, lr):
    raise NotImplementedError()

# %% weights_started_anew mistake="weights-reinitialised" note="the right optimizer, and the model's weights drawn anew on the way"
def make_optimizer(model, lr):
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    return torch.optim.Adam(model.parameters(), lr=lr)

# %% first_layer_only mistake="not-all-parameters" note="only the first layer"
def make_optimizer(model, lr):
    return torch.optim.Adam(model[0].parameters(), lr=lr)

# %% first_parameter_only mistake="not-all-parameters" note="next() gives the first one"
def make_optimizer(model, lr):
    return torch.optim.Adam([next(model.parameters())], lr=lr)

# %% four_by_index mistake="not-all-parameters" note="all of this model, not all of any model"
def make_optimizer(model, lr):
    return torch.optim.Adam([model[0].weight, model[0].bias, model[2].weight, model[2].bias], lr=lr)

# %% last_layer_only mistake="not-all-parameters" note="only the last layer"
def make_optimizer(model, lr):
    return torch.optim.Adam(list(model.parameters())[2:], lr=lr)

# %% weights_by_index mistake="not-all-parameters" note="w1 and w2 were all there was before"
def make_optimizer(model, lr):
    return torch.optim.Adam([model[0].weight, model[2].weight], lr=lr)

# %% weights_only mistake="not-all-parameters" note="no biases"
def make_optimizer(model, lr):
    return torch.optim.Adam([p for n, p in model.named_parameters() if n.endswith("weight")], lr=lr)

# %% class_only mistake="optimizer-not-built" note="the class, without parameters"
def make_optimizer(model, lr):
    return torch.optim.Adam

# %% adagrad mistake="other-optimizer" note="Adagrad, the entry above in the list"
def make_optimizer(model, lr):
    return torch.optim.Adagrad(model.parameters(), lr=lr)

# %% adamax mistake="other-optimizer" note="Adamax"
def make_optimizer(model, lr):
    return torch.optim.Adamax(model.parameters(), lr=lr)

# %% adamw mistake="other-optimizer" note="AdamW shrinks the weights as well"
def make_optimizer(model, lr):
    return torch.optim.AdamW(model.parameters(), lr=lr)

# %% adamw_without_decay mistake="other-optimizer" note="the other class with its difference switched off"
def make_optimizer(model, lr):
    return torch.optim.AdamW(model.parameters(), lr=lr, weight_decay=0.0)

# %% amsgrad mistake="other-optimizer" note="amsgrad=True: no difference in the first steps"
def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=lr, amsgrad=True)

# %% betas_swapped mistake="other-optimizer" note="the two betas in the wrong order"
def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=lr, betas=(0.999, 0.9))

# %% nadam mistake="other-optimizer" note="NAdam"
def make_optimizer(model, lr):
    return torch.optim.NAdam(model.parameters(), lr=lr)

# %% other_betas mistake="other-optimizer" note="betas of another text"
def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=lr, betas=(0.5, 0.999))

# %% rmsprop mistake="other-optimizer" note="RMSprop"
def make_optimizer(model, lr):
    return torch.optim.RMSprop(model.parameters(), lr=lr)

# %% sgd mistake="other-optimizer" note="plain gradient descent"
def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters(), lr=lr)

# %% weight_decay mistake="other-optimizer" note="weight decay, seen in another text"
def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=lr, weight_decay=1e-4)

# %% parameters_not_called mistake="parameters-not-called" outcome="crashed" note="the parentheses of parameters"
def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters, lr=lr)

# %% no_return mistake="returns-none" note="made and forgotten"
def make_optimizer(model, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)

# %% returns_step mistake="returns-none" note="step() gives nothing back"
def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=lr).step()

# %% copies_of_parameters mistake="trained-a-copy" note="new leaves with the same values: the model never moves"
def make_optimizer(model, lr):
    params = [p.detach().clone().requires_grad_() for p in model.parameters()]
    return torch.optim.Adam(params, lr=lr)

# %% deep_copy mistake="trained-a-copy" note="parameters of a copy of the model"
import copy


def make_optimizer(model, lr):
    return torch.optim.Adam(copy.deepcopy(model).parameters(), lr=lr)

# %% uphill mistake="uphill" note="maximize=True"
def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=lr, maximize=True)


# %% scheduler mistake="scheduler-not-optimizer" note="a schedule from a tutorial, handed back in the optimizer's place"
def make_optimizer(model, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    return torch.optim.lr_scheduler.StepLR(optimizer, step_size=10)

# %% one_group_per_layer mistake="not-all-parameters" note="every layer its own group: parameters of the model itself are in none"
def make_optimizer(model, lr):
    groups = [{"params": list(layer.parameters())} for layer in model.children()]
    groups = [g for g in groups if g["params"]]
    return torch.optim.Adam(groups, lr=lr)

# %% six_of_them mistake="not-all-parameters" note="as many as three layers have, counted by hand"
def make_optimizer(model, lr):
    return torch.optim.Adam(list(model.parameters())[:6], lr=lr)

# %% rate_at_most_a_hundredth mistake="lr-ignored" note="no rate above 0.01"
def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=min(lr, 1e-2))

# %% tiny_rates_replaced mistake="lr-ignored" note="a small rate is taken for one of plain descent"
def make_optimizer(model, lr):
    if lr < 1e-4:
        lr = 1e-3  # such a small lr was for plain gradient descent
    return torch.optim.Adam(model.parameters(), lr=lr)

# %% biases_at_double_rate mistake="rates-differ" note="a group for biases"
def make_optimizer(model, lr):
    weights = [p for p in model.parameters() if p.dim() > 1]
    biases = [p for p in model.parameters() if p.dim() <= 1]
    return torch.optim.Adam([{"params": weights}, {"params": biases, "lr": 2 * lr}], lr=lr)

# %% made_once_for_a_rate mistake="remembers" note="a dictionary by rate"
_made = {}


def make_optimizer(model, lr):
    if lr not in _made:
        _made[lr] = torch.optim.Adam(model.parameters(), lr=lr)
    return _made[lr]

# %% cached mistake="remembers" note="the old optimizer for the same model"
from functools import lru_cache


@lru_cache(maxsize=None)
def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=lr)

# %% made_once mistake="remembers" note="one for all models"
opt = None


def make_optimizer(model, lr):
    global opt
    if opt is None:
        opt = torch.optim.Adam(model.parameters(), lr=lr)
    return opt

# %% partial_waits mistake="optimizer-not-built" note="nobody calls it"
from functools import partial


def make_optimizer(model, lr):
    adam = partial(torch.optim.Adam, model.parameters(), lr=lr)
    return adam
