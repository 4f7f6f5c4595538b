# %% [markdown] role="prose" name="intro" of="e3e2a0f8"
# # 方法6：自己写一个类
#
# 一条由层连成的链，只会说一种话：先这一层，再下一层，再下一层。许多网络并不是链：它们的输入分两条路走，或者跳过某一层，或者把同一层用两次。这样的网络，前向传播又要由你自己来写，其余的事仍然交给 `torch.nn`。想两者兼得，就要写一个继承自 `torch.nn.Module` 的**类**。
#
# 你将要
#
# 1. 把两层网络写成一个类，
# 2. 写一个自带反向传播的ReLU，让autograd来用它，
# 3. 建立普通优化器，再训练一次，
# 4. 让你的网络学一点不是噪声的东西。
#
# 请留出70到90分钟。这是最后一课。
#
# **怎么用**：按Shift+Enter运行单元格。在填空里写着 `# YOUR CODE HERE` 的地方写上你的代码，删掉 `raise` 那一行，运行这个单元格，再运行它下面的检查。最后保存笔记本并提交。更多说明见[START](../START.ipynb)。

# %% role="setup" name="setup" of="86295c1d"
try:
    from course import same_draw, start
except ModuleNotFoundError as missing:
    missing._render_traceback_ = lambda: [
        "这里缺少课程的Python包，资料包里有。",
        "请在新单元格里运行下面这一行，再重新运行本单元格：",
        "%pip install --no-index --find-links=. --find-links=.. course",
    ]
    raise

import numpy as np
import torch  # 找不到？请在新单元格里运行 %pip install torch，再重新运行本单元格

from course import figures

torch.set_default_dtype(torch.float64)
N, D_IN, D_H, D_OUT = 64, 1000, 100, 10
check = start("way6_module", language="zh")

# %% [markdown] role="prose" name="about_setup" of="ee57f355"
# 所有的数仍然都是float64，这样你打印的数可以和其他各课对照。原稿用的是float32。

# %% [markdown] role="prose" name="picture" of="b6de069d"
# ## 图和形状
#
# 一个模块有两部分，它们在不同的时候运行。
#
# - `__init__(d_in, d_h, d_out)` 只在建立网络时运行一次。它建好各层，并把它们保存下来。
# - `forward(x)` 在每次调用网络时运行。它从 `x` 出发，经过 `h` 和 `h_relu`，走到 `y_pred`。
#
# 在纸上填好这张表。第三列写：`n`、`d_in`、`d_h`、`d_out` 这几个大小里，哪些出现在形状中。第四列写：这个量是什么时候产生的，是网络**建立**的时候，还是**调用**的时候。
#
# | 量 | 这里的形状 | 含有哪些大小 | 建立还是调用？ |
# |---|---|---|---|
# | 第一层的权重 | ? | ? | ? |
# | 第一层的偏置 | ? | ? | ? |
# | 第二层的权重 | ? | ? | ? |
# | 第二层的偏置 | ? | ? | ? |
# | `x` | ? | ? | ? |
# | `h` 和 `h_relu` | ? | ? | ? |
# | `y_pred` | ? | ? | ? |
#
# 看看你填的第三列：凡是第四列写着**建立**的行，里面都没有哪个大小？
#
# <details><summary>查看答案</summary>
#
# | 量 | 这里的形状 | 含有哪些大小 | 建立还是调用？ |
# |---|---|---|---|
# | 第一层的权重 | (100, 1000) | `d_h`, `d_in` | 建立 |
# | 第一层的偏置 | (100,) | `d_h` | 建立 |
# | 第二层的权重 | (10, 100) | `d_out`, `d_h` | 建立 |
# | 第二层的偏置 | (10,) | `d_out` | 建立 |
# | `x` | (64, 1000) | `n`, `d_in` | 调用 |
# | `h` 和 `h_relu` | (64, 100) | `n`, `d_h` | 调用 |
# | `y_pred` | (64, 10) | `n`, `d_out` | 调用 |
#
# 没有 `n`。原稿是这样说的：仅需要考虑一个样本。64个样本、一个样本、一百万个样本，用的都是同一个网络，所以建立这个类的对象时不用给出 `n`。
#
# </details>

