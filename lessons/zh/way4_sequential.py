# %% [markdown] role="prose" name="intro" of="16ec707b"
# # 方法4：用 `torch.nn` 的层
#
# 在方法3里，你把反向传播交给了autograd。不过权重还是你自己做的，前向传播里的乘法也还是你自己写的。在这一课里，这两件事都由 `torch.nn` 来做。你只要说出网络有**哪些**层、按什么顺序排，PyTorch就会做好权重，并一层接一层地调用这些层。
#
# 你将要
#
# 1. 把网络建成一条由层组成的链，
# 2. 建立一个损失对象，
# 3. 亲手写一次线性层的反向传播，弄清楚层替你做了什么，
# 4. 用一个循环训练所有的参数。
#
# 请留出75到95分钟。你需要方法3里学到的：什么是叶子，`.backward()` 填的是什么，为什么更新要放在 `no_grad` 里面。
#
# **怎么用**：按Shift+Enter运行单元格。在填空里写着 `# YOUR CODE HERE` 的地方写上你的代码，删掉 `raise` 那一行，运行这个单元格，再运行它下面的检查。最后保存笔记本并提交。更多说明见[START](../START.ipynb)。

# %% role="setup" name="setup" of="63aab0cb"
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
check = start("way4_sequential", language="zh")

# %% [markdown] role="prose" name="about_setup" of="440487a5"
# 有 `set_default_dtype` 的那一行是说：没有特别要求时，就用float64。没有这一行，PyTorch用的是float32，本课程的原稿就是这样。用来训练，两种都可以。float64保留的位数更多，这样不管在哪台机器上，你的损失和我们的，显示出来的每一位都一样。

# %% [markdown] role="prose" name="picture" of="c4f2e8c3"
# ## 图和形状
#
# 网络还是你认识的那个网络，只是描述的方式变了：三层连成一条链。
#
# ```text
#       第0层            第1层　　              第2层
#  x ─► 线性层 ─► h ─►   ReLU　　　─► h_relu ─► 线性层 ─► y_pred ─► loss ◄─ y
#       权重           没有权重                 权重
#       偏置　　　　                            偏置
# ```
#
# 和方法1到3相比，有两点不同：
#
# - 线性层有**偏置**：每个输出一个数，加到每一行上。它计算的是 `x @ weight.T + bias`。
# - 线性层存放的 `weight` 是**输出在前**：形状为 `(out, in)`。我们的 `w1` 是输入在前。所以公式里有个 `.T`。
#
# 先不写代码，在纸上把形状填好。这里 `N, D_IN, D_H, D_OUT = 64, 1000, 100, 10`。
#
# | 量 | 方法3中的形状 | 方法4中的形状 |
# |---|---|---|
# | `x` | (64, 1000) | ? |
# | 第0层的权重 | (1000, 100) | ? |
# | 第0层的偏置 | – | ? |
# | `h` 和 `h_relu` | (64, 100) | ? |
# | 第2层的权重 | (100, 10) | ? |
# | 第2层的偏置 | – | ? |
# | `y_pred` | (64, 10) | ? |
# | 损失 | 一个数 | ? |
#
# 还有一个问题：网络一共要学习多少个数？
#
# <details><summary>查看答案</summary>
#
# | 量 | 方法4中的形状 |
# |---|---|
# | `x` | (64, 1000)，数据不变 |
# | 第0层的权重 | (100, 1000)，输出在前 |
# | 第0层的偏置 | (100,)，每个隐藏单元一个数 |
# | `h` 和 `h_relu` | (64, 100) |
# | 第2层的权重 | (10, 100) |
# | 第2层的偏置 | (10,) |
# | `y_pred` | (64, 10) |
# | 损失 | 一个数 |
#
# 网络要学习100·1000 + 100 + 10·100 + 10 = 101110个数。方法3里是101000个：新增的是110个偏置。
#
# </details>

