# %% [markdown] role="prose" name="intro" of="4d1c7c99"
# # 方法2：用张量搭建同样的网络
#
# 在方法1里，你用NumPy写了一个网络。在这个笔记本里，你用PyTorch把它再写一遍，一行对一行。数学完全一样：一个新公式也不需要。
#
# 新的是**张量**。张量就是NumPy所说的数组，但多了两样本领：它可以放在你选定的**设备**上，处理器（CPU）或显卡（GPU）都行；它还能记住自己是怎样算出来的。第一样本领现在就用，第二样留到方法3。
#
# 你将要
#
# 1. 用张量生成数据，数值格式和设备由你指定，
# 2. 把 `forward`、`loss_fn`、`backward` 和 `train` 从NumPy译成torch，
# 3. 看看数值格式会怎样影响你的损失。
#
# 反向传播仍由你亲手写。PyTorch可以代劳，但你要是真让它代劳，检查会发现的。请留出55到75分钟。把你的方法1打开，放在旁边对照。
#
# **怎么用**：按Shift+Enter运行单元格。在填空里写着 `# YOUR CODE HERE` 的地方写上你的代码，删掉 `raise` 那一行，运行这个单元格，再运行它下面的检查。最后保存笔记本并提交。更多说明见[START](../START.ipynb)。

# %% role="setup" name="setup" of="73decb25"
try:
    from course import find_device, same_draw, start
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
DEVICE = find_device(language="zh")
DTYPE = torch.float64

N, D_IN, D_H, D_OUT = 64, 1000, 100, 10
check = start("way2_tensors", device=DEVICE, language="zh")

# %% [markdown] role="prose" name="format_and_device" of="e537090c"
# ## 数值格式与设备
#
# 看看开头的那个代码单元格。里面有两个名字，决定一切在哪里计算、保留多少位数字。
#
# **`DEVICE`**：这台机器有PyTorch能用的显卡，它就是显卡；没有，它就是处理器。原稿只写了 `torch.device('cuda')`，所以在没有这种显卡的机器上，它会报错停下。`find_device` 采用PyTorch推荐的设备，不论显卡是什么牌子：只要 `torch.accelerator.is_available()` 成立，就取 `torch.accelerator.current_accelerator()`。它会先试用一下这块显卡：要是不行，就说明原因，改用处理器。这样，同一个笔记本在哪里都能运行。
#
# **`DTYPE`**：数值的格式。`torch.float64` 保留约16位数字，与NumPy一样。`torch.float32` 保留约7位，内存只占一半，在显卡上快得多。float32是PyTorch的默认格式，原稿用的就是它。我们用float64，这样你的损失与这里打印的损失，显示出来的每一位都相同。（原稿把这个变量叫做 `type`。这会遮住Python自己的函数 `type`，所以我们换了个名字。）
#
# 用float32时，有些显卡做矩阵乘法只保留约3位数字，好算得更快，NVIDIA把它叫做TF32。检查会关掉它，不然正确的答案看上去也会像错的。
#
# 两个张量要在同一个设备上，才能一起运算；要做矩阵乘法，dtype（数据类型）也必须相同。所以每个张量都在建立时写明 `dtype=` 和 `device=`：这样，改一个变量就能让整个程序换地方。

# %% [markdown] role="prose" name="shapes" of="5cfc61d6"
# ## 先看形状
#
# 网络还是方法1的那个：
#
# ```text
#  x ─► 乘 w1 ─► h ─► ReLU ─► h_relu ─► 乘 w2 ─► y_pred ─► loss ◄─ y
# ```
#
# 凭记忆在纸上填好两列：`n` 是64，`d_in` 是1000，`d_h` 是100，`d_out` 是10。
#
# | 张量 | 它的形状 | 它的梯度的形状 |
# |---|---|---|
# | `x` | ? | （不需要） |
# | `y` | ? | （不需要） |
# | `w1` | ? | ? |
# | `h` | ? | ? |
# | `h_relu` | ? | ? |
# | `w2` | ? | ? |
# | `y_pred` | ? | ? |
# | `loss` | ? | （它就是起点） |
#
# <details><summary>查看答案</summary>
#
# | 张量 | 它的形状 | 它的梯度的形状 |
# |---|---|---|
# | `x` | (64, 1000) | |
# | `y` | (64, 10) | |
# | `w1` | (1000, 100) | (1000, 100) |
# | `h` | (64, 100) | (64, 100) |
# | `h_relu` | (64, 100) | (64, 100) |
# | `w2` | (100, 10) | (100, 10) |
# | `y_pred` | (64, 10) | (64, 10) |
# | `loss` | 一个数 | |
#
# 梯度的形状，与它所属的张量完全相同。第二列就是把第一列抄一遍。
#
# </details>