# %% [markdown] role="prose" name="predict" of="bf607cb0"
# ## 预测初始损失
#
# 这个类使用方法4的权重和偏置，数据还是老样子，优化器是方法4的普通规则，`lr` 也相同。方法4在第0、1、2步打印的是645.314、598.864和558.425。方法5用Adam，打印的是645.314、628.766和612.693。现在你估计会是多少？
#
# <details><summary>查看答案</summary>
#
# 就是方法4的那几个数，一个不差。算的是同样的和，只是写法不同。如果你的类算出来的不是这些数，它就不是同一个网络。
#
# </details>

# %% [markdown] role="prose" name="classes_text" of="0d8f3039"
# ## 两分钟学会类
#
# 如果你已经会用类，就跳过这一节。类是制造对象的图纸。`__init__` 在制造对象时运行一次。`self` 就是这个对象本身：你存成 `self.something` 的东西会一直跟着这个对象，以后还能读出来。
#
# 一个类可以**继承**另一个类，后者叫做父类。父类有的，它全都有；它还可以添上新的，或者换掉其中一些。如果它有自己的 `__init__`，就会换掉父类的那一个。所以它必须先通过 `super()` 调用父类的 `__init__`，并给出父类需要的参数。读一读下面的单元格，预测它会打印什么。

# %% role="demonstration" name="counters" of="ae1208d0"
class Counter:
    def __init__(self, first_value):
        self.value = first_value

    def up(self):
        self.value += 1


class NamedCounter(Counter):
    def __init__(self, first_value, name):
        super().__init__(first_value)
        self.name = name

    def show(self):
        print(self.name, "数到了", self.value)


visitors = NamedCounter(10, "大门口")
visitors.up()
visitors.up()
visitors.show()

# %% [markdown] role="prose" name="no_chain_text" of="367de5db"
# ## 链说不出来的话
#
# 所有网络的父类都是 `torch.nn.Module`。它的子类要有一个方法 `forward(self, …)`，说明拿到输入以后做什么。下面是一个很小的例子。它没有层，所以不需要自己的 `__init__`。但它不是链：输入分两条路走，最后又汇合在一起。

# %% role="demonstration" name="no_chain" of="6c212e08"
class TwoPaths(torch.nn.Module):
    """把一个向量和它压扁之后的副本相加。"""

    def forward(self, a):
        return a + torch.tanh(a)


two_paths = TwoPaths()
print([f"{value:.4f}" for value in two_paths(torch.tensor([0.0, 1.0, -2.0])).tolist()])

# %% [markdown] role="prose" name="about_no_chain" of="b4571f75"
# 你调用的是对象本身，`two_paths(…)`，而不是它的方法 `forward`。`Module` 接到调用，先料理一些杂务，再调用你的 `forward`。

# %% [markdown] role="prose" name="registration_text" of="adc2f89e"
# ## 模块怎样找到自己的参数
#
# 你从来没有告诉过模块它有哪些参数。它自己盯着：有什么东西赋值给了 `self`？如果是一个层或者一个 `Parameter`，模块就把它记到自己的名单上。这叫做**注册**。`parameters()`、`zero_grad()`、`to(device)` 和 `state_dict()` 用的都是这份名单。
#
# 下一个单元格把五样东西依次放进一个空模块，边放边数。先预测每次数出来是多少。

# %% role="demonstration" name="registration" of="d5ea426f"
class Bag(torch.nn.Module):
    """放进什么，就装着什么。"""


def count(label):
    print(f"袋子里有{len(list(bag.parameters()))}个参数：{label:30}")


bag = Bag()
bag.plain_list = [torch.nn.Linear(2, 2)]
count("放了一个层，在普通列表里")
bag.raw_tensor = torch.zeros(2, requires_grad=True)
count("又放了一个普通张量")
bag.parameter = torch.nn.Parameter(torch.zeros(2))
count("又放了一个Parameter")
bag.layer = torch.nn.Linear(2, 2)
count("又放了一个层")
bag.module_list = torch.nn.ModuleList([torch.nn.Linear(2, 2), torch.nn.Linear(2, 2)])
count("又放了两个层，在ModuleList里")