# %% [markdown] role="prose" name="predict" of="a4e1fcb7"
# ## 预测初始损失
#
# 这一课会打印两个初始损失。两个都猜一猜，把答案写下来。
#
# 1. 先把方法1的权重复制到新的模型里，偏置都设成零。损失会是多少？
# 2. 然后让模型保留 `torch.nn` 给新层的数。这些数很小：线性层的权重和偏置，都服从$-1/\sqrt{\text{in}}$到$+1/\sqrt{\text{in}}$之间的均匀分布，这里 `in` 是这一层的输入个数。现在的损失更接近3000万、700，还是0？
#
# 猜第二个要用到一件工具，叫**均方值**：许多随机数，先各自平方，再取平均。如果各个数相互独立、均值为零，那么k个乘积之和的均方值，是一个乘积的均方值的k倍。ReLU把其中一半变成零，所以均方值减半。
#
# <details><summary>查看两个答案的推算</summary>
#
# 1. 恰好就是方法1到3的初始损失。同样的数，同样的求和，而偏置是零，加上去什么也不变。权重来自 `randn`（均方值为1），损失的大小可以这样算：`h` 的均方值是 `D_IN` = 1000，`h_relu` 是500，`y_pred` 是100 · 500 = 50000。损失把64 · 10 = 640个平方加起来：640 · 50000 = 3200万。
# 2. 在−a到a之间均匀分布的数，均方值是a²/3。所以第0层权重的均方值是1/3000，第2层的是1/300，沿着链一直算下去：
#
# | 量 | 均方值 |
# |---|---|
# | `h` | 1000 · 1/3000 + 1/3000 ≈ 0.333 |
# | `h_relu` | 它的一半，≈ 0.167 |
# | `y_pred` | 100 · 0.167 · 1/300 + 1/300 ≈ 0.059 |
# | `y_pred` 减 `y` | 0.059 + 1 |
#
# 损失大约是640 · 1.059 ≈ 678。预测值都接近0，所以损失只比 `y` 的平方和大一点点。
#
# </details>

# %% [markdown] role="prose" name="about_draw" of="42b9bde1"
# ## 方法1的数据和权重
#
# 六课都用同一批随机数。`same_draw()` 以NumPy数组的形式返回它们。这里需要的是张量。

# %% [markdown] role="prose" name="one_layer" of="cc6e5068"
# ## 一个线性层
#
# `torch.nn.Linear(2, 3)` 建立一个有2个输入、3个输出的层。注意顺序：建立时**输入在前**，而权重的形状是输出在前。层是一个对象，用起来像函数一样：直接调用它。
#
# 运行下一个单元格之前，先在纸上算一算：
#
# ```text
# x的一行 = [1, 2]
#
# weight = [ 1   0 ]       bias = [10, 20, 30]
#          [ 0   1 ]
#          [ 1  -1 ]
# ```
#
# `weight` 的每一行给出一个输出：它与x的这一行相乘，再加上它的偏置。第一个输出是1·1 + 2·0 + 10 = 11。另外两个是多少？

# %% role="demonstration" name="one_layer_called" of="083f84a0"
layer = torch.nn.Linear(2, 3)
layer.load_state_dict(
    {
        "weight": torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, -1.0]]),
        "bias": torch.tensor([10.0, 20.0, 30.0]),
    }
)
row = torch.tensor([[1.0, 2.0]])
print("权重的形状：", tuple(layer.weight.shape))
print("layer(row) =", layer(row).tolist())

rows = torch.zeros(5, 2)
print("输入五行，输出的形状：", tuple(layer(rows).shape))

try:
    layer(torch.zeros(5, 4))
except RuntimeError as error:
    print("五行，每行长度为4：", type(error).__name__, "-", error)

# %% [markdown] role="prose" name="about_one_layer" of="3c6b635d"
# 输入有多少行都可以，层从来不问 `N` 是多少。但是每一行的长度，必须是建立这一层时定下的长度。读一读错误信息：5x4是你给的，2x3是已经转置过的权重。内侧大小4和2不一致。这条规则，你在方法1里见过。以后两层接不上的时候，错误信息都是这个样子。

# %% [markdown] role="prose" name="chain" of="fbef5a88"
# **链**也是一个对象。`torch.nn.Sequential` 接收若干层，用逗号隔开，从左到右依次调用：前一层的输出，就是后一层的输入。下面这条小链没有需要学习的东西。它的第一层对每个元素$z$计算$\log(1 + e^z)$。第二层把每个样本摊平成一行。

# %% role="demonstration" name="small_chain" of="c0fec936"
small_chain = torch.nn.Sequential(torch.nn.Softplus(), torch.nn.Flatten())
cube = torch.zeros(2, 3, 4)
print("输入：", tuple(cube.shape))
print("输出：", tuple(small_chain(cube).shape))
print("每个元素都是log(2)：", bool((small_chain(cube) - np.log(2)).abs().max() < 1e-12))
print(small_chain)

