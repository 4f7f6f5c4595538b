# %% branch_on_device note="asks which device it has"
def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    out = [torch.randn(s, dtype=dtype) for s in shapes]
    if device.type == "cuda":
        out = [t.cuda() for t in out]
    return out

# %% drawn_then_moved note="drawn on the CPU with the default dtype, moved afterwards"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in).to(dtype).to(device)
    y = torch.randn(n, d_out).to(dtype).to(device)
    w1 = torch.randn(d_in, d_h).to(device, dtype)
    w2 = torch.randn(d_h, d_out).to(device=device, dtype=dtype)
    return x, y, w1, w2

# %% drawn_transposed note="the weights drawn the other way round and turned: not contiguous"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype, device=device)
    y = torch.randn(n, d_out, dtype=dtype, device=device)
    w1 = torch.randn(d_h, d_in, dtype=dtype, device=device).t()
    w2 = torch.randn(d_out, d_h, dtype=dtype, device=device).T
    return x, y, w1, w2

# %% from_numpy note="drawn by NumPy, as in the first way, then turned into tensors"
def make_data(n, d_in, d_h, d_out, dtype, device):
    rng = np.random.default_rng()

    def draw(*shape):
        return torch.from_numpy(rng.standard_normal(shape)).to(dtype=dtype, device=device)

    return draw(n, d_in), draw(n, d_out), draw(d_in, d_h), draw(d_h, d_out)

# %% normal_in_place note="empty tensors filled by normal_"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.empty(n, d_in, dtype=dtype, device=device).normal_()
    y = torch.empty(n, d_out, dtype=dtype, device=device).normal_()
    w1 = torch.empty(d_in, d_h, dtype=dtype, device=device).normal_(0, 1)
    w2 = torch.empty(d_h, d_out, dtype=dtype, device=device).normal_(mean=0.0, std=1.0)
    return x, y, w1, w2

# %% numpy_then_tensor note="numpy then tensor"
def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    return [torch.from_numpy(np.random.randn(*s)).to(device=device, dtype=dtype) for s in shapes]

# %% one_long note="one long"
def make_data(n, d_in, d_h, d_out, dtype, device):
    k = n * d_in + n * d_out + d_in * d_h + d_h * d_out
    z = torch.randn(k, dtype=dtype, device=device)
    a, b, c, d = z.split([n * d_in, n * d_out, d_in * d_h, d_h * d_out])
    return a.view(n, d_in), b.view(n, d_out), c.view(d_in, d_h), d.view(d_h, d_out)

# %% own_generator note="own generator"
def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    g = torch.Generator().manual_seed(0)
    return tuple(torch.randn(s, generator=g, dtype=torch.float64).to(device, dtype) for s in shapes)

# %% on_the_device_by_default note="the device set as the default, and put back"
def make_data(n, d_in, d_h, d_out, dtype, device):
    torch.set_default_device(device)
    try:
        return [torch.randn(s, dtype=dtype) for s in ((n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out))]
    finally:
        torch.set_default_device(None)

# %% on_the_device_in_a_block note="a block in which all tensors are made on the device"
def make_data(n, d_in, d_h, d_out, dtype, device):
    with torch.device(device):
        return (
            torch.randn(n, d_in, dtype=dtype), torch.randn(n, d_out, dtype=dtype),
            torch.randn(d_in, d_h, dtype=dtype), torch.randn(d_h, d_out, dtype=dtype),
        )

# %% randn_like note="randn like"
def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    return tuple(torch.randn_like(torch.empty(*s, dtype=dtype, device=device)) for s in shapes)

# %% randn_like_and_init note="randn_like zeros for the data, nn.init for the weights"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn_like(torch.zeros(n, d_in, dtype=dtype, device=device))
    y = torch.randn_like(torch.zeros(n, d_out, dtype=dtype, device=device))
    w1 = torch.nn.init.normal_(torch.empty(d_in, d_h, dtype=dtype, device=device))
    w2 = torch.nn.init.normal_(torch.empty(d_h, d_out, dtype=dtype, device=device))
    return x, y, w1, w2