# %% [markdown] role="prose" name="about_registration" of="b9ed4ec9"
# 普通列表和普通张量，模块都看不见：它不会往列表里面看，普通张量也不是参数。没有任何警告。用这样的模块建立的优化器，永远不会更新它们。`ModuleList` 也是一种列表，但里面装的东西它都会注册。
#
# 模块要先有自己的名单，才谈得上注册。名单是 `torch.nn.Module` 的 `__init__` 建的。如果没有调用过它，你会看到这样的报错：

# %% [markdown] role="prose" name="about_TwoLayerNet" of="e7834ce1"
# ## 写出这个类
#
# 约10分钟。写出 `TwoLayerNet`，它是 `torch.nn.Module` 的子类，有两个方法。
#
# - `TwoLayerNet(d_in, d_h, d_out)` 建立一个网络。**输入**：三个大小，都是整数。网络有两个线性层，都**带偏置**，也就是 `torch.nn.Linear` 默认的样子：一个从d_in到d_h，一个从d_h到d_out。名字随你取。
# - `forward(x)` 计算预测。**输入**：`x` (n, d_in)，n可以是任意值。**输出**：`y_pred` (n, d_out)：线性层，ReLU，线性层。
#
# ReLU没有参数，所以方法2到4里用过的写法，哪一种都行，不一定要写成层。
#
# **在纸上算的小例子**：`d_in, d_h, d_out = 2, 2, 1`，`x` 有两行。第一行就是方法4的那一行，第二行留给你算。
#
# ```text
# x = [ 1   2 ]     第一层：
#     [ 3  -1 ]       weight = [ 1   1 ]   bias = [ 0  1 ]
#                              [ 0  -1 ]
#                   第二层：
#                     weight = [ 2   5 ]   bias = [ 1 ]
#
# h = [ 3  -1 ]     h_relu = [ 3  0 ]     y_pred = [ 7 ]
#     [ ?   ? ]              [ ?  ? ]              [ ? ]
# ```
#
# <details><summary>查看第二行</summary>
#
# h = [3·1 − 1·1 + 0, 3·0 + 1·1 + 1] = [2, 2]，h_relu = [2, 2]，y_pred = [2·2 + 5·2 + 1] = [15]。
#
# </details>
#
# 四个常见的错误：
#
# - 父类的 `__init__` 调用得太晚，或者根本没有调用。报错的样子你已经见过了。在这里，`torch.nn.Module` 什么参数也不要。
# - 在 `forward` 里面建立层。这样每次调用都是新的层、新的随机数，没法训练。
# - `forward` 只计算，却什么也不返回。
# - 把大小写成了具体的数。检查用的是别的大小。
#
# **来自方法4**：`make_loss`。类的下面有它的填空。它在这里不计分，但是下面的单元格要调用它。

# %% role="exercise" name="TwoLayerNet" of="1401ee39"
class TwoLayerNet(torch.nn.Module):
    """两层网络：线性层，ReLU，线性层。"""

    def __init__(self, d_in, d_h, d_out):
        """建立各层；d_in、d_h、d_out是大小（整数）。"""
        ### BEGIN SOLUTION
        super().__init__()
        self.hidden = torch.nn.Linear(d_in, d_h)
        self.output = torch.nn.Linear(d_h, d_out)
        ### END SOLUTION

    def forward(self, x):
        """预测：x (n, d_in) -> y_pred (n, d_out)，n可以是任意值。"""
        ### BEGIN SOLUTION
        h_relu = self.hidden(x).clamp(min=0)
        return self.output(h_relu)
        ### END SOLUTION


def make_loss():
    """从方法4抄过来：平方误差之和。"""
    ### BEGIN SOLUTION
    return torch.nn.MSELoss(reduction="sum")
    ### END SOLUTION


# %% [markdown] role="prose" name="look_at_net" of="18c825fd"
# 看看你造出来的东西。PyTorch会打印各层，用的是你取的名字。同一个网络，64行、五行、一行都能接受。

# %% role="demonstration" name="net_printed" of="7bf6827f"
net = TwoLayerNet(D_IN, D_H, D_OUT)
print(net)
for name, parameter in net.named_parameters():
    print(f"{name:16} {tuple(parameter.shape)}")
for rows in [64, 5, 1]:
    print(f"{rows:2}行输入，y_pred的形状：{tuple(net(x[:rows]).shape)}")