# %% [markdown] role="prose" name="predict" of="6a5864d3"
# ## 预测初始损失
#
# 写下三个猜测。三个答案下面都会看到。
#
# 1. 把方法1的那些数原封不动地变成张量，算出初始损失。会是多少？
# 2. 用torch重新生成数据。初始损失大约是多少？
# 3. 把方法1的那些数换成float32。损失会有几位数字与原来相同？
#
# <details><summary>查看推理过程</summary>
#
# 1. 正好是方法1的损失，3.15195e+07。数相同，公式也相同。
# 2. 大约3200万，上下相差500万，你在方法1里算过。这取决于随机数的种类和各个大小，与用哪个库无关。
# 3. 大约七位。float32只能存这么多，计算途中的舍入还可能让最后一两位对不上。
#
# </details>

# %% [markdown] role="prose" name="dictionary" of="11149f1e"
# ## 一本小词典
#
# | 要做的事 | NumPy | torch |
# |---|---|---|
# | 矩阵乘法 | `a.dot(b)`、`a @ b` | `a.mm(b)`、`a @ b` |
# | 转置 | `a.T` | `a.t()`、`a.T` |
# | 逐元素取较大的数 | `np.maximum(a, b)` | `torch.maximum(a, b)` |
# | 限制在一定范围内 | `np.clip(a, low, high)` | `a.clamp(min=low, max=high)` |
# | 乘方 | `a ** 2`、`np.square(a)` | `a.pow(2)`、`a ** 2` |
# | 所有元素之和 | `a.sum()`，是一个数 | `a.sum()`，仍是张量 |
# | 普通的Python数 | `float(s)` | `s.item()` |
# | 独立的副本 | `a.copy()` | `a.clone()` |
# | 标准正态分布的随机数 | `rng.standard_normal((2, 3))` | `torch.randn(2, 3)` |
# | 0到1之间均匀分布的随机数 | `rng.random((2, 3))` | `torch.rand(2, 3)` |
#
# 几点说明：
#
# - `mm` 是**矩阵乘法**（matrix multiply）的缩写。它接收两个张量，各有两个轴。
# - 与NumPy一样，`a * b` 是逐元素相乘。
# - 大多数运算有两种写法：写成函数，`torch.pow(a, 2)`；写成方法，`a.pow(2)`。效果相同。
# - `t()` 只用于**最多两个轴**的张量。有三个轴时，说不清该交换哪两个。
# - `a.sum()` 是一个没有轴的张量。
# - `item()` 从这样的张量里取出那个数。
#
# 对这个 `a`，先在纸上算出下一个单元格会打印什么，再运行它：
#
# ```text
#  a = [ 1  2 ]      a 乘 a = ?      a 的转置 = ?      各元素的平方之和 = ?
#      [ 3  4 ]
# ```

# %% role="demonstration" name="dictionary_shown" of="88c24ef7"
a = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
print("a.mm(a)       =", a.mm(a).tolist())
print("a * a         =", (a * a).tolist())
print("a.t()         =", a.t().tolist())
total = a.pow(2).sum()
print("平方之和：", total, "->", total.item())

try:
    torch.ones(2, 3, 4).t()
except RuntimeError as error:
    print("对三个轴用t()：", type(error).__name__)
try:
    a.mm(a.to(torch.float32))
except RuntimeError as error:
    print("float64乘float32：", type(error).__name__)

# %% [markdown] role="prose" name="about_make_data" of="b9a56342"
# ## 生成数据
#
# 约4分钟。写出 `make_data`。它接收四个大小、一个 `dtype` 和一个 `device`，返回四个张量，里面是标准正态分布的随机数，dtype和设备都按指定的来：`x` (`n`, `d_in`)、`y` (`n`, `d_out`)、`w1` (`d_in`, `d_h`)、`w2` (`d_h`, `d_out`)。
#
# 这回没有 `rng` 了：torch有自己的生成器。还要记得 `rand` 和 `randn` 的区别：只有一个会给出负数。
#
# **小例子**：`torch.zeros(2, 3, dtype=torch.float32, device="cpu")` 给出一个形状为 `(2, 3)` 的张量，里面是六个零。凡是建立张量的函数，都认得 `dtype=` 和 `device=`。取 `n, d_in, d_h, d_out = 2, 3, 4, 1`，你的四个张量形状是 `(2, 3)`、`(2, 1)`、`(3, 4)`、`(4, 1)`。