# %% randn_with_dtype_and_device note="the plain way"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype, device=device)
    y = torch.randn(n, d_out, dtype=dtype, device=device)
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    return x, y, w1, w2

# %% requires_grad_by_accident note="requires grad by accident"
def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    x, y, w1, w2 = [torch.randn(s, dtype=dtype, device=device) for s in shapes]
    w1.requires_grad_()
    w2.requires_grad_()
    return x, y, w1, w2

# %% shapes_as_tuples note="the shape as one tuple, dtype and device in a dictionary"
def make_data(n, d_in, d_h, d_out, dtype, device):
    kind = {"dtype": dtype, "device": device}
    shapes = (n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)
    return tuple(torch.randn(shape, **kind) for shape in shapes)

# %% tensor_of_numpy note="tensor of numpy"
def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    return tuple(torch.tensor(np.random.standard_normal(s), dtype=dtype, device=device) for s in shapes)

# %% tensor_of_numpy_randn note="torch.tensor of the old NumPy names"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.tensor(np.random.randn(n, d_in), dtype=dtype, device=device)
    y = torch.tensor(np.random.randn(n, d_out), dtype=dtype, device=device)
    w1 = torch.tensor(np.random.randn(d_in, d_h), dtype=dtype, device=device)
    w2 = torch.tensor(np.random.randn(d_h, d_out), dtype=dtype, device=device)
    return x, y, w1, w2

# %% torch_normal note="torch.normal with mean and deviation"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.normal(0.0, 1.0, (n, d_in), dtype=dtype, device=device)
    y = torch.normal(0.0, 1.0, (n, d_out), dtype=dtype, device=device)
    w1 = torch.normal(0.0, 1.0, size=(d_in, d_h), dtype=dtype, device=device)
    w2 = torch.normal(mean=0.0, std=1.0, size=(d_h, d_out), dtype=dtype, device=device)
    return x, y, w1, w2

# %% numpy_arrays mistake="array-not-tensor" note="the arrays of the first way"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = np.random.randn(n, d_in)
    y = np.random.randn(n, d_out)
    w1 = np.random.randn(d_in, d_h)
    w2 = np.random.randn(d_h, d_out)
    return x, y, w1, w2

# %% numpy_at_the_end mistake="array-not-tensor" note="tensors, turned into arrays when returned"
def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    return tuple(torch.randn(s, dtype=dtype).numpy() for s in shapes)

# %% samples_in_columns mistake="batch-axis-last" note="one sample per column"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(d_in, n, dtype=dtype, device=device)
    y = torch.randn(d_out, n, dtype=dtype, device=device)
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    return x, y, w1, w2

# %% x_scaled mistake="data-scaled" note="x scaled"
def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    x, y, w1, w2 = [torch.randn(s, device=device, dtype=dtype) for s in shapes]
    return x * 10, y, w1, w2

# %% cuda_if_available mistake="device-ignored" note="chooses the device anew"
def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    device = "cuda" if torch.cuda.is_available() else "cpu"
    return tuple(torch.randn(s, dtype=dtype, device=device) for s in shapes)

# %% device_not_passed_on mistake="device-ignored" note="device is never used: shows only on another device than the CPU"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype)
    y = torch.randn(n, d_out, dtype=dtype)
    w1 = torch.randn(d_in, d_h, dtype=dtype)
    w2 = torch.randn(d_h, d_out, dtype=dtype)
    return x, y, w1, w2

# %% weights_left_on_cpu mistake="device-ignored" note="only the data are moved"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype).to(device)
    y = torch.randn(n, d_out, dtype=dtype).to(device)
    w1 = torch.randn(d_in, d_h, dtype=dtype)
    w2 = torch.randn(d_h, d_out, dtype=dtype)
    return x, y, w1, w2

