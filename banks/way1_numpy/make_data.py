# %% flat_then_reshape note="a flat draw, brought into shape afterwards: the same stream"
def make_data(rng, n, d_in, d_h, d_out):
    def draw(rows, columns):
        return rng.standard_normal(rows * columns).reshape(rows, columns)

    x = draw(n, d_in)
    y = draw(n, d_out)
    w1 = draw(d_in, d_h)
    w2 = draw(d_h, d_out)
    return x, y, w1, w2

# %% fortran_copies note="fortran copies"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return tuple(np.asfortranarray(a) for a in (x, y, w1, w2))

# %% into_empty_arrays note="the arrays are made first and filled with out="
def make_data(rng, n, d_in, d_h, d_out):
    x = np.empty((n, d_in))
    y = np.empty((n, d_out))
    w1 = np.empty((d_in, d_h))
    w2 = np.empty((d_h, d_out))
    for array in (x, y, w1, w2):
        rng.standard_normal(out=array)
    return x, y, w1, w2

# %% loop_over_shapes note="shapes in a list, a list comprehension, a tuple at the end"
def make_data(rng, n, d_in, d_h, d_out):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    return tuple(rng.standard_normal(shape) for shape in shapes)

# %% normal_mean_and_deviation note="mean 0 and deviation 1 said aloud"
def make_data(rng, n, d_in, d_h, d_out):
    mean, deviation = 0.0, 1.0
    x = rng.normal(mean, deviation, (n, d_in))
    y = rng.normal(mean, deviation, (n, d_out))
    w1 = rng.normal(loc=mean, scale=deviation, size=(d_in, d_h))
    w2 = rng.normal(loc=mean, scale=deviation, size=(d_h, d_out))
    return x, y, w1, w2

# %% normal_with_size note="rng.normal with its defaults"
def make_data(rng, n, d_in, d_h, d_out):
    return (
        rng.normal(size=(n, d_in)),
        rng.normal(size=(n, d_out)),
        rng.normal(size=(d_in, d_h)),
        rng.normal(size=(d_h, d_out)),
    )

# %% one_long_draw note="one draw for everything, cut in four: the same numbers"
def make_data(rng, n, d_in, d_h, d_out):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    sizes = [a * b for a, b in shapes]
    pieces = np.split(rng.standard_normal(sum(sizes)), np.cumsum(sizes)[:-1])
    x, y, w1, w2 = [piece.reshape(shape) for piece, shape in zip(pieces, shapes)]
    return x, y, w1, w2

# %% row_by_row note="one row at a time, stacked"
def rows(rng, count, width):
    return np.stack([rng.standard_normal(width) for _ in range(count)])


def make_data(rng, n, d_in, d_h, d_out):
    x = rows(rng, n, d_in)
    y = rows(rng, n, d_out)
    w1 = rows(rng, d_in, d_h)
    w2 = rows(rng, d_h, d_out)
    return x, y, w1, w2

# %% samples_one_by_one note="every number by itself, in row order"
def make_data(rng, n, d_in, d_h, d_out):
    def table(rows, columns):
        return np.array([[rng.standard_normal() for _ in range(columns)] for _ in range(rows)])

    x = table(n, d_in)
    y = table(n, d_out)
    w1 = table(d_in, d_h)
    w2 = table(d_h, d_out)
    return x, y, w1, w2

# %% single_precision_stream note="single precision stream"
def make_data(rng, n, d_in, d_h, d_out):
    return [
        rng.standard_normal(s, dtype=np.float64) for s in ((n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out))
    ]

# %% standard_normal note="the plain way"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return x, y, w1, w2

# %% samples_in_columns mistake="batch-axis-last" note="one sample per column, as in another course"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((d_in, n))
    y = rng.standard_normal((d_out, n))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return x, y, w1, w2

# %% tenth_deviation mistake="data-scaled" note="tenth deviation"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.normal(0, 0.1, (n, d_in))
    y = rng.normal(0, 0.1, (n, d_out))
    w1 = rng.normal(0, 0.1, (d_in, d_h))
    w2 = rng.normal(0, 0.1, (d_h, d_out))
    return x, y, w1, w2

# %% layer_by_layer_order mistake="draw-order" note="x, w1, w2, y: in the order in which they are used"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    y = rng.standard_normal((n, d_out))
    return x, y, w1, w2

# %% weights_drawn_first mistake="draw-order" note="shapes and order of results are right, the stream is used in another order"
def make_data(rng, n, d_in, d_h, d_out):
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    return x, y, w1, w2

# %% single_digits mistake="dtype-changed" note="single digits"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return tuple(a.astype(np.float32) for a in (x, y, w1, w2))

# %% absolute_values mistake="uniform-data" note="the normal numbers folded over to the positive side"
def make_data(rng, n, d_in, d_h, d_out):
    x = abs(rng.standard_normal((n, d_in)))
    y = abs(rng.standard_normal((n, d_out)))
    w1 = abs(rng.standard_normal((d_in, d_h)))
    w2 = abs(rng.standard_normal((d_h, d_out)))
    return x, y, w1, w2

