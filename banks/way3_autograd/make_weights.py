# %% detached_again note="computed with history, then cut loose and made a leaf once more"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, requires_grad=True).to(dtype).to(device)
    w2 = torch.randn(d_h, d_out, requires_grad=True).to(dtype).to(device)
    w1 = w1.detach().requires_grad_()
    w2 = w2.detach().requires_grad_()
    return w1, w2

# %% double_then_moved note="drawn in double precision, moved, then told to record"
def make_weights(d_in, d_h, d_out, dtype, device):
    def one(rows, columns):
        numbers = np.random.default_rng(0).normal(size=(rows, columns))
        return torch.as_tensor(numbers, dtype=dtype, device=device).requires_grad_()

    return one(d_in, d_h), one(d_h, d_out)

# %% factory_argument
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    return w1, w2

# %% flag_set_afterwards
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn((d_in, d_h), dtype=dtype, device=device)
    w2 = torch.randn((d_h, d_out), dtype=dtype, device=device)
    w1.requires_grad = True
    w2.requires_grad = True
    return w1, w2

# %% from_numpy
def make_weights(d_in, d_h, d_out, dtype, device):
    a = np.random.randn(d_in, d_h)
    b = np.random.randn(d_h, d_out)
    w1 = torch.tensor(a, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.tensor(b, dtype=dtype, device=device, requires_grad=True)
    return w1, w2

# %% generator_and_seed note="seeds for itself"
def make_weights(d_in, d_h, d_out, dtype, device):
    torch.manual_seed(42)
    pair = [torch.randn(a, b, dtype=dtype).to(device) for a, b in ((d_in, d_h), (d_h, d_out))]
    for w in pair:
        w.requires_grad = True
    return tuple(pair)

# %% kaiming
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.empty((d_in, d_h), dtype=dtype, device=device, requires_grad=True)
    w2 = torch.empty((d_h, d_out), dtype=dtype, device=device, requires_grad=True)
    torch.nn.init.kaiming_normal_(w1)
    torch.nn.init.xavier_uniform_(w2)
    return w1, w2

# %% list_comprehension note="a list of two instead of a tuple"
def make_weights(d_in, d_h, d_out, dtype, device):
    shapes = [(d_in, d_h), (d_h, d_out)]
    return [torch.randn(s, dtype=dtype, device=device, requires_grad=True) for s in shapes]

# %% moved_first_then_flag
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h).to(device=device, dtype=dtype)
    w2 = torch.randn(d_h, d_out).to(device=device, dtype=dtype)
    w1.requires_grad_()
    w2.requires_grad_()
    return w1, w2

# %% nn_init note="the flag is on from the start; nn.init writes inside no_grad, so the tensor stays a leaf"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.empty(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.empty(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    torch.nn.init.normal_(w1)
    torch.nn.init.normal_(w2)
    return w1, w2