# %% double_for_all mistake="dtype-ignored" note="double for all"
def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    return tuple(torch.randn(s, device=device).double() for s in shapes)

# %% dtype_forgotten_in_w1 mistake="dtype-ignored" note="three of four: w1 takes the default"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype, device=device)
    y = torch.randn(n, d_out, dtype=dtype, device=device)
    w1 = torch.randn(d_in, d_h, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    return x, y, w1, w2

# %% dtype_forgotten_in_w2 mistake="dtype-ignored" note="three of four: w2 takes the default"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype, device=device)
    y = torch.randn(n, d_out, dtype=dtype, device=device)
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, device=device)
    return x, y, w1, w2

# %% dtype_forgotten_in_x mistake="dtype-ignored" note="three of four: x takes the default"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, device=device)
    y = torch.randn(n, d_out, dtype=dtype, device=device)
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    return x, y, w1, w2

# %% dtype_forgotten_in_y mistake="dtype-ignored" note="three of four: y takes the default"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype, device=device)
    y = torch.randn(n, d_out, device=device)
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    return x, y, w1, w2

# %% dtype_not_passed_on mistake="dtype-ignored" note="dtype is an argument, but never used"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, device=device)
    y = torch.randn(n, d_out, device=device)
    w1 = torch.randn(d_in, d_h, device=device)
    w2 = torch.randn(d_h, d_out, device=device)
    return x, y, w1, w2

# %% float_of_the_original mistake="dtype-ignored" note="torch.float, as in the original"
def make_data(n, d_in, d_h, d_out, dtype, device):
    dtype = torch.float
    x = torch.randn(n, d_in, dtype=dtype, device=device)
    y = torch.randn(n, d_out, dtype=dtype, device=device)
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    return x, y, w1, w2

# %% half_the_weights mistake="dtype-ignored" note="half the weights"
def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    x, y, w1, w2 = [torch.randn(s, device=device, dtype=dtype) for s in shapes]
    return x, y, w1.float(), w2.float()

# %% neither_dtype_nor_device mistake="dtype-ignored" note="neither dtype nor device"
def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    return tuple(torch.randn(s) for s in shapes)

# %% to_without_assignment mistake="dtype-ignored" note=".to gives a new tensor, and nobody keeps it"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, device=device)
    y = torch.randn(n, d_out, device=device)
    w1 = torch.randn(d_in, d_h, device=device)
    w2 = torch.randn(d_h, d_out, device=device)
    for tensor in (x, y, w1, w2):
        tensor.to(dtype)
    return x, y, w1, w2

# %% device_and_dtype_of_notebook mistake="global-not-argument" note="DEVICE and DTYPE in capitals are the notebook's"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=DTYPE, device=DEVICE)
    y = torch.randn(n, d_out, dtype=DTYPE, device=DEVICE)
    w1 = torch.randn(d_in, d_h, dtype=DTYPE, device=DEVICE)
    w2 = torch.randn(d_h, d_out, dtype=DTYPE, device=DEVICE)
    return x, y, w1, w2

# %% blank mistake="none" outcome="not_attempted" note="untouched"
def make_data(n, d_in, d_h, d_out, dtype, device):
    # YOUR CODE HERE
    raise NotImplementedError()

# %% cuda_written_in mistake="none" outcome="crashed" note="the argument `device` is not used"
def make_data(n, d_in, d_h, d_out, dtype, device):
    return tuple(torch.randn(a, b, dtype=dtype).cuda() for a, b in [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)])

# %% dtype_as_last_size mistake="none" outcome="crashed" note="dtype given by position, as if it were a size"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype, device)
    y = torch.randn(n, d_out, dtype, device)
    w1 = torch.randn(d_in, d_h, dtype, device)
    w2 = torch.randn(d_h, d_out, dtype, device)
    return x, y, w1, w2

# %% randint mistake="uniform-data" note="randint"
def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    return tuple(torch.randint(0, 10, s, device=device).to(dtype) for s in shapes)