# %% [markdown] role="prose" name="about_make_model" of="c4949f19"
# ## 建立模型
#
# 约5分钟。写出 `make_model(d_in, d_h, d_out)`。
#
# - **输入**：三个大小，都是整数。
# - **输出**：一个模型（`torch.nn.Module`）：线性层、ReLU、线性层，按这个顺序。两个线性层都有偏置，不特别要求的话，本来就有。给它 `x` (n, d_in)，它返回 `y_pred` (n, d_out)，n可以是任意值。
#
# **在纸上算的小例子**：取 `d_in, d_h, d_out = 2, 2, 1` 和下面这些数：
#
# ```text
# x = [1, 2]    weight 0 = [ 1  1 ]   bias 0 = [0, 1]     weight 2 = [ 2  5 ]   bias 2 = [1]
#                          [ 0 -1 ]
#
# h      = [1·1 + 2·1 + 0,  1·0 − 2·1 + 1] = [3, −1]
# h_relu = [3, 0]
# y_pred = [2·3 + 5·0 + 1] = [7]
# ```
#
# 这里有三处常常出错：
#
# - `torch.nn.ReLU` 是一个类。链要的是对象，所以名字后面要加括号。
# - 链以线性层结尾。要是末尾再加一个ReLU，预测值就不可能是负的了。
# - 要用函数的三个参数，不要用 `D_IN`、`D_H` 和 `D_OUT`。检查用的是别的大小。

# %% role="exercise" name="make_model" of="e32dffef"
def make_model(d_in, d_h, d_out):
    """返回两层网络：一个带偏置的模块。

    d_in, d_h, d_out：大小（int）   -> torch.nn.Module：输入 (n, d_in)，输出 (n, d_out)
    """
    ### BEGIN SOLUTION
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))
    ### END SOLUTION

# %% [markdown] role="prose" name="four_parameters" of="2f6280a9"
# ## 四个有名字的参数
#
# 权重现在在哪里？你没有做权重，所以再也没有变量 `w1` 了。权重由模型保管，叫做模型的**参数**。模型可以把它们列出来，每一个都有名字。名字前面的数，是这一层在链中的位置。

# %% role="demonstration" name="named_parameters" of="0e4124e1"
model = make_model(D_IN, D_H, D_OUT)
total = 0
for name, parameter in model.named_parameters():
    total += parameter.numel()
    shape = str(tuple(parameter.shape))
    print(f"{name:8} {shape:12} 叶子：{parameter.is_leaf} 会记录：{parameter.requires_grad}")
print(f"要学习的数：{total:,}")

# %% [markdown] role="prose" name="about_parameters" of="adf0efff"
# 和你的表对照一下。一共四个：第0层的权重和偏置，第2层的权重和偏置。第1层不在其中，因为ReLU没有什么要学习的。
#
# 四个都是会记录梯度的叶子。在方法3里，这是你亲手用 `requires_grad` 做的。它们的类型是 `torch.nn.Parameter`：也是张量，只不过模块知道自己必须保管它。
#
# 模型还可以整个搬家。`model.to(device)` 把它的所有参数移到GPU上，如果有GPU的话。原稿从第四种方法起不再写设备，这几课也是这样。

# %% [markdown] role="prose" name="about_make_loss" of="c212d844"
# ## 把损失写成对象
#
# 在 `torch.nn` 里，损失也是对象。它的用法分两步。先**建立**它，选好选项；再用数据**调用**它，想调用多少次都可以。如果在第一步就把数据交给它，就会报错，例如 `Boolean value of Tensor with more than one value is ambiguous`。
#
# 你必须选择怎样处理所有元素的误差。这个选项叫 `reduction`。请看它的三个值在 `torch.nn.L1Loss` 里各做什么，这种损失取的是差的**绝对值**。

# %% role="demonstration" name="reductions" of="10bfda3f"
prediction = torch.tensor([[1.0, 2.0], [0.0, -1.0]])
target = torch.tensor([[0.0, 2.0], [2.0, 1.0]])
for choice in ["none", "mean", "sum"]:
    absolute_error = torch.nn.L1Loss(reduction=choice)
    print(f"{choice:5}", absolute_error(prediction, target).tolist())
print("不选的话：", torch.nn.L1Loss()(prediction, target).item())