# %% no_grad_around note="no_grad does not switch off the flag of a factory"
def make_weights(d_in, d_h, d_out, dtype, device):
    with torch.no_grad():
        w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
        w2 = torch.randn(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    return w1, w2

# %% normal_in_place
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.empty(d_in, d_h, dtype=dtype, device=device).normal_()
    w2 = torch.empty(d_h, d_out, dtype=dtype, device=device).normal_()
    return w1.requires_grad_(), w2.requires_grad_()

# %% numpy_generator
def make_weights(d_in, d_h, d_out, dtype, device):
    rng = np.random.default_rng()
    w1 = torch.from_numpy(rng.standard_normal((d_in, d_h))).to(device, dtype).requires_grad_()
    w2 = torch.from_numpy(rng.standard_normal((d_h, d_out))).to(device, dtype).requires_grad_()
    return w1, w2

# %% parameters
from torch import nn


def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = nn.Parameter(torch.randn(d_in, d_h, dtype=dtype, device=device))
    w2 = nn.Parameter(torch.randn(d_h, d_out, dtype=dtype, device=device))
    return w1, w2

# %% randn_like_and_transposed_storage note="w1 is a non-contiguous leaf"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_h, d_in, dtype=dtype, device=device).t().requires_grad_()
    w2 = torch.randn_like(torch.empty(d_h, d_out, dtype=dtype, device=device), requires_grad=True)
    return w1, w2

# %% scaled_in_no_grad note="scaled in place while nothing is recorded: still a leaf"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    with torch.no_grad():
        w1 *= 0.1
        w2.mul_(0.1)
    return w1, w2

# %% tensor_of_tensor note="torch.tensor(tensor) writes a warning; the weights are right all the same"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.tensor(torch.randn(d_in, d_h), dtype=dtype, device=device, requires_grad=True)
    w2 = torch.tensor(torch.randn(d_h, d_out), dtype=dtype, device=device, requires_grad=True)
    return w1, w2

# %% torch_normal
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.normal(0.0, 1.0, size=(d_in, d_h), dtype=dtype, device=device, requires_grad=True)
    w2 = torch.normal(0.0, 1.0, size=(d_h, d_out), dtype=dtype, device=device, requires_grad=True)
    return w1, w2

# %% underscore_method
def make_weights(d_in, d_h, d_out, dtype, device):
    kw = {"dtype": dtype, "device": device}
    return torch.randn(d_in, d_h, **kw).requires_grad_(), torch.randn(d_h, d_out, **kw).requires_grad_(True)

# %% uniform_around_zero note="centred, and so a start as good as another"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.empty(d_in, d_h, dtype=dtype, device=device).uniform_(-1, 1)
    w2 = torch.empty(d_h, d_out, dtype=dtype, device=device).uniform_(-1, 1)
    return w1.requires_grad_(True), w2.requires_grad_(True)

# %% variable_of_old
from torch.autograd import Variable


def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = Variable(torch.randn(d_in, d_h, dtype=dtype, device=device), requires_grad=True)
    w2 = Variable(torch.randn(d_h, d_out, dtype=dtype, device=device), requires_grad=True)
    return w1, w2

# %% xavier note="scaled on purpose; the spread is free"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = (torch.randn(d_in, d_h, dtype=dtype, device=device) / d_in**0.5).requires_grad_()
    w2 = (torch.randn(d_h, d_out, dtype=dtype, device=device) / d_h**0.5).requires_grad_()
    return w1, w2

# %% numpy_arrays mistake="array-not-tensor" note="arrays as in the first way"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = np.random.randn(d_in, d_h)
    w2 = np.random.randn(d_h, d_out)
    return w1, w2

# %% all_ones mistake="constant-weights" note="every hidden unit is the same unit"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.ones(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.ones(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    return w1, w2

# %% same_column mistake="constant-weights" note="one column, repeated for every hidden unit"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, 1, dtype=dtype, device=device).repeat(1, d_h).requires_grad_()
    w2 = torch.randn(1, d_out, dtype=dtype, device=device).repeat(d_h, 1).requires_grad_()
    return w1, w2

# %% device_left_out mistake="device-ignored" note="stays on the CPU wherever it was asked to live; the meta device shows it"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, requires_grad=True)
    w2 = torch.randn(d_h, d_out, dtype=dtype, requires_grad=True)
    return w1, w2

# %% second_device_left_out mistake="device-ignored" note="only w1 goes where it was asked to"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device).requires_grad_()
    w2 = torch.randn(d_h, d_out, dtype=dtype).requires_grad_()
    return w1, w2

# %% double_written_in mistake="dtype-ignored" note="double precision, whatever was asked"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=torch.float64, device=device, requires_grad=True)
    w2 = torch.randn(d_h, d_out, dtype=torch.float64, device=device, requires_grad=True)
    return w1, w2

# %% dtype_left_out mistake="dtype-ignored" note="takes the default dtype, whatever was asked"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, device=device, requires_grad=True)
    w2 = torch.randn(d_h, d_out, device=device, requires_grad=True)
    return w1, w2

# %% float_written_in mistake="dtype-ignored" note="the original's torch.float, whatever was asked"
def make_weights(d_in, d_h, d_out, dtype, device):
    kind = torch.float
    w1 = torch.randn(d_in, d_h, dtype=kind, device=device, requires_grad=True)
    w2 = torch.randn(d_h, d_out, dtype=kind, device=device, requires_grad=True)
    return w1, w2

# %% half_precision mistake="dtype-ignored" note="half of the digits, to save memory"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, device=device).half().requires_grad_()
    w2 = torch.randn(d_h, d_out, device=device).half().requires_grad_()
    return w1, w2

# %% attribute_misspelled mistake="no-requires-grad" note="a new attribute of that name is made, silently"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    w1.require_grad = True
    w2.require_grad = True
    return w1, w2

# %% detached_at_the_end mistake="no-requires-grad" note="detach takes the flag away again"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    return w1.detach(), w2.detach()

# %% method_not_called mistake="no-requires-grad" note="requires_grad_ without parentheses does nothing"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    w1.requires_grad_
    w2.requires_grad_
    return w1, w2

# %% only_first_records mistake="no-requires-grad" note="thought that one recording tensor is enough"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    return w1, w2

# %% only_second_records mistake="no-requires-grad" note="the flag fell off the first line"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    return w1, w2

# %% plain_randn mistake="no-requires-grad" note="copied from the second way"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    return w1, w2

# %% data_and_weights mistake="none" note="all of the second way's make_data"
def make_weights(d_in, d_h, d_out, dtype, device):
    x = torch.randn(64, d_in, dtype=dtype, device=device)
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    return x, w1, w2

# %% squeezed mistake="none" note="squeeze takes away every axis of length 1"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(1, d_in, d_h, dtype=dtype, device=device).squeeze().requires_grad_()
    w2 = torch.randn(1, d_h, d_out, dtype=dtype, device=device).squeeze().requires_grad_()
    return w1, w2

# %% untouched mistake="none" outcome="not_attempted" note="the blank as it was handed out"
def make_weights(d_in, d_h, d_out, dtype, device):
    raise NotImplementedError()

# %% cloned_after_flag mistake="not-a-leaf" note="a clone is a computed tensor"
def make_weights(d_in, d_h, d_out, dtype, device):
    a = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    b = torch.randn(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    return a.clone(), b.clone()

# %% moved_after_flag mistake="not-a-leaf" note="`.to` computes a new tensor wherever dtype or device differs from the default"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, requires_grad=True).to(device, dtype)
    w2 = torch.randn(d_h, d_out, requires_grad=True).to(device, dtype)
    return w1, w2

# %% only_second_scaled mistake="not-a-leaf" note="one of the two is no leaf"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device, requires_grad=True) / d_h**0.5
    return w1, w2

# %% scaled_after_flag mistake="not-a-leaf" note="smaller weights looked safer"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True) * 0.1
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device, requires_grad=True) * 0.1
    return w1, w2

# %% scaled_minus_after_flag mistake="not-a-leaf" note="centred the uniform numbers after they began to record"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.rand(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.rand(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    return 2 * w1 - 1, 2 * w2 - 1

# %% standardised_after_flag mistake="not-a-leaf" note="made mean zero and deviation one once more, after the flag"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    w1 = 1.0 * w1
    w2 = 1.0 * w2
    return w1, w2

# %% transposed_after_flag mistake="not-a-leaf" note="the view remembers where it came from"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_h, d_in, dtype=dtype, device=device, requires_grad=True).t()
    w2 = torch.randn(d_out, d_h, dtype=dtype, device=device, requires_grad=True).t()
    return w1, w2

# %% second_before_first mistake="order-of-results" note="w2, w1"
def make_weights(d_in, d_h, d_out, dtype, device):
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    return w2, w1

# %% no_return mistake="returns-none" note="made, flagged and forgotten"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device, requires_grad=True)

# %% global_sizes mistake="sizes-fixed" note="the notebook's constants instead of the arguments"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(D_IN, D_H, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.randn(D_H, D_OUT, dtype=dtype, device=device, requires_grad=True)
    return w1, w2

# %% literal_sizes mistake="sizes-fixed" note="numbers copied from the text"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(1000, 100, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.randn(100, 10, dtype=dtype, device=device, requires_grad=True)
    return w1, w2

# %% one_tensor mistake="too-few-results" note="only the first weight comes back"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    return w1

# %% only_second_uniform mistake="uniform-data" note="w1 is drawn right, w2 with a letter missing"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.rand(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    return w1, w2

# %% rand mistake="uniform-data" note="one letter short"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.rand(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.rand(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    return w1, w2

# %% uniform_in_place mistake="uniform-data" note="uniform_ for normal_"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.empty(d_in, d_h, dtype=dtype, device=device).uniform_().requires_grad_()
    w2 = torch.empty(d_h, d_out, dtype=dtype, device=device).uniform_().requires_grad_()
    return w1, w2

# %% first_shape_swapped mistake="weights-transposed" note="only w1"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn((d_h, d_in), dtype=dtype, device=device).requires_grad_()
    w2 = torch.randn((d_h, d_out), dtype=dtype, device=device).requires_grad_()
    return w1, w2

# %% second_shape_swapped mistake="weights-transposed" note="only w2"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.randn(d_out, d_h, dtype=dtype, device=device, requires_grad=True)
    return w1, w2

# %% shapes_out_in mistake="weights-transposed" note="thought of nn.Linear"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_h, d_in, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.randn(d_out, d_h, dtype=dtype, device=device, requires_grad=True)
    return w1, w2

# %% all_zeros mistake="weights-zero" note="starts at nothing"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.zeros((d_in, d_h), dtype=dtype, device=device, requires_grad=True)
    w2 = torch.zeros((d_h, d_out), dtype=dtype, device=device, requires_grad=True)
    return w1, w2

# %% even_around_zero note="rand, moved to lie around zero: the text asks for random numbers around zero"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = (2 * torch.rand(d_in, d_h, dtype=dtype, device=device) - 1).requires_grad_()
    w2 = (2 * torch.rand(d_h, d_out, dtype=dtype, device=device) - 1).requires_grad_()
    return w1, w2

# %% made_once_for_each_size mistake="remembers" note="functools.cache above the function"
import functools


@functools.cache
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    return w1, w2

# %% one_memory_for_both mistake="none" note="both weights are views of one pool"
def make_weights(d_in, d_h, d_out, dtype, device):
    pool = torch.randn(max(d_in * d_h, d_h * d_out), dtype=dtype, device=device)
    w1 = pool[: d_in * d_h].view(d_in, d_h).requires_grad_()
    w2 = pool[: d_h * d_out].view(d_h, d_out).requires_grad_()
    return w1, w2

# %% in_even_steps mistake="none" note="numbers in even steps, each unit another: no random start"
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.linspace(-1, 1, d_in * d_h, dtype=dtype, device=device).view(d_in, d_h).requires_grad_()
    w2 = torch.linspace(-1, 1, d_h * d_out, dtype=dtype, device=device).view(d_h, d_out).requires_grad_()
    return w1, w2