# %% role="exercise" name="make_data" of="afec636a"
def make_data(n, d_in, d_h, d_out, dtype, device):
    """生成输入、目标值和两个权重矩阵：标准正态分布的张量。

    dtype：四个张量的数值格式，device：四个张量所在的设备
    -> x (n, d_in), y (n, d_out), w1 (d_in, d_h), w2 (d_h, d_out)
    """
    ### BEGIN SOLUTION
    x = torch.randn(n, d_in, dtype=dtype, device=device)
    y = torch.randn(n, d_out, dtype=dtype, device=device)
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    return x, y, w1, w2
    ### END SOLUTION

# %% [markdown] role="prose" name="same_numbers" of="4d72d000"
# ## 与方法1相同的数
#
# 你自己生成的数据没有问题，只是那样一来，你的损失就没有东西可以比较了。所以这个笔记本余下的部分，用的是方法1的数据。`same_draw()` 把它们作为NumPy数组返回，`torch.from_numpy` 把数组变成张量，`.to(device, dtype)` 再把张量移到你的设备上。
#
# 这个单元格也用你的 `make_data` 生成一次数据，留着作比较。在这之前，`torch.manual_seed(0)` 把torch的生成器设到固定的起点，好让你每次生成的数据都一样。

# %% [markdown] role="prose" name="maximum_or_max" of="bd27be1c"
# ## maximum与max
#
# 写ReLU的时候，方法1用了NumPy的 `maximum`。torch里与“较大”有关的函数有好几个，做的事各不相同：
#
# - `torch.maximum(a, b)` 逐元素比较**两个张量**。两个都必须是张量。
# - `torch.max(a)` 把一个张量归约成其中最大的元素。
# - `torch.max(a, 0)` 归约每一列，返回**两样**东西：各列的最大值，以及最大值所在的行。
# - `a.clamp(…)` 把元素限制在一定范围内。它有两种用法：`min=` 和 `max=` 都写，就两头都限制；只写一个，就只限制那一头，另一头不管。
#
# 要把所有小于零的数换成零，用哪一个可以办到？每一行都先预测，再运行单元格。

# %% role="demonstration" name="maximum_and_max" of="9003d78d"
a = torch.tensor([[1, 5], [7, 2]])
b = torch.tensor([[4, 3], [6, 8]])
values, rows = torch.max(a, 0)
print("torch.maximum(a, b)   =", torch.maximum(a, b).tolist())
print("torch.max(a)          =", torch.max(a).item())
print("torch.max(a, 0)       =", values.tolist(), "所在的行：", rows.tolist())
print("a.clamp(min=2, max=6) =", a.clamp(min=2, max=6).tolist())
print("a.clamp(max=4)        =", a.clamp(max=4).tolist())

# %% [markdown] role="prose" name="about_forward" of="5592f6f6"
# ## 前向传播
#
# 约4分钟。写出 `forward`。输入是张量 `x` (`n`, `d_in`)、`w1` (`d_in`, `d_h`)、`w2` (`d_h`, `d_out`)。它返回三个张量：`h` (`n`, `d_h`)，即 `x` 与 `w1` 的乘积；`h_relu` (`n`, `d_h`)，与 `h` 一样，只是负元素换成了零；`y_pred` (`n`, `d_out`)，即 `h_relu` 与 `w2` 的乘积。
#
# `h` 必须保留它的负元素。方法名若以下划线结尾，比如 `clamp_`，改动的就是张量本身；没有下划线的，则给出新的张量。
#
# **小例子**就是方法1的那个：
#
# ```text
#      x            w1            h = x 乘 w1         h_relu        w2       y_pred
#  [ 1   2 ]    [ 1  -1 ]         [ 3   3 ]         [ 3   3 ]     [  1 ]     [ -3 ]
#  [ 3  -1 ]    [ 1   2 ]         [ 2  -5 ]         [ 2   0 ]     [ -2 ]     [  2 ]
# ```