# %% blank mistake="none" outcome="not_attempted" note="untouched"
def make_data(rng, n, d_in, d_h, d_out):
    # YOUR CODE HERE
    raise NotImplementedError()

# %% dictionary mistake="results-wrapped" note="a dictionary"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return {"x": x, "y": y, "w1": w1, "w2": w2}

# %% inputs_standardised mistake="none" note="a habit from real data: mean 0 and deviation 1 exactly"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    x = (x - x.mean()) / (x.std() + 1e-12)
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return x, y, w1, w2

# %% integers mistake="none" note="integers"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.integers(0, 2, (n, d_in))
    y = rng.integers(0, 2, (n, d_out))
    w1 = rng.integers(0, 2, (d_in, d_h))
    w2 = rng.integers(0, 2, (d_h, d_out))
    return x, y, w1, w2

# %% normal_around_one mistake="none" note="mean one"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.normal(1, 1, (n, d_in))
    y = rng.normal(1, 1, (n, d_out))
    w1 = rng.normal(1, 1, (d_in, d_h))
    w2 = rng.normal(1, 1, (d_h, d_out))
    return x, y, w1, w2

# %% ones_for_weights mistake="none" note="ones for weights"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    return x, y, np.ones((d_in, d_h)), np.ones((d_h, d_out))

# %% squeezed mistake="axis-squeezed" note="axes of length 1 are taken away"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return x.squeeze(), y.squeeze(), w1.squeeze(), w2.squeeze()

# %% targets_as_labels mistake="uniform-data" note="yes or no instead of numbers"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = (rng.standard_normal((n, d_out)) > 0).astype(float)
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return x, y, w1, w2

# %% y_from_other_seed mistake="none" note="y from other seed"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = np.random.default_rng(1).standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return x, y, w1, w2

# %% generator_has_no_randn mistake="old-random-name" outcome="crashed" note="the old name called on the new object"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.randn(n, d_in)
    y = rng.randn(n, d_out)
    w1 = rng.randn(d_in, d_h)
    w2 = rng.randn(d_h, d_out)
    return x, y, w1, w2

# %% drawn_and_returned_layerwise mistake="order-of-results" note="drawn and returned layerwise"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    y = rng.standard_normal((n, d_out))
    return x, w1, w2, y

# %% results_in_layer_order mistake="order-of-results" note="returned as x, w1, w2, y"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return x, w1, w2, y

# %% prints_shapes_only mistake="returns-none" note="made, printed, not returned"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    print(x.shape, y.shape, w1.shape, w2.shape)

# %% generator_made_inside mistake="rng-ignored" note="a generator of its own with seed 0: right in the notebook only"
def make_data(rng, n, d_in, d_h, d_out):
    rng = np.random.default_rng(0)
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return x, y, w1, w2

# %% legacy_generator mistake="rng-ignored" note="a generator of the old kind, made inside"
def make_data(rng, n, d_in, d_h, d_out):
    rng = np.random.RandomState(0)
    x = rng.randn(n, d_in)
    y = rng.randn(n, d_out)
    w1 = rng.randn(d_in, d_h)
    w2 = rng.randn(d_h, d_out)
    return x, y, w1, w2

# %% numpy_global_randn mistake="rng-ignored" note="np.random.randn, as in the original"
def make_data(rng, n, d_in, d_h, d_out):
    x = np.random.randn(n, d_in)
    y = np.random.randn(n, d_out)
    w1 = np.random.randn(d_in, d_h)
    w2 = np.random.randn(d_h, d_out)
    return x, y, w1, w2

# %% sizes_as_mean_and_deviation mistake="shape-not-tuple" note="sizes taken for mean and deviation: four single numbers"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.normal(n, d_in)
    y = rng.normal(n, d_out)
    w1 = rng.normal(d_in, d_h)
    w2 = rng.normal(d_h, d_out)
    return x, y, w1, w2

# %% sizes_as_two_arguments mistake="shape-not-tuple" outcome="crashed" note="as with randn: the second size is taken for a dtype"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal(n, d_in)
    y = rng.standard_normal(n, d_out)
    w1 = rng.standard_normal(d_in, d_h)
    w2 = rng.standard_normal(d_h, d_out)
    return x, y, w1, w2

# %% hidden_size_written_in mistake="sizes-fixed" note="only the hidden size is a number"
def make_data(rng, n, d_in, d_h, d_out):
    hidden = 100
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, hidden))
    w2 = rng.standard_normal((hidden, d_out))
    return x, y, w1, w2

# %% original_sizes_written_in mistake="sizes-fixed" note="the four sizes of the notebook as numbers"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((64, 1000))
    y = rng.standard_normal((64, 10))
    w1 = rng.standard_normal((1000, 100))
    w2 = rng.standard_normal((100, 10))
    return x, y, w1, w2

# %% targets_one_column mistake="target-shape" note="one target per sample, d_out forgotten"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, 1))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return x, y, w1, w2