# %% sizes_as_shape_list mistake="none" note="sizes as shape list"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn([n], dtype=dtype, device=device)
    y = torch.randn([n], dtype=dtype, device=device)
    w1 = torch.randn([d_in], dtype=dtype, device=device)
    w2 = torch.randn([d_h], dtype=dtype, device=device)
    return x, y, w1, w2

# %% squeezed mistake="none" note="axes of length 1 are taken away"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype, device=device)
    y = torch.randn(n, d_out, dtype=dtype, device=device)
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    return x.squeeze(), y.squeeze(), w1.squeeze(), w2.squeeze()

# %% y_is_x mistake="target-shape or none" note="y is x"
def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    x, y, w1, w2 = [torch.randn(s, device=device, dtype=dtype) for s in shapes]
    return x, x[:, :d_out], w1, w2

# %% data_and_weights_in_pairs mistake="order-of-results" note="returned as x, w1, y, w2"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype, device=device)
    y = torch.randn(n, d_out, dtype=dtype, device=device)
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    return x, w1, y, w2

# %% results_weights_first mistake="order-of-results" note="results weights first"
def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    x, y, w1, w2 = [torch.randn(s, device=device, dtype=dtype) for s in shapes]
    return w1, w2, x, y

# %% return_forgotten mistake="returns-none" note="no return"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype, device=device)
    y = torch.randn(n, d_out, dtype=dtype, device=device)
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)

# %% seeded_before_each_draw mistake="seed-before-each-draw" note="the same seed before each: all begin with the same numbers"
def draw(rows, columns, dtype, device):
    torch.manual_seed(0)
    return torch.randn(rows, columns, dtype=dtype, device=device)


def make_data(n, d_in, d_h, d_out, dtype, device):
    x = draw(n, d_in, dtype, device)
    y = draw(n, d_out, dtype, device)
    w1 = draw(d_in, d_h, dtype, device)
    w2 = draw(d_h, d_out, dtype, device)
    return x, y, w1, w2

# %% sizes_as_numbers mistake="sizes-fixed" note="64, 1000, 100, 10"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(64, 1000, dtype=dtype, device=device)
    y = torch.randn(64, 10, dtype=dtype, device=device)
    w1 = torch.randn(1000, 100, dtype=dtype, device=device)
    w2 = torch.randn(100, 10, dtype=dtype, device=device)
    return x, y, w1, w2

# %% sizes_of_notebook mistake="sizes-fixed" note="the sizes in capitals are the notebook's"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(N, D_IN, dtype=dtype, device=device)
    y = torch.randn(N, D_OUT, dtype=dtype, device=device)
    w1 = torch.randn(D_IN, D_H, dtype=dtype, device=device)
    w2 = torch.randn(D_H, D_OUT, dtype=dtype, device=device)
    return x, y, w1, w2

# %% one_target mistake="target-shape" note="one target per sample"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype, device=device)
    y = torch.randn(n, dtype=dtype, device=device)
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    return x, y, w1, w2

# %% rand_stretched mistake="uniform-around-zero" note="2 rand - 1: mean zero, but not normal"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = 2 * torch.rand(n, d_in, dtype=dtype, device=device) - 1
    y = 2 * torch.rand(n, d_out, dtype=dtype, device=device) - 1
    w1 = 2 * torch.rand(d_in, d_h, dtype=dtype, device=device) - 1
    w2 = 2 * torch.rand(d_h, d_out, dtype=dtype, device=device) - 1
    return x, y, w1, w2