# %% role="exercise" name="forward" of="7b00fd3c"
def forward(x, w1, w2):
    """用张量计算网络的答案，并保留途中算出的结果。

    x (n, d_in), w1 (d_in, d_h), w2 (d_h, d_out)
    -> h (n, d_h) ReLU之前, h_relu (n, d_h) ReLU之后, y_pred (n, d_out)
    """
    ### BEGIN SOLUTION
    h = x.mm(w1)
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred
    ### END SOLUTION

# %% [markdown] role="prose" name="about_loss" of="3dd538da"
# ## 损失
#
# 约3分钟。写出 `loss_fn`。输入是 `y_pred` 和 `y`，形状相同：(`n`, `d_out`)。它返回所有差的平方之和，是一个普通的Python数。
#
# 在torch里，求和得到的仍是张量，一个没有轴的张量。要放进损失列表，或者画图，你要的是其中的那个数。如果张量在显卡上，`item()` 还会把这个数从那里取回来。
#
# **小例子**：答案是−3和2，目标值是−4和5。差是1和−3，平方是1和9，损失是10。

# %% role="exercise" name="loss_fn" of="cc6e2c8e"
def loss_fn(y_pred, y):
    """说出答案错得有多厉害：所有差的平方之和。

    y_pred (n, d_out), y (n, d_out)   -> Python的float
    """
    ### BEGIN SOLUTION
    return (y_pred - y).pow(2).sum().item()
    ### END SOLUTION

# %% [markdown] role="prose" name="first_loss_text" of="3f439c50"
# ## 你的初始损失
#
# 现在来看三个猜测的答案。这个单元格用方法1的数，分别以float64和float32算出初始损失，再用你自己生成的数据算一次。

# %% role="demonstration" name="first_loss" of="2b6744ab"
loss = loss_fn(forward(x, w1, w2)[2], y)
print(f"方法1的数，用float64：{loss:.6g}   （方法1打印的是3.15195e+07）")

own_loss = loss_fn(forward(own_draw[0], *own_draw[2:])[2], own_draw[1])
print("你自己生成的数据，损失在1500万和5500万之间：", 15e6 < own_loss < 55e6)

short_x, short_y, short_w1, short_w2 = (tensor.to(torch.float32) for tensor in (x, y, w1, w2))
short_loss = loss_fn(forward(short_x, short_w1, short_w2)[2], short_y)
print("float32的前5位数字相同：", abs(short_loss - loss) < 1e-5 * loss)
print("float32给出的是整数：", short_loss == round(short_loss))
print("在3000万附近，float32中相邻两个数的间距：", np.spacing(np.float32(3e7)))

# %% [markdown] role="prose" name="after_first_loss" of="c396b8aa"
# 为什么是整数？float32约有7位数字，而这个损失在小数点前就有8位。在3000万附近，float32能存的数，一个与下一个相差2，小数点后面的数字自然无处可放。原稿的第二种和第三种方法用的都是float32，打印出 `29053692.0` 和 `36386432.0`；第一种方法用的是NumPy的float64，打印出 `30530526.097928338`。现在你知道原因了。

# %% [markdown] role="prose" name="start_at_the_loss" of="6076b2bf"
# ## 从损失开始
#
# 方法1的五个梯度又来了，顺序也一样，每个只需翻译一行。反向传播从损失开始，先求 `grad_y_pred`：u²的导数是2u，其中u = 预测值 − 目标值，每个元素分别计算。下一个单元格把整个反向传播再画一遍。
#
# **小例子**：差是1和−3，所以 `grad_y_pred` = 2和−6。