# %% [markdown] role="prose" name="make_loss_task" of="5b4c692c"
# ## 建立损失
#
# 约3分钟。写出 `make_loss()`。
#
# - **输入**：没有。
# - **输出**：一个对象，可以这样调用：`loss_fn(y_pred, y)`。给它两个形状为 `(n, d_out)` 的张量，它返回一个数：各个差的**平方**之**和**，与方法1到3一样。这个数是一个0维张量，autograd可以从它出发。
#
# `torch.nn` 里对应平方差的损失是 `MSELoss`。名字里的M代表*mean*，也就是平均。所以请想一想：如果你不选，它会怎么做？
#
# **在纸上算的小例子**：取上面单元格里的两个张量。差是1、0、−2、−2，它们的平方是1、0、4、4。你的损失必须返回9。平均值则是2.25，只有9的1/4，因为这里有4个元素。

# %% role="exercise" name="make_loss" of="757c4fba"
def make_loss():
    """返回一个可以调用的对象：平方误差之和。

    -> 可以调用：输入两个张量 (n, d_out)，y_pred在前；输出一个0维张量
    """
    ### BEGIN SOLUTION
    return torch.nn.MSELoss(reduction="sum")
    ### END SOLUTION

# %% [markdown] role="prose" name="same_loss_text" of="d7db3cb8"
# ## 又是同样的初始损失
#
# 现在来检验第一个猜测。用 `load_state_dict` 可以让模型换上给定的数。它需要一个字典：每个参数的名字，配上一个形状正确的张量。`w1` 是输入在前，层是输出在前，所以两个权重都要转置。偏置设成零。

# %% role="demonstration" name="same_loss" of="326f89f8"
loss_fn = make_loss()
way1_start = [w1.T, torch.zeros(D_H), w2.T, torch.zeros(D_OUT)]
model.load_state_dict(dict(zip(model.state_dict(), way1_start, strict=True)))
same = loss_fn(model(x), y).item()
print(f"用方法1的权重，初始损失：{same:.6g}")
print(f"方法1到3打印的初始损失： {31519525.12:.6g}")

# %% [markdown] role="prose" name="own_start_text" of="c1340465"
# ## 它自己的起点
#
# 再来看第二个猜测。下一个单元格建立一个新的模型，保留它开始时的数。这些数是随机的，所以单元格先设定随机种子。种子相同，得到的模型就相同，今天如此，明天也如此。

# %% role="demonstration" name="own_start" of="ac33a0ef"
torch.manual_seed(0)
model = make_model(D_IN, D_H, D_OUT)
own = loss_fn(model(x), y).item()
print(f"从自己的起点出发，初始损失是：{own:.6g}")
print(f"只算y的平方和：{y.square().sum().item():.6g}")

# %% [markdown] role="prose" name="about_own_start" of="617de2aa"
# 从3000万到几百，根本没有训练。可是什么也没有变好：网络预测的仍然是噪声，只是噪声小了一些。一个损失值说明不了多少，除非你知道，什么都没学过的网络损失是多少。
#
# 本课程的原稿在方法4、5、6里打印的是644.19、614.88和699.82。它没有设随机种子，所以每次运行都得到不同的数。初始损失之间会差多少？下一个单元格建立100个模型，每个模型都有自己的数据。

# %% role="demonstration" name="many_starts" of="5a8610fa"
first_losses = []
for seed in range(100):
    torch.manual_seed(seed)
    fresh = make_model(D_IN, D_H, D_OUT)
    first_losses.append(loss_fn(fresh(torch.randn(N, D_IN)), torch.randn(N, D_OUT)).item())
print(f"平均值{np.mean(first_losses):.3g}，标准差{np.std(first_losses):.2g}")
figures.first_losses(first_losses, own, original="ways 4 to 6", predicted=678)