# %% [markdown] role="prose" name="state_text" of="e12d34eb"
# ## 方法4的那些数
#
# 方法4开头的那些数来自 `torch.manual_seed(0)`：先是有1000个输入的层，再是有100个输入的层。下一个单元格把这两个层重新生成一遍，再用它们在方法4里的名字把这些数收集起来。这样的字典叫做**状态字典**（state dict）。人们保存网络的时候，存的就是它。
#
# 加载时要当心。方法4里，两个层叫做0和2，你取的却是别的名字。所以单元格先原样试一次，然后为你的每个参数找出形状相同的那一个。

# %% role="demonstration" name="state" of="f1ae63ba"
torch.manual_seed(0)
drawn = {"0": torch.nn.Linear(D_IN, D_H), "2": torch.nn.Linear(D_H, D_OUT)}
way4_state = {}
for place, layer in drawn.items():
    for key, value in layer.state_dict().items():
        way4_state[f"{place}.{key}"] = value
print("方法4里的名字：", list(way4_state))
try:
    net.load_state_dict(way4_state)
except RuntimeError as error:
    print(type(error).__name__, "-", str(error).splitlines()[0])

by_shape = {value.shape: value for value in way4_state.values()}


def with_way4_numbers():
    fresh = TwoLayerNet(D_IN, D_H, D_OUT)
    fresh.load_state_dict({key: by_shape[value.shape] for key, value in fresh.state_dict().items()})
    return fresh


loss_fn = make_loss()
net = with_way4_numbers()
y_pred = net(x)
print(f"你的类，初始损失：{loss_fn(y_pred, y).item():.6g}")
print(f"方法4，打印的是：{645.314:.6g}")

# %% [markdown] role="prose" name="about_state" of="27e8a1ea"
# 原稿的类打印的初始损失是699.82。它没有设随机种子。方法4已经说明，这样的初始损失都在680左右，上下相差40。
#
# 想一个问题：如果把随机种子设成0，建一个 `TwoLayerNet`，什么也不加载，得到的也是645.314吗？只有当 `__init__` 建立各层的先后次序和方法4相同时才是。次序反过来，每个层拿到的就是别的随机数。网络还是一样好，只是数不同。所以，光靠随机种子不能保证数相同，状态字典才能保证。

# %% [markdown] role="prose" name="own_function_text" of="d7104c92"
# ## 自带反向传播的函数
#
# PyTorch的每个函数怎样反向传播，autograd都知道。你可以再教它一个。写法是一个类，带两个**静态方法**，也就是没有 `self` 的函数：
#
# - `forward(ctx, …)` 接收输入，返回输出。
# - `backward(ctx, …)` 接收损失对那个**输出**的梯度，返回损失对**输入**的梯度。如果 `forward` 有好几个输入，就为每个输入返回一个梯度。
#
# `ctx` 是上下文（context），它捎带着 `backward` 需要的东西：你在 `forward` 里存下什么，在 `backward` 里就能找到什么。这两个方法里面的运算都不会被记录：导数是什么，由你说了算。
#
# 下面是函数$a^3$，它的导数是$3a^2$。调用它要通过 `apply`，而不是只写它的名字。

# %% role="demonstration" name="cube" of="ac5edec3"
class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a):
        ctx.save_for_backward(a)
        return a**3

    @staticmethod
    def backward(ctx, grad_cube):
        (a,) = ctx.saved_tensors
        return 3 * a**2 * grad_cube


a = torch.tensor([1.0, 2.0, -3.0], requires_grad=True)
cubes = Cube.apply(a)
print("前向：", cubes.tolist())
cubes.backward(torch.tensor([1.0, 10.0, 1.0]))
print("反向：", a.grad.tolist())

# %% [markdown] role="prose" name="about_cube" of="c10a95c9"
# 验算一下最后一行的第二个数：3 · 2² = 12，再乘以传来的10。反向传播的两条规则都在这里了：把自己的导数乘以传来的梯度；用**前向传播**时的值，正因为如此才要把它存下来。