# %% [markdown] role="prose" name="gradient_of_w2" of="f563a953"
# ## w2的梯度
#
# 每个权重在每个样本里都用到，所以对样本求和：
#
# $$\mathtt{grad\_w2}[j, k] = \sum_i \mathtt{h\_relu}[i, j] \cdot \mathtt{grad\_y\_pred}[i, k]$$
#
# 你要的是 (`d_h`, `d_out`)，手里有 (`n`, `d_h`) 和 (`n`, `d_out`)。哪一个要转置，谁放在前面，才能让 `n` 成为内侧大小？许多书上的公式“梯度乘输入的转置”，针对的是一列一个样本；你的样本是一行一个。还有，`reshape` 和 `view` 都不是转置，哪怕得到的形状正合适。
#
# **小例子**：`h_relu` 的两列是3、2和3、0。所以 `grad_w2` 是3 · 2 + 2 · (−6) = −6和3 · 2 + 0 · (−6) = 6。
#
# ## 隐藏层的梯度
#
# 每个隐藏值都要经过自己样本的所有输出，才到达损失，所以对输出求和：
#
# $$\mathtt{grad\_h\_relu}[i, j] = \sum_k \mathtt{grad\_y\_pred}[i, k] \cdot \mathtt{w2}[j, k]$$
#
# **小例子**：`w2` = 1和−2，所以 `grad_h_relu` 的两行是2、−4和−6、12。

# %% [markdown] role="prose" name="the_gate" of="85d1f734"
# ## 门
#
# 前向传播时 `h` 为正的地方，ReLU让梯度通过；`h` 为负的地方，ReLU把梯度拦下。说了算的是 `h`，绝不是梯度。这就是方法1里的那个故事。原稿的第二种方法里，同样的疏漏又出现了一次，而从它的损失里一点也看不出哪里不对。
#
# **小例子**：`h` 里只有−5为负。`grad_h_relu` 在那个位置上是12。所以 `grad_h` 的两行是2、−4和−6、0。

# %% [markdown] role="prose" name="masks_and_copies" of="451310fd"
# ## 掩码与副本
#
# 掩码的用法与NumPy相同：`marks > 10` 是由 `True` 和 `False` 组成的张量，`marks[marks > 10] = 10` 则改写这些位置。
#
# 副本就要多留个心眼，因为torch动不动就**共享**内存。两个张量，可能只是同一批数的两个视图：
#
# - `same = marks` 是第二个名字，Python里向来如此。
# - `marks.t()` 和 `marks.view(…)` 是新的张量，用的却是**同一块内存**。往一个里写什么，从另一个里就能看到什么。
# - `torch.from_numpy(array)` 与那个数组共享内存。
# - `marks.clone()` 有自己的内存。它就是NumPy里的 `copy()`。
#
# 你的 `backward` 要返回 `grad_h_relu` 和 `grad_h`。预测下一个单元格的最后三行会打印什么。

# %% role="demonstration" name="masks_and_copies_shown" of="92ed70c4"
marks = torch.tensor([[7, 12, 9], [11, 4, 10]])
print("掩码：", (marks > 10).tolist())

capped = marks.clone()
capped[capped > 10] = 10
print("副本：", capped.tolist())
print("原件：", marks.tolist())

turned = marks.t()
turned[0, 0] = 0
print("写入转置之后，原件：", marks.tolist())

array = np.array([1.0, 2.0])
shared = torch.from_numpy(array)
array[0] = 100
print("写入数组之后，张量：", shared.tolist())

# %% [markdown] role="prose" name="gradient_of_w1" of="b7df0481"
# ## w1的梯度
#
# 与 `w2` 是同样的规律，只是再往回一层：
#
# $$\mathtt{grad\_w1}[k, j] = \sum_i \mathtt{x}[i, k] \cdot \mathtt{grad\_h}[i, j]$$
#
# 你要的是 (`d_in`, `d_h`)，与 `w1` 的形状完全相同。
#
# **小例子**：`x` 的两列是1、3和2、−1，`grad_w1` 的两行是−16、−4和10、−8。

# %% [markdown] role="prose" name="about_backward" of="e2330db1"
# ## 写出反向传播
#
# 约8分钟。用张量亲手写出 `backward`。输入是 `x` (`n`, `d_in`)、`y` (`n`, `d_out`)、`w2` (`d_h`, `d_out`)、`h` 和 `h_relu` (`n`, `d_h`)、`y_pred` (`n`, `d_out`)。它按这个顺序返回五个梯度：
#
# | | 结果 | 重读哪一节 |
# |---|---|---|
# | 1 | `grad_y_pred` (`n`, `d_out`) | 从损失开始 |
# | 2 | `grad_w2` (`d_h`, `d_out`) | w2的梯度 |
# | 3 | `grad_h_relu` (`n`, `d_h`) | 隐藏层的梯度 |
# | 4 | `grad_h` (`n`, `d_h`) | 门；掩码与副本 |
# | 5 | `grad_w1` (`d_in`, `d_h`) | w1的梯度 |
#
# 一次取方法1里的一行，每个词都查一查词典。所有结果都是张量。输入保持原样。检查时autograd是关着的，那是方法3的内容。
#
# **小例子**的全部结果：`grad_y_pred` 为2、−6；`grad_w2` 为−6、6；`grad_h_relu` 为2、−4、−6、12；`grad_h` 为2、−4、−6、0；`grad_w1` 为−16、−4、10、−8。