# %% rand mistake="uniform-data" note="rand without its n"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.rand(n, d_in, dtype=dtype, device=device)
    y = torch.rand(n, d_out, dtype=dtype, device=device)
    w1 = torch.rand(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.rand(d_h, d_out, dtype=dtype, device=device)
    return x, y, w1, w2

# %% rand_for_the_weights mistake="uniform-data" note="the data are normal, the weights come from rand"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype, device=device)
    y = torch.randn(n, d_out, dtype=dtype, device=device)
    w1 = torch.rand(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.rand(d_h, d_out, dtype=dtype, device=device)
    return x, y, w1, w2

# %% uniform_in_place mistake="uniform-data" note="uniform_ fills from 0 to 1"
def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    x, y, w1, w2 = [torch.empty(s, dtype=dtype, device=device).uniform_() for s in shapes]
    return x, y, w1, w2

# %% w2_from_rand mistake="uniform-data" note="one of the four from rand"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype, device=device)
    y = torch.randn(n, d_out, dtype=dtype, device=device)
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.rand(d_h, d_out, dtype=dtype, device=device)
    return x, y, w1, w2

# %% kaiming_start mistake="weights-scaled" note="the initialisation the library recommends for ReLU"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype, device=device)
    y = torch.randn(n, d_out, dtype=dtype, device=device)
    w1 = torch.nn.init.kaiming_normal_(torch.empty(d_in, d_h, dtype=dtype, device=device))
    w2 = torch.nn.init.kaiming_normal_(torch.empty(d_h, d_out, dtype=dtype, device=device))
    return x, y, w1, w2

# %% small_start mistake="weights-scaled" note="weights times 0.01"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype, device=device)
    y = torch.randn(n, d_out, dtype=dtype, device=device)
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device) * 0.01
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device) * 0.01
    return x, y, w1, w2

# %% xavier mistake="weights-scaled" note="xavier"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype, device=device)
    y = torch.randn(n, d_out, dtype=dtype, device=device)
    w1 = torch.nn.init.xavier_normal_(torch.empty(d_in, d_h, dtype=dtype, device=device))
    w2 = torch.nn.init.xavier_normal_(torch.empty(d_h, d_out, dtype=dtype, device=device))
    return x, y, w1, w2

# %% as_linear_stores_them mistake="weights-transposed" note="(out, in), as nn.Linear keeps its weights"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype, device=device)
    y = torch.randn(n, d_out, dtype=dtype, device=device)
    w1 = torch.randn(d_h, d_in, dtype=dtype, device=device)
    w2 = torch.randn(d_out, d_h, dtype=dtype, device=device)
    return x, y, w1, w2

# %% turned_once_more mistake="weights-transposed" note=".t() after a right draw"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype, device=device)
    y = torch.randn(n, d_out, dtype=dtype, device=device)
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device).t()
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    return x, y, w1, w2

# %% zero_weights mistake="weights-zero" note="torch.zeros for the weights"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype, device=device)
    y = torch.randn(n, d_out, dtype=dtype, device=device)
    w1 = torch.zeros(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.zeros(d_h, d_out, dtype=dtype, device=device)
    return x, y, w1, w2

# %% drawn_once_for_each_size mistake="remembers" note="a dictionary by sizes"
_drawn = {}


def make_data(n, d_in, d_h, d_out, dtype, device):
    key = (n, d_in, d_h, d_out, dtype, str(device))
    if key not in _drawn:
        _drawn[key] = tuple(
            torch.randn(a, b, dtype=dtype, device=device)
            for a, b in ((n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out))
        )
    return _drawn[key]

# %% targets_like_x_cut mistake="target-shape" note="where d_out is larger, there is nothing to cut"
def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype, device=device)
    y = torch.randn_like(x)[:, :d_out]
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    return x, y, w1, w2

# %% targets_squeezed mistake="target-shape" note="a habit: one target, one axis"
def make_data(n, d_in, d_h, d_out, dtype, device):
    kw = dict(dtype=dtype, device=device)
    x = torch.randn(n, d_in, **kw)
    y = torch.randn(n, d_out, **kw).squeeze()
    w1 = torch.randn(d_in, d_h, **kw)
    w2 = torch.randn(d_h, d_out, **kw)
    return x, y, w1, w2