# %% [markdown] role="prose" name="about_backward" of="e6236c64"
# ## 一个线性层的反向传播
#
# 沿着链往回走的是autograd。走到线性层里面，它做了些什么？请亲手写一次，以后就再也不用写了。
#
# 约15分钟。写出 `linear_backward(x, weight, grad_out)`。这一层计算的是 `out = x @ weight.T + bias`。网络中排在它后面的部分，已经把 `grad_out` 送回来了，它说明：`out` 的一个元素增大时，损失增大多少。
#
# ```text
#  前向             x ───►  weight, bias  ───► out ───► … ───► loss
#  反向        grad_x ◄─── grad_weight, ◄─── grad_out ◄─── … ◄─── 1
#                            grad_bias
# ```
#
# - **输入**：`x` (n, in)，是这一层得到的输入。`weight` (out, in)，就像 `torch.nn.Linear` 存放的那样。`grad_out` (n, out)，是损失对 `out` 的梯度。
# - **输出**，按这个顺序：`grad_x`、`grad_weight`、`grad_bias`。三个张量，是谁的梯度，就有谁的形状。先把这三个形状大声说出来，再往下做。
#
# 亲手写，就是只用乘积、求和与转置。做这个练习时autograd是关掉的，你要是用了它，检查会告诉你。三个输入都要保持原样。
#
# **在纸上算的小例子**：两行，三个输入，两个输出：
#
# ```text
# x = [ 1  0  2 ]     weight = [ 1  2  0 ]     grad_out = [ 1  -1 ]
#     [ 0  1 -1 ]              [ 0 -1  1 ]                [ 2   0 ]
# ```
#
# **偏置**：`bias[0]` 加到 `out[0, 0]` 上，也加到 `out[1, 0]` 上：每行加一次。它增大1，这两个就都增大1，所以损失增大1 + 2 = 3。对 `bias[1]` 来算，就是−1 + 0 = −1。结果是 `[3, -1]`：行的那个轴没有了。
#
# **权重**：`weight[0, 2]` 乘以 `x[0, 2]`，用在 `out[0, 0]` 里；乘以 `x[1, 2]`，用在 `out[1, 0]` 里。所以它的梯度是2·1 + (−1)·2 = 0。同样，`weight[0, 0]` 的梯度是1·1 + 0·2 = 1。另外四个请你算出来。合在一起：
#
# ```text
# grad_weight = [  1  2   0 ]
#               [ -1  0  -2 ]
# ```
#
# **输入**：`x[0, 1]` 以 `weight[0, 1]` = 2为系数进入 `out[0, 0]`，以 `weight[1, 1]` = −1为系数进入 `out[0, 1]`。所以它的梯度是1·2 + (−1)·(−1) = 3。合在一起：
#
# ```text
# grad_x = [ 1  3 -1 ]
#          [ 2  4  0 ]
# ```
#
# 三个结果，每个都只是一个短短的式子。其中两个你在方法1里就见过，不过那里的权重是转置的。要是记不得这里该转置哪个因子，就照那时的办法：把形状并排写下来。合适的顺序只有一种。用reshape也能让形状对上，可是数就错了。

# %% role="exercise" name="linear_backward" of="de666be8"
def linear_backward(x, weight, grad_out):
    """让梯度往回穿过out = x @ weight.T + bias。

    x: (n, in), weight: (out, in), grad_out: (n, out)
    -> 三个梯度，按这个顺序：grad_x (n, in), grad_weight (out, in), grad_bias (out,)
    """
    ### BEGIN SOLUTION
    grad_x = grad_out @ weight
    grad_weight = grad_out.T @ x
    grad_bias = grad_out.sum(dim=0)
    return grad_x, grad_weight, grad_bias
    ### END SOLUTION

# %% [markdown] role="prose" name="witness_text" of="99682065"
# ## 公式的旁证
#
# 先让你的函数来算纸上的例子。然后，autograd往回穿过一个真正的、有1000个输入的层，你的函数用手写的公式做同样的事。如果张量不是单独一个数，`.backward(g)` 就从给定的梯度 `g` 出发。

# %% role="demonstration" name="witness" of="1540ab6a"
paper = linear_backward(
    torch.tensor([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]]),
    torch.tensor([[1.0, 2.0, 0.0], [0.0, -1.0, 1.0]]),
    torch.tensor([[1.0, -1.0], [2.0, 0.0]]),
)
names = ["grad_x", "grad_weight", "grad_bias"]
for name, gradient in zip(names, paper, strict=True):
    print(f"{name:11} {gradient.tolist()}")

torch.manual_seed(1)
layer = torch.nn.Linear(D_IN, D_H)
rows = torch.randn(N, D_IN, requires_grad=True)
sent_back = torch.randn(N, D_H)
layer(rows).backward(sent_back)
by_autograd = [rows.grad, layer.weight.grad, layer.bias.grad]
by_hand = linear_backward(rows.detach(), layer.weight.detach(), sent_back)
for name, got, expected in zip(names, by_hand, by_autograd, strict=True):
    error = (got - expected).norm() / expected.norm()
    print(f"{name:11} 误差 < 1e-10：{bool(error < 1e-10)}")

# %% [markdown] role="prose" name="why_a_loop" of="010a1847"
# ## 更新为什么变成循环
#
# 在方法3里，你按名字更新 `w1` 和 `w2`。现在这样行不通了：没有这些名字；况且要是模型有50层，就得写100行。所以要对 `model.parameters()` 做循环，它依次交出四个张量，不带名字。
#
# 这种循环里有一个陷阱。它和PyTorch没有关系，所以用两个小小的NumPy数组来看看。运行单元格之前，先预测两行输出。