# %% role="exercise" name="backward" of="9adcb428"
def backward(x, y, w2, h, h_relu, y_pred):
    """亲手计算损失随每个张量怎样变化，从损失一路回到w1。

    x (n, d_in), y (n, d_out), w2 (d_h, d_out), h (n, d_h), h_relu (n, d_h), y_pred (n, d_out)
    -> grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1：形状与名字里的张量相同
    """
    ### BEGIN SOLUTION
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu.clone()
    grad_h[h < 0] = 0
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
    ### END SOLUTION

# %% [markdown] role="prose" name="compare_gradients" of="1708fdef"
# ## 再看方法1的梯度
#
# 在方法1里，有限差分作为旁证，证实了梯度的下面这几个元素。你的张量必须给出同样的数。

# %% role="demonstration" name="gradients_compared" of="a5f1f031"
_, grad_w2, _, _, grad_w1 = backward(x, y, w2, *forward(x, w1, w2))
print("元素               方法1          这里")
for label, way1, here in (
    ("w1[0, 0]", -2264.8, grad_w1[0, 0]),
    ("w1[500, 50]", -16470.4, grad_w1[500, 50]),
    ("w1[999, 99]", 9042.1, grad_w1[999, 99]),
    ("w2[0, 0]", -135630.1, grad_w2[0, 0]),
    ("w2[99, 9]", -6815.1, grad_w2[99, 9]),
):
    print(f"{label:12} {way1:11.1f} {here.item():13.1f}")

# %% [markdown] role="prose" name="about_train" of="7d10bfc5"
# ## 训练循环
#
# 约5分钟。写出 `train`。输入是 `x`、`y`、`w1`、`w2`、学习率 `lr` 和步数 `steps`。每一步都运行 `forward`，记下损失，运行 `backward`，再从每个权重里减去 `lr` 乘它的梯度。返回损失的列表，每步一个Python数，都是在这一步更新**之前**算的。
#
# 权重要**原地**更新：调用者过后看的还是那两个张量。`a -= b` 写进张量；`a = a - b` 造出新的张量，把名字挪给它。还有，两个梯度都算好之后，才能动任何一个权重。
#
# **小例子**，取 `lr` = 0.01：`w2` 变成1.06和−2.06，`w1` 变成1.16、−0.96、0.90、2.08。损失以10和5.43开头。

