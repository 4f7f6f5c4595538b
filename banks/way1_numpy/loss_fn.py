# %% absolute_then_square note="the size of the difference first: squaring loses the sign anyway"
def loss_fn(y_pred, y):
    return (abs(y_pred - y) ** 2).sum().item()

# %% cumsum note="cumsum"
def loss_fn(y_pred, y):
    return np.cumsum((y_pred - y) ** 2)[-1]

# %% diag_of_product note="diag of product"
def loss_fn(y_pred, y):
    d = y_pred - y
    return np.diag(d @ d.T).sum()

# %% double_loop note="two loops over plain numbers"
def loss_fn(y_pred, y):
    total = 0.0
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            difference = float(y_pred[i, j]) - float(y[i, j])
            total += difference**2
    return total

# %% einsum note="both factors in one einsum"
def loss_fn(y_pred, y):
    difference = y - y_pred
    return np.einsum("ij,ij->", difference, difference)

# %% fsum note="summed exactly by math.fsum"
import math


def loss_fn(y_pred, y):
    return math.fsum(((y_pred - y) ** 2).ravel().tolist())

# %% list_comprehension note="list comprehension"
def loss_fn(y_pred, y):
    return sum((a - b) ** 2 for p, t in zip(y_pred, y) for a, b in zip(p, t))

# %% mean_times_size note="mean times number of entries"
def loss_fn(y_pred, y):
    return ((y_pred - y) ** 2).mean() * y.size

# %% norm_squared note="the Frobenius norm, squared"
def loss_fn(y_pred, y):
    return np.linalg.norm(y_pred - y) ** 2

# %% product_with_itself note="the difference times itself, in a copy changed in place"
def loss_fn(y_pred, y):
    d = y_pred.copy()
    d -= y
    d *= d
    return np.add.reduce(d, axis=None)

# %% python_float note="a Python float"
def loss_fn(y_pred, y):
    return float(((y_pred - y) ** 2).sum())

# %% reduce note="reduce"
def loss_fn(y_pred, y):
    return np.add.reduce(np.power(y - y_pred, 2), axis=None)

# %% square_and_sum note="the plain way"
def loss_fn(y_pred, y):
    return np.square(y_pred - y).sum()

# %% trace note="trace of d.T @ d"
def loss_fn(y_pred, y):
    d = y_pred - y
    return np.trace(d.T @ d)

# %% two_sums note="summed over one axis, then over the other"
def loss_fn(y_pred, y):
    per_sample = ((y - y_pred) ** 2).sum(axis=1)
    return sum(per_sample)

# %% variance_and_mean note="variance and mean"
def loss_fn(y_pred, y):
    d = y_pred - y
    return np.size(d) * (np.var(d) + np.mean(d) ** 2)

# %% vdot note="vdot flattens both"
def loss_fn(y_pred, y):
    d = y_pred - y
    return np.vdot(d, d)

# %% zero_dimensional note="a 0-d array"
def loss_fn(y_pred, y):
    return np.asarray(np.sum((y_pred - y) ** 2))

# %% absolute_differences mistake="absolute-not-squared" note="sizes of the differences"
def loss_fn(y_pred, y):
    return np.abs(y_pred - y).sum()

# %% mean_absolute mistake="absolute-not-squared" note="mean absolute"
def loss_fn(y_pred, y):
    return np.abs(y_pred - y).mean()

# %% root_of_each_square mistake="absolute-not-squared" note="a root of every square: the absolute value again"
def loss_fn(y_pred, y):
    return np.sqrt((y_pred - y) ** 2).sum()

# %% divided_by_batch mistake="batch-mean" note="divided by the number of samples"
def loss_fn(y_pred, y):
    n = y.shape[0]
    return ((y_pred - y) ** 2).sum() / n

# %% len_of_y mistake="batch-mean" note="len of y"
def loss_fn(y_pred, y):
    return np.sum(np.square(y - y_pred)) / len(y)

# %% mean_over_samples mistake="batch-mean" note="summed over outputs, averaged over samples"
def loss_fn(y_pred, y):
    return ((y_pred - y) ** 2).sum(axis=1).mean()

# %% sum_without_call mistake="call-missing" note=".sum without brackets is the method itself"
def loss_fn(y_pred, y):
    return np.square(y_pred - y).sum