# %% role="demonstration" name="loop_trap" of="e42e6491"
prices = [np.array([1.0, 2.0]), np.array([3.0])]
for price in prices:
    price = price * 10
print("price = price * 10之后：", [price.tolist() for price in prices])

for price in prices:
    price *= 10
print("price *= 10之后：       ", [price.tolist() for price in prices])

# %% [markdown] role="prose" name="about_loop_trap" of="25957d5e"
# 第一个循环每次都做一个**新的**数组，再把 `price` 这个名字给它。列表里装的还是旧的数组。第二个循环改变的是数组本身。模型装着它的参数，就像列表装着数组一样。要是掉进这个陷阱，模型会怎么样？什么也不会发生：不报错，损失也永远不变。

# %% [markdown] role="prose" name="gradients_add_up" of="7c4c5761"
# ## 梯度会累积
#
# 这件事你在方法3里见过。`.backward()` 是把梯度**加到** `.grad` 原有的值上。原稿提醒过：反向传播之前要先把梯度清零，免得累加到下一次上。模块有一个方法，一次管它的全部参数，叫做 `zero_grad()`。

# %% role="demonstration" name="adding_up" of="b3a608e0"
tiny = torch.nn.Linear(1, 1, bias=False)
for call in range(3):
    tiny(torch.tensor([[2.0]])).sum().backward()
    print(f"第{call + 1}次调用之后：{tiny.weight.grad.item():g}")
tiny.zero_grad()
print("zero_grad()之后：", tiny.weight.grad)

# %% [markdown] role="prose" name="about_adding_up" of="ee25f36f"
# 每次调用之后，正确的答案都应该是2。请注意最后一行：梯度不是零，而是 `None`。模块把旧的张量扔掉，下一次 `.backward()` 再做新的。这样省事，而且还没有梯度的时候，`zero_grad()` 也照样能用。

# %% [markdown] role="prose" name="about_train" of="3aa37dbb"
# ## 训练所有的参数
#
# 约12分钟。写出 `train(model, loss_fn, x, y, lr, steps)`。
#
# - **输入**：一个模型，一个可以调用的损失。`x` (n, d_in)、`y` (n, d_out)。学习率 `lr`，步数 `steps`。
# - **输出**：`losses`，一个列表，每一步一个Python浮点数。每个损失都是在这一步更新**之前**取的。
# - **过程**：普通的梯度下降。在每一步，`model.parameters()` 里的每个参数都往下坡方向移动，移动的量是 `lr` 乘以它自己的梯度。参数是原地改变的：结束以后，交进来的模型就是训练过的了。
#
# **在纸上算的小例子**：模型只有一个权重3和一个偏置1，数据只有一行 `x = 2`，目标值 `y = 5`，学习率 `lr = 0.05`。
#
# | 步 | 预测值 | 损失 | 权重的梯度 | 偏置的梯度 | 新的权重 | 新的偏置 |
# |---|---|---|---|---|---|---|
# | 0 | 2·3 + 1 = 7 | 2² = 4 | 2·2·2 = 8 | 2·2 = 4 | 3 − 0.4 = 2.6 | 1 − 0.2 = 0.8 |
# | 1 | 2·2.6 + 0.8 = 6 | 1² = 1 | 2·1·2 = 4 | 2·1 = 2 | 2.6 − 0.2 = 2.4 | 0.8 − 0.1 = 0.7 |
#
# 取 `steps=2`，答案就是 `[4.0, 1.0]`，模型最后的数是2.4和0.7。
#
# 一步有五个部分：预测并比较，记下损失，清掉旧的梯度，反向传播，更新。哪个必须在哪个之前？哪一个不能让autograd记录？