# %% role="exercise" name="train" of="62896056"
def train(x, y, w1, w2, lr, steps):
    """学习：原地更新张量w1和w2，共 `steps` 次，每次往下坡走一小步。

    x (n, d_in), y (n, d_out), w1 (d_in, d_h), w2 (d_h, d_out)
    lr：学习率，steps：更新的次数
    -> losses，一个列表，每步一个Python的float，都在这一步更新之前算出
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses
    ### END SOLUTION

# %% [markdown] role="prose" name="learn" of="9377de12"
# ## 看它学习
#
# 与方法1一样，走500步。黑色的圆圈是方法1的损失，应该正好落在你的曲线上。

# %% role="demonstration" name="loss_curve" of="1f273c33"
losses = train(x, y, w1.clone(), w2.clone(), 1e-6, 500)
for step in (0, 1, 2, 3, 10, 50, 100):
    print(f"第{step:3}步：{losses[step]:.6g}")
print(f"第499步：{losses[-1]:.2g}")
figures.losses({"方法2": losses}, beside={"ways 1 to 3": "方法1"})

# %% [markdown] role="prose" name="fewer_digits" of="db4c0d8a"
# ## 少几位数字会怎样
#
# 原稿训练时用的是float32。这有问题吗？猜一猜：float32的曲线会马上偏离另一条，还是过很久才偏离，还是始终不偏离？

# %% role="demonstration" name="two_formats" of="1cffd702"
short_losses = train(short_x, short_y, short_w1.clone(), short_w2.clone(), 1e-6, 500)
together = max(abs(a - b) / b for a, b in zip(short_losses[:100], losses[:100], strict=True))
print("前100个损失相差不到千分之一：", together < 1e-3)
print("float32的曲线最后停得更高：", short_losses[-1] > 10 * losses[-1])
figures.losses({"float64": losses, "float32": short_losses})

# %% [markdown] role="prose" name="after_two_formats" of="3ed8e397"
# 很长一段时间里，你看不出区别。后来，float32的曲线变平了。剩下的误差，已经不比从 `x` 算到 `y_pred` 一路上的舍入误差大，所以再走一步也无法让它变小。真实的数据从来没有这么精确，用float32就够了。因此训练时通常都用它。

# %% [markdown] role="prose" name="look_back" of="60cbb5f4"
# ## 回顾
#
# | | 方法1 | 方法2 |
# |---|---|---|
# | 公式 | 你的 | 一样 |
# | 用的词 | `dot`、`T`、`copy`、`maximum` | `mm`、`t()`、`clone`、`clamp` |
# | 在哪里运行 | 处理器 | 处理器或显卡，由一个变量决定 |
# | 数值格式 | float64 | 你要什么就是什么 |
# | 反向传播 | 手写 | 手写 |
#
# 到现在为止，PyTorch只不过是另一个NumPy。前向每写一行，你还是得为它找出反向的一行。方法3要用张量的另一样本领：它记得自己是怎样算出来的，于是PyTorch可以替你往回走。

# %% [markdown] role="prose" name="question" of="3fdfce74"
# ## 用自己的话解释
#
# 约8分钟，5分，由人批阅。用你自己的话回答，大约八句。
#
# 1. 一个程序在做两个张量的矩阵乘法时报错停下了。你会去查看这两个张量的哪些方面？说出三个不同的方面。
# 2. 原稿用NumPy打印出 `30530526.097928338`，用torch打印出 `29053692.0`。第二个数为什么以 `.0` 结尾？换一批数据，会有所不同吗？
# 3. 一位朋友省掉了 `clone`，把门的那些零直接写进 `grad_h_relu`。训练时，这位朋友的损失与你的分毫不差。为什么？尽管如此，又错在哪里？

# %% [markdown] role="written" name="explain" of="27007c26"
# **你的回答**
#
# ### BEGIN SOLUTION
# 1. 形状：内侧的大小必须相等。dtype：float32的矩阵与float64的矩阵不能相乘。设备：两个都要在处理器上，或者都在同一块显卡上。
# 2. torch的版本用的是float32，它保留约七位数字。在3000万附近，相邻的float32数相差2，小数点后面没有数字可言。换任何一批数据，损失都差不多大，所以还是以 `.0` 结尾。NumPy用的是float64，约有十六位数字。
# 3. 权重的梯度仍然是对的。`grad_w2` 根本用不到 `grad_h_relu`，而 `grad_w1` 由 `grad_h` 算出，里面的数是对的。所以每一步都一样，损失也就一样。但现在 `grad_h_relu` 和 `grad_h` 是同一个张量的两个名字，函数返回的 `grad_h_relu` 是错的：梯度不为零的地方，它却是零。谁要是用到它，比如拿来看看，或者继续往回传，得到的就是错误的数。
# ### END SOLUTION
#
# ### BEGIN MARK SCHEME
# 共5分，可以给半分。
#
# - 1分，第1题：形状、dtype和设备。三样答出两样，给半分。
# - 2分，第2题：“float32约有七位数字，而损失在小数点前就有八位”（或者：相邻两个数相差2），1分；“换一批数据也不会变，损失还是差不多大”，1分。
# - 2分，第3题：“权重的梯度不依赖那个弄坏了的张量”，1分；“返回的 `grad_h_relu` 是错的，因为两个名字指同一个张量”，1分。
#
# 公式、语言和长短不计分。
# ### END MARK SCHEME

# %% [markdown] role="prose" name="next" of="00c48e25"
# ## 提交
#
# 选择*Kernel > Restart Kernel and Run All Cells…*（内核 > 重启并运行所有单元格…），从头运行一遍，看看是不是从上到下都正常。下面的单元格汇总你在各项检查中的得分。然后保存笔记本：要提交的就是这个文件。
#
# 接下来是[方法3：把反向传播交给autograd](../way3_autograd/way3_autograd.ipynb)。