# %% caret mistake="caret-not-power" outcome="crashed" note="the caret is not a power in Python"
def loss_fn(y_pred, y):
    return ((y_pred - y) ^ 2).sum()

# %% difference_of_squares mistake="difference-of-squares" note="squared before subtracting"
def loss_fn(y_pred, y):
    return np.sum(y_pred**2 - y**2)

# %% times_two mistake="doubled-not-squared" note="* 2 in place of ** 2"
def loss_fn(y_pred, y):
    return np.sum((y_pred - y) * 2)

# %% computed_in_single mistake="dtype-changed" note="half of the digits, \"for speed\""
def loss_fn(y_pred, y):
    d = y_pred.astype(np.float32) - y.astype(np.float32)
    return float(np.sum(d * d))

# %% first_sample_only mistake="first-sample-only" note="one row of the batch"
def loss_fn(y_pred, y):
    return np.square(y_pred[0] - y[0]).sum()

# %% return_inside_loop mistake="first-sample-only" note="the return stands inside the loop"
def loss_fn(y_pred, y):
    total = 0
    for p, t in zip(y_pred, y):
        total += ((p - t) ** 2).sum()
        return total

# %% target_forgotten mistake="forgot-target" note="only y_pred is squared"
def loss_fn(y_pred, y):
    return np.square(y_pred).sum()

# %% target_from_notebook mistake="global-not-argument" note="the lambda above reads the notebook's y"
residual = lambda prediction: prediction - y


def loss_fn(y_pred, y):
    return (residual(y_pred) ** 2).sum()

# %% divided_by_two mistake="half-loss" note="divided by 2 inside the sum"
def loss_fn(y_pred, y):
    return np.sum((y_pred - y) ** 2 / 2)

# %% one_half mistake="half-loss" note="the convenient half"
def loss_fn(y_pred, y):
    return 0.5 * np.square(y_pred - y).sum()

# %% squared_into_target mistake="inputs-changed" note="out= one of the arguments"
def loss_fn(y_pred, y):
    np.subtract(y_pred, y, out=y)
    np.square(y, out=y)
    return y.sum()

# %% subtracted_in_place mistake="inputs-changed" note="the loss is right, y_pred is spoiled"
def loss_fn(y_pred, y):
    y_pred -= y
    return np.square(y_pred).sum()

# %% y_pred_changed mistake="inputs-changed" note="y pred changed"
def loss_fn(y_pred, y):
    y_pred -= y
    y_pred **= 2
    return y_pred.sum()

# %% builtin_sum mistake="loss-not-scalar" note="Python's sum adds rows, and a row is left"
def loss_fn(y_pred, y):
    return sum((y_pred - y) ** 2)

# %% float_of_array mistake="loss-not-scalar" outcome="crashed" note="float of array"
def loss_fn(y_pred, y):
    return float((y_pred - y) ** 2)

# %% gradient_instead mistake="loss-not-scalar" note="gradient instead"
def loss_fn(y_pred, y):
    return 2 * (y_pred - y)

# %% kept_dimensions mistake="loss-not-scalar" note="keepdims leaves a table of one row and one column"
def loss_fn(y_pred, y):
    return np.sum((y_pred - y) ** 2, keepdims=True)

# %% matrix_of_products mistake="loss-not-scalar" note="d.T @ d without its trace"
def loss_fn(y_pred, y):
    d = y_pred - y
    return d.T @ d

# %% mean_over_columns mistake="loss-not-scalar" note="mean over columns"
def loss_fn(y_pred, y):
    return np.mean((y_pred - y) ** 2, axis=0)

# %% not_summed mistake="loss-not-scalar" note="all the squares, no sum"
def loss_fn(y_pred, y):
    return np.square(y_pred - y)

# %% summed_over_outputs mistake="loss-not-scalar" note="one loss for each sample"
def loss_fn(y_pred, y):
    return ((y_pred - y) ** 2).sum(axis=1)

# %% summed_over_samples mistake="loss-not-scalar" note="one loss for each output"
def loss_fn(y_pred, y):
    return np.square(y_pred - y).sum(0)

# %% divided_by_size mistake="mean-not-sum" note="summed, then divided by all entries"
def loss_fn(y_pred, y):
    return np.square(y_pred - y).sum() / y.size