# %% role="exercise" name="train" of="f64bf443"
def train(model, loss_fn, x, y, lr, steps):
    """用普通的梯度下降，原地训练一个模型。

    x: (n, d_in), y: (n, d_out), lr：学习率，steps：更新多少次
    -> 列表，里面有steps个浮点数，都是在这一步更新之前的损失
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= lr * parameter.grad
    return losses
    ### END SOLUTION

# %% [markdown] role="prose" name="paper_text" of="481f69da"
# 纸上的例子，由你的函数来算：

# %% role="demonstration" name="paper_train" of="29803144"
tiny = torch.nn.Linear(1, 1)
tiny.load_state_dict({"weight": torch.tensor([[3.0]]), "bias": torch.tensor([1.0])})
paper_losses = train(tiny, loss_fn, torch.tensor([[2.0]]), torch.tensor([[5.0]]), lr=0.05, steps=2)
print("损失：", [f"{value:.6g}" for value in paper_losses])
print(f"权重：{tiny.weight.item():.6g}，偏置：{tiny.bias.item():.6g}")

# %% [markdown] role="prose" name="run_text" of="7e1451cf"
# ## 运行并画图
#
# 真正的网络：500步，`lr = 1e-4`。（原稿的 `lr` 也是这么大，不过只走了一步。）图里黑色的圆圈是方法1到3的损失，它们从 `randn` 的权重出发，用的是 `lr = 1e-6`。纵轴是对数的，这样3000万和0.00001才放得进同一张图。

# %% role="demonstration" name="run" of="4f626c87"
torch.manual_seed(0)
model = make_model(D_IN, D_H, D_OUT)
losses = train(model, loss_fn, x, y, lr=1e-4, steps=500)
for step in [0, 1, 2, 10]:
    print(f"第{step:3}步  损失{losses[step]:.6g}")
for step in [100, 499]:
    print(f"第{step:3}步  损失{losses[step]:.2g}")
figures.losses({"方法4，lr = 1e-4": losses}, beside={"ways 1 to 3": "方法1到3，lr = 1e-6"})

# %% [markdown] role="prose" name="about_run" of="da8593e8"
# 新的起点，损失只有原来的1/50000，可是到最后，旧的曲线却落在新的曲线下面。起点低，不等于学得快。（别忘了，目标值是随机的，里面没有什么规律可找。网络有101110个数，目标值才640个，它把目标值背下来就行了。所以损失会趋于零。）

# %% [markdown] role="prose" name="rates_text" of="5fb3d189"
# ## 没有万能的学习率
#
# 学习率从1e-6变成了1e-4。非变不可吗？下一个单元格试三种组合。运行之前，先写下你预料每一种会怎么样。

# %% role="demonstration" name="rates" of="13120a81"
def short_run(name, start, lr, digits):
    torch.manual_seed(0)
    trial = make_model(D_IN, D_H, D_OUT)
    if start is not None:
        trial.load_state_dict(dict(zip(trial.state_dict(), start, strict=True)))
    values = train(trial, loss_fn, x, y, lr=lr, steps=4)
    print(f"{name}:")
    print("  ".join(f"{value:.{digits}g}" for value in values))


short_run("方法1的起点，lr = 1e-6", way1_start, 1e-6, 5)
short_run("方法1的起点，lr = 1e-4", way1_start, 1e-4, 2)
short_run("自己的起点，lr = 1e-6", None, 1e-6, 6)

# %% [markdown] role="prose" name="about_rates" of="99eb70b5"
# - 从方法1的起点出发，`lr` = 1e-4实在太大。三步之内，损失从3e7涨到5e65，再往后很快就是 `nan`。
# - 从模型自己的起点出发，`lr` = 1e-6又太小，几乎什么也不动。
#
# 原因在于梯度的大小。梯度是回去的路上所有因子的乘积：误差、权重、输入。权重的大小是1时，梯度要比权重的大小是0.03时大几千倍。学习率是乘在梯度前面的系数，所以它必须和梯度的大小相配。
#
# 还有一件事等你弄清楚。第一次运行用的是方法1的权重和方法1的学习率。它的初始损失和方法1到3的，每一位都相同。可是方法1到3接下来是2.8895e+07，这一次却是2.8952e+07。差别是从哪里来的？
#
# <details><summary>查看答案</summary>
#
# 来自偏置。偏置起初是零，所以不影响初始损失。但它们有自己的梯度，第一次更新之后就不再是零了。这个网络比方法1的网络多110个参数。
#
# </details>

# %% [markdown] role="prose" name="forgotten_zeros" of="2f9fd798"
# ## 忘了清零
#
# 有人漏掉了梯度清零。其他的都一样：同样的起点，同样的数据，同样的 `lr`。得到的损失是：
#
# | 步 | 忘了清零 |
# |---|---|
# | 0 | 645.31 |
# | 1 | 598.86 |
# | 2 | 519.63 |
# | 3 | 425.69 |
# | 10 | 104.46 |
# | 50 | 189.31 |
#
# 从哪一行起，和你的不一样？先预测，再和上面、下面打印的数比一比。

# %% role="demonstration" name="compare_forgotten" of="b9a60cc0"
for step in [0, 1, 2, 3, 10, 50]:
    print(f"第{step:2}步  你的损失{losses[step]:.5g}")

# %% [markdown] role="prose" name="about_forgotten" of="cb390969"
# 第0行和第1行一致。初始损失在所有更新之前，第一次更新只用到第一个梯度。从第2行起，旧的梯度也一起推。开头看上去甚至更快，就像球滚下坡，越滚越快。然后球停不下来，冲上了对面的坡：第50步的损失比第10步还高。所以，一个错误能有十步之久看上去像是进步。也正因为这样，`train` 的检查要看三步或者更多。

# %% [markdown] role="prose" name="look_back" of="e211977d"
# ## 回顾
#
# | 要做的事 | 方法3 | 方法4 |
# |---|---|---|
# | 做出权重 | 你来做，要写形状和 `requires_grad` | 层来做，大小合理 |
# | 前向传播 | 你来写，一个乘积接一个乘积 | 调用模型 |
# | 损失 | 你写成公式 | 一个对象，建立一次 |
# | 反向传播 | autograd | autograd |
# | 梯度清零 | 每个权重一行 | 整个模型调用一次 |
# | 更新 | 每个权重一行 | 一个循环，参数再多也行 |
#
# 训练循环不再知道模型里面有什么。给它一条二十层的链，一行代码都不用改。更新还是由你亲手写。到了方法5，连这件事也交给优化器。

# %% [markdown] role="prose" name="explain_question" of="fcbb70b5"
# ## 用自己的话解释
#
# 约8分钟，5分，由人批阅。用六到十句话回答。
#
# 1. 方法1到3的损失从3e7附近开始，方法4从650附近开始。请从网络的大小和最初权重的大小，解释这两个数。在那一刻，两个网络中哪一个对 `y` 知道得更多？
# 2. 为什么 `lr = 1e-4` 会毁掉方法1的训练，在这里却没有问题？
# 3. 假如损失不是平方误差的和，而是它们的**平均**。按这一课的大小，`lr` 要取多少，每一步才和现在取 `1e-4` 时一样？

# %% [markdown] role="written" name="explain" of="8b4a6581"
# **你的回答**
#
# ### BEGIN SOLUTION
# 权重来自 `randn` 时，100个隐藏单元里的每一个，都是1000个大小为1的乘积之和，所以均方值是1000。ReLU留下一半，第二层再把100个这样的数加起来，所以预测值的均方值是50000；损失把640个这么大的平方加起来，大约是3.2e7。`torch.nn` 的层抽取的权重大小是1/√in，这样各个和的大小就保持在1附近或者更小。预测值的均方值是0.06，目标值的是1，640 · 1.06大约是678。两个网络对 `y` 都一无所知：第二个只是预测值小一些，它的损失只比 `y` 的平方和大一点点。
#
# 梯度是误差、权重和输入的乘积，所以权重大，梯度就大几千倍。同样的 `lr`，走出的一步就会越过谷底，落到比原来更高的地方。下一个梯度更大，损失就这样无休止地增大。
#
# 平均就是把和除以64 · 10 = 640，每个梯度也一样。要走同样的步子，学习率必须大640倍：0.064。
# ### END SOLUTION
#
# ### BEGIN MARK SCHEME
# 共5分，可以给半分。
#
# - 2分，用权重的大小解释两个初始损失：“1000项与100项的和，得出大约3.2e7”，1分；“权重小，预测值就小，所以损失大约是 `y` 的平方和，640到680”，1分。不要求完整的推算。
# - 1分，两个网络对 `y` 都一无所知：初始损失低，不等于知道得多。
# - 1分，梯度随权重增大，所以lr · 梯度这一步走过了头，损失一步比一步大。
# - 1分，平均小640倍，所以lr = 0.064。答“1e-4的640倍”也可以；只说对方向，给半分。
# ### END MARK SCHEME

# %% [markdown] role="prose" name="next" of="3a57a107"
# ## 提交
#
# 选一次*Kernel > Restart Kernel and Run All Cells…*（内核 > 重启并运行所有单元格…），看看从头到尾是不是都正常。下面的单元格会汇总各个检查的得分。然后保存笔记本：要提交的就是这个文件。
#
# 接下来是[方法5：优化器](../way5_optimizer/way5_optimizer.ipynb)。