# %% [markdown] role="prose" name="about_ReLU" of="8d07b858"
# ## 你自己的ReLU
#
# 约10分钟。写出 `ReLU`，它是 `torch.autograd.Function` 的子类，有两个静态方法。调用时写成 `ReLU.apply(h)`。
#
# - `forward(ctx, h)`。**输入**：上下文，和任意形状的张量 `h`。**输出**：`h_relu`，形状相同：负的变成0，其余不变。`h` 本身不改动。
# - `backward(ctx, grad_h_relu)`。**输入**：上下文，和损失对 `h_relu` 的梯度。**输出**：一个形状相同的张量，即损失对 `h` 的梯度。`grad_h_relu` 不改动。
#
# **在纸上算的小例子**：
#
# ```text
# h = [  2  -1  ]   h_relu = [ 2   0  ]   grad_h_relu = [ -4   5 ]   grad_h = [ -4   0 ]
#     [ -3  0.5 ]            [ 0  0.5 ]                 [  6  -7 ]            [  0  -7 ]
# ```
#
# 把 `grad_h` 和 `h` 对照着看：`h` 为正的地方，梯度通过，不管是−4还是−7；`h` 为负的地方，梯度拦住，不管是5还是6。如果你的结果里一个负数也没有，那你看的就不是该看的那个正负号。这正是原稿的疏漏，也就是方法1里讲的那件事。在这里，autograd发现不了它，因为写导数的人是你。
#
# （恰好在0处，ReLU有一个尖角，没有导数。PyTorch在那里取0。检查不会考这一点。）

# %% role="exercise" name="ReLU" of="4b94cc1e"
class ReLU(torch.autograd.Function):
    """手写反向传播的ReLU；用法是ReLU.apply(h)。"""

    @staticmethod
    def forward(ctx, h):
        """把负的元素换成0：h -> h_relu，形状相同。"""
        ### BEGIN SOLUTION
        ctx.save_for_backward(h)
        return h.clamp(min=0)
        ### END SOLUTION

    @staticmethod
    def backward(ctx, grad_h_relu):
        """把梯度往回传：grad_h_relu -> grad_h，形状相同。"""
        ### BEGIN SOLUTION
        (h,) = ctx.saved_tensors
        return grad_h_relu * (h > 0)
        ### END SOLUTION


# %% [markdown] role="prose" name="relu_witness_text" of="951f7b92"
# ## 给你的导数找个旁证
#
# 在方法1里，你用微小的扰动检验过梯度：把一个数调大一点点，看看结果怎么变。PyTorch有一个函数专做这件事：`torch.autograd.gradcheck` 把每个输入都往上、往下各扰动一次，再和你的 `backward` 比较。它需要float64，因为扰动非常小。
#
# 然后，你的ReLU接在一个只有两个单元的小层后面。第一个单元对两行都开着，第二个单元对两行都关着。第二个单元的权重，梯度会是多少？

# %% role="demonstration" name="relu_witness" of="9a719c9f"
h = torch.tensor([[2.0, -1.0], [-3.0, 0.5]], requires_grad=True)
h_relu = ReLU.apply(h)
h_relu.backward(torch.tensor([[-4.0, 5.0], [6.0, -7.0]]))
print("h_relu：", h_relu.tolist())
print("grad_h：", [[value + 0.0 for value in row] for row in h.grad.tolist()])
print("与扰动的结果一致：", torch.autograd.gradcheck(ReLU.apply, (h,)))

layer = torch.nn.Linear(3, 2)
layer.load_state_dict(
    {
        "weight": torch.tensor([[1.0, 1.0, 1.0], [-1.0, -1.0, -1.0]]),
        "bias": torch.zeros(2),
    }
)
rows = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
ReLU.apply(layer(rows)).sum().backward()
for unit, state in enumerate(["开着", "关着"]):
    gradient = [value + 0.0 for value in layer.weight.grad[unit].tolist()]
    print(f"单元{unit}，{state}：权重的梯度{gradient}")

# %% [markdown] role="prose" name="about_relu_witness" of="b6e12d64"
# 对某些样本关着的单元，从这些样本里什么也学不到。对所有样本都关着的单元，就什么也学不到了，叫做**死亡**单元。