# %% y_flat mistake="target-shape" note="one number per sample, no second axis"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal(n)
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return x, y, w1, w2

# %% only_the_data mistake="too-few-results" note="the weights are made but stay inside"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return x, y

# %% three_results mistake="too-few-results" note="three results"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return x, w1, w2

# %% uniform_minus_one_to_one mistake="uniform-around-zero" note="mean zero, so it must be the right one"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.uniform(-1, 1, (n, d_in))
    y = rng.uniform(-1, 1, (n, d_out))
    w1 = rng.uniform(-1, 1, (d_in, d_h))
    w2 = rng.uniform(-1, 1, (d_h, d_out))
    return x, y, w1, w2

# %% numpy_global_rand mistake="uniform-data" note="np.random.rand: neither the generator nor the distribution"
def make_data(rng, n, d_in, d_h, d_out):
    x = np.random.rand(n, d_in)
    y = np.random.rand(n, d_out)
    w1 = np.random.rand(d_in, d_h)
    w2 = np.random.rand(d_h, d_out)
    return x, y, w1, w2

# %% rng_random mistake="uniform-data" note="rng.random is the new name of rand"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.random((n, d_in))
    y = rng.random((n, d_out))
    w1 = rng.random((d_in, d_h))
    w2 = rng.random((d_h, d_out))
    return x, y, w1, w2

# %% rng_uniform mistake="uniform-data" note="uniform with its defaults, 0 to 1"
def make_data(rng, n, d_in, d_h, d_out):
    shapes = (n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)
    x, y, w1, w2 = [rng.uniform(size=s) for s in shapes]
    return x, y, w1, w2

# %% uniform_weights_only mistake="uniform-data" note="the data are normal, the weights come from rng.random"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.random((d_in, d_h))
    w2 = rng.random((d_h, d_out))
    return x, y, w1, w2

# %% he_initialisation mistake="weights-scaled" note="weights scaled by the fan-in, good practice but not asked here"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h)) * np.sqrt(2 / d_in)
    w2 = rng.standard_normal((d_h, d_out)) * np.sqrt(2 / d_h)
    return x, y, w1, w2

# %% small_weights mistake="weights-scaled" note="small weights, because large ones are said to be bad"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = 0.01 * rng.standard_normal((d_in, d_h))
    w2 = 0.01 * rng.standard_normal((d_h, d_out))
    return x, y, w1, w2

# %% weights_of_normal_std mistake="weights-scaled" note="weights of normal std"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.normal(scale=0.01, size=(d_in, d_h))
    w2 = rng.normal(scale=0.01, size=(d_h, d_out))
    return x, y, w1, w2

# %% both_weights_transposed mistake="weights-transposed" note="rows are units, as in the books that write W x"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_h, d_in))
    w2 = rng.standard_normal((d_out, d_h))
    return x, y, w1, w2

# %% first_weight_transposed mistake="weights-transposed" note="only w1 is the wrong way round"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_h, d_in))
    w2 = rng.standard_normal((d_h, d_out))
    return x, y, w1, w2

# %% weights_transposed_views mistake="weights-transposed" note="right draws, then .T for good measure"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h)).T
    w2 = rng.standard_normal((d_h, d_out)).T
    return x, y, w1, w2

# %% wrong_first_shape mistake="weights-transposed" note="w2 the wrong way round"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_out, d_h))
    return x, y, w1, w2

# %% zero_weights mistake="weights-zero" note="weights start at zero: every hidden unit stays like every other"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = np.zeros((d_in, d_h))
    w2 = np.zeros((d_h, d_out))
    return x, y, w1, w2

# %% drawn_once_for_each_size mistake="remembers" note="a dictionary by sizes"
_drawn = {}


def make_data(rng, n, d_in, d_h, d_out):
    key = (n, d_in, d_h, d_out)
    if key not in _drawn:
        _drawn[key] = (
            rng.standard_normal((n, d_in)),
            rng.standard_normal((n, d_out)),
            rng.standard_normal((d_in, d_h)),
            rng.standard_normal((d_h, d_out)),
        )
    return _drawn[key]

# %% one_draw_first mistake="draw-order" note="throws the first number away"
def make_data(rng, n, d_in, d_h, d_out):
    rng.standard_normal(10)  # throw the first ones away
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return x, y, w1, w2

# %% draws_from_a_twin mistake="rng-ignored" note="a copy of rng: rng itself never moves on"
import copy


def make_data(rng, n, d_in, d_h, d_out):
    rng = copy.deepcopy(rng)  # leave the caller's generator as it is
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return x, y, w1, w2

# %% out_in_then_turned mistake="draw-order" note="right shapes, numbers in other places"
def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_h, d_in)).T
    w2 = rng.standard_normal((d_out, d_h)).T
    return x, y, w1, w2

# %% flat_with_variance_one mistake="uniform-around-zero" note="mean and variance are right"
def make_data(rng, n, d_in, d_h, d_out):
    bound = 3**0.5
    sizes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    x, y, w1, w2 = [rng.uniform(-bound, bound, s) for s in sizes]
    return x, y, w1, w2