# %% mean_of_means mistake="mean-not-sum" note="mean over outputs, then over samples"
def loss_fn(y_pred, y):
    per_sample = ((y - y_pred) ** 2).mean(axis=1)
    return per_sample.mean()

# %% np_mean mistake="mean-not-sum" note="the mean squared error"
def loss_fn(y_pred, y):
    return np.mean((y_pred - y) ** 2)

# %% flattened_by_shape mistake="needs-contiguous" note="writing to .shape is possible only for numbers in one row in memory"
def loss_fn(y_pred, y):
    d = y_pred - y
    d.shape = -1
    return float(d @ d)

# %% as_text mistake="none" note="formatted for printing: a string"
def loss_fn(y_pred, y):
    return f"{np.square(y_pred - y).sum():.4f}"

# %% blank mistake="none" outcome="not_attempted" note="untouched"
def loss_fn(y_pred, y):
    # YOUR CODE HERE
    raise NotImplementedError()

# %% bytes_read_as_double mistake="none" outcome="crashed" note="frombuffer takes bytes for double precision if nobody says otherwise"
def loss_fn(y_pred, y):
    d = np.frombuffer((y_pred - y).tobytes(), count=y.size)
    return float(np.sum(d**2))

# %% cubed mistake="none" note="a slip: the power 3"
def loss_fn(y_pred, y):
    return np.sum(np.abs(y_pred - y) ** 3)

# %% half_mean mistake="half-batch-mean" note="half mean"
def loss_fn(y_pred, y):
    return np.mean((y_pred - y) ** 2) / 2

# %% log_loss mistake="none" note="log loss"
def loss_fn(y_pred, y):
    return np.log(np.sum((y_pred - y) ** 2))

# %% loop_over_rows_only mistake="sum-incomplete" note="loop over rows only"
def loss_fn(y_pred, y):
    total = 0
    for i in range(len(y)):
        total += (y_pred[i, 0] - y[i, 0]) ** 2
    return total

# %% rows_tried_first mistake="sum-incomplete" note="a slice left over from trying things out: only the first ten examples"
def loss_fn(y_pred, y):
    return float(np.sum((y_pred[:10] - y[:10]) ** 2))

# %% squeezed_rows mistake="none" outcome="crashed" note="squeeze takes away every axis of length 1"
def loss_fn(y_pred, y):
    total = 0.0
    for p, t in zip(y_pred.squeeze(), y.squeeze()):
        total += float(np.sum((p - t) ** 2))
    return total

# %% sum_mean_axis mistake="output-mean" note="sum mean axis"
def loss_fn(y_pred, y):
    return ((y_pred - y) ** 2).mean(axis=1).sum()

# %% tuple_of_loss mistake="none" note="tuple of loss"
def loss_fn(y_pred, y):
    return (np.sum((y_pred - y) ** 2),)

# %% two_times mistake="none" note="two times"
def loss_fn(y_pred, y):
    return 2 * np.sum((y_pred - y) ** 2)

# %% var mistake="none" note="var"
def loss_fn(y_pred, y):
    return np.var(y_pred - y) * y.size

# %% plain_differences mistake="not-squared" note="the square is forgotten"
def loss_fn(y_pred, y):
    return np.sum(y_pred - y)

# %% plain_differences_reversed mistake="not-squared" note="y - y_pred, summed"
def loss_fn(y_pred, y):
    total = 0.0
    for difference in (y - y_pred).ravel():
        total += difference
    return total

# %% sum_of_both mistake="plus-target" note="plus for minus"
def loss_fn(y_pred, y):
    return np.square(y_pred + y).sum()

# %% all_pairs mistake="product-not-square" note="the shapes fit with .T, but every sample meets every other"
def loss_fn(y_pred, y):
    d = y_pred - y
    return np.sum(d @ d.T)

# %% matrix_square mistake="product-not-square" outcome="crashed" note="@ multiplies matrices, it does not square entries"
def loss_fn(y_pred, y):
    d = y_pred - y
    return (d @ d).sum()

# %% printed mistake="returns-none" note="the loss is printed"
def loss_fn(y_pred, y):
    loss = np.square(y_pred - y).sum()
    print("loss", loss)

# %% frobenius_norm mistake="root-of-mean" note="the norm"
def loss_fn(y_pred, y):
    return np.linalg.norm(y_pred - y)