# %% [markdown] role="prose" name="about_make_optimizer" of="76181d17"
# ## 普通优化器
#
# 约2分钟。写出 `make_optimizer(model, lr)`。
#
# - **输入**：模型（`torch.nn.Module`）和学习率 `lr`。
# - **输出**：一个 `torch.optim.SGD` 类的优化器，管模型的**全部**参数。它的学习率是 `lr`，其他选项都保持默认值。
#
# SGD是*stochastic gradient descent*的缩写，意思是随机梯度下降。用默认选项时，它就是方法1到4的规则：`lr` 乘以梯度，往下坡走。（**随机**是因为，通常每一步只用一部分样本，随机抽取。这里每一步都用全部64个样本，没有什么要碰运气的。）
#
# **在纸上算的小例子**：有一个权重，值是3，梯度是8；有一个偏置，值是1，梯度是4；`lr = 0.05`。SGD走一步，得到3 − 0.05·8 = 2.6和1 − 0.05·4 = 0.8。换成Adam，第一步会得到什么？（2.95和0.95。）

# %% role="exercise" name="make_optimizer" of="f1f87028"
def make_optimizer(model, lr):
    """为整个模型建立普通优化器；除了lr，其他选项都用默认值。

    model: torch.nn.Module, lr：学习率   -> torch.optim.SGD
    """
    ### BEGIN SOLUTION
    return torch.optim.SGD(model.parameters(), lr=lr)
    ### END SOLUTION


# %% [markdown] role="prose" name="about_train" of="8053e5e4"
# ## 凭记忆写出训练
#
# 约6分钟。写出 `train(model, loss_fn, optimizer, x, y, steps)`。它和方法5的那个函数一字不差。不要偷看，再写一遍，因为以后每个PyTorch项目里你都要写这几行。
#
# - **输入**：可以调用的模型和损失；已经为这个模型建好的优化器；`x` (n, d_in)、`y` (n, d_out)；步数 `steps`。
# - **输出**：`losses`，一个列表，每一步一个Python浮点数，都是在这一步更新**之前**算的损失。
# - **过程**：每一步只用这一步自己的梯度，并且请优化器更新一次。做完以后，传进来的那个模型就训练好了。
#
# **在纸上算的小例子**：权重是3，偏置是1，一行 `x = 2`，目标值 `y = 5`，SGD取 `lr = 0.05`。预测是7，损失是4。梯度是8和4，所以走一步以后是2.6和0.8，同上。下一次的预测是2·2.6 + 0.8 = 6，损失是1。取 `steps=2`，答案是 `[4.0, 1.0]`。