# %% math_sqrt mistake="root-of-mean" note="math sqrt"
def loss_fn(y_pred, y):
    import math

    return math.sqrt(np.sum((y_pred - y) ** 2))

# %% power_one_half mistake="root-of-mean" note="to the power of one half at the end"
def loss_fn(y_pred, y):
    squares = (y - y_pred) * (y - y_pred)
    return squares.sum() ** 0.5

# %% square_root mistake="root-of-mean" note="one root too many"
def loss_fn(y_pred, y):
    return np.sqrt(np.sum((y_pred - y) ** 2))

# %% root_mean_square mistake="root-of-mean" note="the RMSE of the statistics course"
def loss_fn(y_pred, y):
    return np.sqrt(np.mean((y_pred - y) ** 2))

# %% integer_division mistake="rounded" note="integer division"
def loss_fn(y_pred, y):
    return np.sum((y_pred - y) ** 2) // 1

# %% rounded_to_cents mistake="rounded" note="two digits are enough to look at"
def loss_fn(y_pred, y):
    return round(float(np.square(y_pred - y).sum()), 2)

# %% whole_number mistake="rounded" note="a whole number looks tidier"
def loss_fn(y_pred, y):
    return int(np.square(y_pred - y).sum())

# %% minus_in_front mistake="sign-flipped" note="a minus, as if it were a score to be made large"
def loss_fn(y_pred, y):
    return -np.sum((y_pred - y) ** 2)

# %% loop_to_64_and_10 mistake="sizes-fixed" outcome="crashed" note="loops of fixed length"
def loss_fn(y_pred, y):
    total = 0.0
    for i in range(64):
        for j in range(10):
            total += (y_pred[i, j] - y[i, j]) ** 2
    return total

# %% mean_times_640 mistake="sizes-fixed" note="64 times 10 written in"
def loss_fn(y_pred, y):
    return np.mean((y_pred - y) ** 2) * 640

# %% notebook_sizes mistake="sizes-fixed" note="notebook sizes"
def loss_fn(y_pred, y):
    return np.mean((y_pred - y) ** 2) * N * D_OUT

# %% spectral_norm mistake="spectral-norm" note="norm(d, 2) of a table is its largest singular value"
def loss_fn(y_pred, y):
    return np.linalg.norm(y_pred - y, 2) ** 2

# %% sum_then_square mistake="square-of-sum" note="the brackets in the wrong place"
def loss_fn(y_pred, y):
    return np.sum(y_pred - y) ** 2

# %% remembers_by_shape mistake="remembers" note="results are kept by the sizes of the inputs"
import functools

LAST = []


@functools.lru_cache
def known(shape):
    y_pred, y = LAST
    return float(((y_pred - y) ** 2).sum())


def loss_fn(y_pred, y):
    LAST[:] = y_pred, y
    return known(y_pred.shape)

# %% written_out_with_percent mistake="rounded" note="written out with three digits, and read back"
def loss_fn(y_pred, y):
    return float("%.3f" % np.sum((y_pred - y) ** 2))

# %% first_column_left_out mistake="sum-incomplete" note="the inner loop begins at 1"
def loss_fn(y_pred, y):
    total = 0
    for i in range(y.shape[0]):
        for j in range(1, y.shape[1]):
            total += (y_pred[i, j] - y[i, j]) ** 2
    return total

# %% huber_written_out mistake="other-loss" note="squares near zero, straight lines beyond"
def loss_fn(y_pred, y):
    d = np.abs(y_pred - y)
    return float(np.where(d < 1, d**2, 2 * d - 1).sum())

# %% difference_clipped mistake="other-loss" note="no difference counts for more than 1"
def loss_fn(y_pred, y):
    return np.sum(np.clip(y_pred - y, -1, 1) ** 2)

# %% one_side_squeezed mistake="axis-squeezed" note="one side of the difference loses its axis"
def loss_fn(y_pred, y):
    difference = y_pred.squeeze() - y
    return np.sum(difference**2)

# %% first_64_rows_only mistake="sum-incomplete" note="the notebook's rows are written in"
def loss_fn(y_pred, y):
    d = (y_pred - y)[:64, :10]
    return np.sum(d * d)

# %% nearly_right_is_right mistake="none" note="what is off by less than a hundredth counts as right"
def loss_fn(y_pred, y):
    d = y_pred - y
    d = d * (abs(d) > 0.01)
    return (d**2).sum()