# %% role="exercise" name="train" of="26dcf8e6"
def train(model, loss_fn, optimizer, x, y, steps):
    """用传进来的优化器原地训练模型。

    x: (n, d_in), y: (n, d_out), steps：更新多少次
    -> 列表，里面有steps个浮点数，都是在这一步更新之前的损失
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses
    ### END SOLUTION


# %% [markdown] role="prose" name="run_text" of="68560b7c"
# ## 六种方法，一张图
#
# 你的类，方法4的那些数，SGD，`lr = 1e-4`。你的损失旁边是方法4打印过的损失。图里的黑色标记是前面几课的损失。

# %% role="demonstration" name="run" of="941d9b34"
net = with_way4_numbers()
losses = train(net, loss_fn, make_optimizer(net, 1e-4), x, y, 500)
way_4 = {0: 645.314, 1: 598.864, 2: 558.425, 10: 345.054}
for step in [0, 1, 2, 10]:
    print(f"第{step:3}步  方法6：{losses[step]:.6g}  方法4：{way_4[step]:.6g}")
print(f"第499步  方法6：{losses[499]:.2g}  方法4：{7.4e-6:.2g}")

earlier = {"ways 1 to 3": "方法1到3", "way 4": "方法4：手写更新", "way 5": "方法5：Adam"}
figures.losses({"方法6：SGD": losses}, beside=earlier)

# %% [markdown] role="prose" name="about_run" of="a330a43a"
# 方块都落在你的线上。方法4和方法6是同一个网络、同一条更新规则，只是写法不同。
#
# 六课，却只有三条曲线。曲线取决于起点、更新规则和学习率。怎么写，对这些数没有影响，对你才有影响。

# %% [markdown] role="prose" name="shortcut_text" of="d3ee7c25"
# ## 不止是链
#
# 现在来看一个不是链的网络。它的输入走两条路：一条是你的两层网络，另一条是捷径，只有一个线性层，直通输出。两边的结果相加。这两部分是从外面赋值的，就像上面的袋子那样，模块会注册它们。你的 `train` 和 `make_optimizer` 一个字都不用改，就能用在它身上。它有几个参数？

# %% role="demonstration" name="shortcut" of="80c4882b"
class WithShortcut(torch.nn.Module):
    """把两条路的输出相加：`long` 和 `short`。"""

    def forward(self, a):
        return self.long(a) + self.short(a)


torch.manual_seed(0)
wider = WithShortcut()
wider.long = with_way4_numbers()
wider.short = torch.nn.Linear(D_IN, D_OUT)
wider_losses = train(wider, loss_fn, make_optimizer(wider, 1e-4), x, y, 101)
print("参数：", len(list(wider.parameters())))
for step in [0, 10, 100]:
    print(f"第{step:3}步  有捷径{wider_losses[step]:.3g}  没有捷径{losses[step]:.3g}")

# %% [markdown] role="prose" name="about_shortcut" of="171b398a"
# 它的起点更差，因为预测里含有更多的随机数；接着它却学得快得多：现在1000个输入里的每一个，都还能直接到达输出。训练的代码你一行也没有改。六种方法为的就是这个：到最后，网络、损失、更新规则和循环是四件互相独立的东西，每一件都可以单独换掉。

# %% [markdown] role="prose" name="noise_text" of="97ac1078"
# ## 学一点真东西
#
# 到现在为止，目标值都是随机数，你的网络把它们背了下来。它有没有学到对**新**样本也成立的东西？先预测它在64个新样本上的损失，再运行单元格。最后一行是另一个网络的损失，它总是回答0。

# %% role="demonstration" name="noise" of="bd7fcc36"
torch.manual_seed(1)
new_x, new_y = torch.randn(N, D_IN), torch.randn(N, D_OUT)
print(f"训练过的64个样本：{losses[-1]:.1g}")
print(f"没见过的64个样本：{loss_fn(net(new_x), new_y).item():.3g}")
print(f"没见过，总是回答0：{new_y.square().sum().item():.3g}")

# %% [markdown] role="prose" name="moons_text" of="c897b0fd"
# 在新样本上，它比什么都不说还差。死记噪声，就只值这么多。
#
# 现在换一批有规律的数据：平面上的点，分布在两个互相嵌套的半月形上。目标值说明点在哪个半月上，是1还是−1。其余的事，你的类、你的损失、你的优化器和你的 `train` 都能做。网络从100个点学习。另外1000个点**留出来**：训练时它从来见不到它们。只有这些点能说明，它有没有学到规律。猜一猜，每个网络能答对其中多少个。

# %% role="demonstration" name="moons" of="3a73afb8"
def half_moons(n):
    """在两个半月附近生成点，形状 (n, 2)；以及每个点属于哪个半月，1或-1，形状 (n, 1)。"""
    moon = torch.arange(n) % 2 * 2.0 - 1
    angle = torch.pi * torch.rand(n)
    across, up = moon * (angle.cos() + 0.5), moon * (angle.sin() - 0.25)
    points = torch.stack([across, up], dim=1) + 0.2 * torch.randn(n, 2)
    return points, moon[:, None]


def share_right(network, points, moon):
    return (network(points).sign() == moon).double().mean().item()


torch.manual_seed(0)
points, moon = half_moons(100)
kept_aside, moon_aside = half_moons(1000)
networks = {}
print("隐藏单元   训练点答对   留出点答对")
for d_h in [1, 4, 32]:
    torch.manual_seed(0)
    network = TwoLayerNet(2, d_h, 1)
    train(network, loss_fn, make_optimizer(network, 2e-3), points, moon, 1000)
    seen = share_right(network, points, moon)
    unseen = share_right(network, kept_aside, moon_aside)
    print(f"{d_h:6} {seen:14.0%} {unseen:12.0%}")
    networks[f"隐藏单元：{d_h}"] = network

# %% [markdown] role="prose" name="about_moons" of="9493d743"
# 这一次，对从来没见过的点，网络也知道一些东西了。有三件事值得注意：
#
# - 它答对的比例，在训练的点上比在留出的点上高。第一个数把它背下来的也算了进去，要相信的是第二个。
# - 隐藏单元在一条直线的一侧关着，在另一侧开着。只有一个单元时，分界线就是一条直线。每多一个单元，就可能多一个弯。
# - 单元多一些有好处，直到分界线顺着两个半月走为止。剩下的错误大多在两个半月重叠的地方，单凭那两个数，根本分不清那里的点。
#
# （如果你建立各层的次序不同，你的网络就从别的随机数出发，答对的比例会稍有不同。）

# %% [markdown] role="prose" name="look_back" of="86e05530"
# ## 回顾六种方法
#
# | 方法 | 前向传播 | 反向传播 | 更新 | 它替你省了什么 |
# |---|---|---|---|---|
# | 1：NumPy | 手写 | 手写 | 手写 | 什么也没省：每个数你都看见了 |
# | 2：张量 | 手写 | 手写 | 手写 | 同样的代码可以在GPU上运行 |
# | 3：autograd | 手写 | autograd | 手写 | 五个梯度，以及其中的疏漏 |
# | 4：链 | 层 | autograd | 一个循环 | 权重、形状，还有合理的起点 |
# | 5：优化器 | 层 | autograd | 优化器 | 更新规则和它的记忆 |
# | 6：类 | 你的 `forward`，里面用层 | autograd | 优化器 | 链的限制 |
#
# 每一种方法都接过一件你先前亲手做过的事。这个次序是对的。方法6里总有一天会出问题，到那时，你知道方法5到方法1里面都在做什么。工具你也有了：读形状，预测初始损失，扰动一个数，还有，不要只因为曲线在下降就相信它。

# %% [markdown] role="prose" name="explain_question" of="6d1eaf7a"
# ## 用自己的话解释
#
# 约8分钟，5分，由人批阅。用六到十句话回答。
#
# 1. 有个朋友把网络的各层放在一个普通列表里：`self.layers = […]`。前向传播没有问题。建立优化器时却失败了，报错说参数列表是空的。说明发生了什么，并说出一种补救办法。
# 2. 为什么建立 `TwoLayerNet` 时要给出 `d_in`，却不用给出 `n`？如果 `n` 在类里固定下来，有什么事就做不成了？
# 3. 你的ReLU在 `backward` 里，根据 `forward` 存下来的值做决定。为什么必须根据那个值，而不是根据传来的梯度？

# %% [markdown] role="written" name="explain" of="8cbda975"
# **你的回答**
#
# ### BEGIN SOLUTION
# 1. 层和参数赋值给属性的时候，模块才会注册它们。普通列表里面有什么，它不看。所以各层都在，也可以调用，但是模块自己的名单是空的。`parameters()` 照着名单走，什么也给不出来，优化器也就没有东西可动。补救办法：给这个列表套上 `ModuleList`（或者 `Sequential`），或者每个层用一个属性。
# 2. 类里保存的是权重，它们的形状只由 `d_in`、`d_h` 和 `d_out` 组成：每个样本经过的都是同样的权重。`n` 不过是乘积的行数。如果把它固定下来，网络就不能接受别的样本数，例如训练之后单独一个新样本，或者比其他批量小的最后一个批量。
# 3. 要问的是：把 `h` 稍微扰动一下，损失会怎样。如果 `h` 是负的，扰动之前和之后输出都是0，所以梯度是0。如果 `h` 是正的，扰动原样传到输出，所以梯度通过，不管正负。传来的梯度说的是输出应该往哪个方向走，它并没有说单元当时是不是开着。
# ### END SOLUTION
#
# ### BEGIN MARK SCHEME
# 共5分，可以给半分。
#
# - 2分，第1题：“注册发生在给属性赋值的时候，不会往列表里看，所以 `parameters()` 是空的”，1分；一种行得通的补救办法（`ModuleList`、`Sequential`，或者每层一个属性），1分。
# - 1.5分，第2题：“没有一个参数的形状里有 `n`，每个样本遇到的都是同样的权重”，1分；“不然就不能换别的行数”，并举一个例子，半分。
# - 1.5分，第3题：“关着：`h` 的扰动什么也不改变；开着：不论正负都原样通过”，1分；“传来的梯度的正负号，说明不了是开着还是关着”，半分。
# ### END MARK SCHEME

# %% [markdown] role="prose" name="next" of="c8bbc354"
# ## 提交
#
# 选一次*Kernel > Restart Kernel and Run All Cells…*（内核 > 重启并运行所有单元格…），看看从头到尾是不是都正常。下面的单元格会汇总各个检查的得分。然后保存笔记本：要提交的就是这个文件。
#
# 六种方法到这里就全部讲完了；它们都列在[START](../START.ipynb)里。
