# %% [markdown] role="prose" name="intro" of="019a5603"
# # 方法3：把反向传播交给autograd
#
# 在方法1和方法2里，回去的路是你亲手写的：前向有一行，反向就要配一行。这样写很慢，而且一个弄错的掩码可以藏在不断下降的损失后面。在这个笔记本里，反向传播由PyTorch来做。这个工具叫**autograd**，也就是自动微分：自动求出梯度。
#
# 它不靠猜，也不靠扰动。它**记住**前向传播的每一次运算，也知道每种运算的导数，然后往回走，把这些导数乘起来，和你做过的一样。
#
# 你将要
#
# 1. 做出会记录运算的权重，
# 2. 写出损失，让这份记录一点也不丢，
# 3. 得到梯度，和你手算的比一比，
# 4. 训练。有两个错误是人人都要犯一次的。写循环之前，你会先故意把两个都犯一遍。
#
# 请留出60到80分钟。你需要方法1和方法2里学到的：梯度说明什么，“原地”是什么意思。
#
# **怎么用**：按Shift+Enter运行单元格。在填空里写着 `# YOUR CODE HERE` 的地方写上你的代码，删掉 `raise` 那一行，运行这个单元格，再运行它下面的检查。最后保存笔记本并提交。更多说明见[START](../START.ipynb)。

# %% role="setup" name="setup" of="5ec70f29"
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
check = start("way3_autograd", device=DEVICE, language="zh")

# %% [markdown] role="prose" name="shapes" of="bcdce2a2"
# ## 先看形状
#
# 网络没有变：`x` 乘 `w1`，经过ReLU，再乘 `w2`，最后和 `y` 比较。原稿用float32计算。我们用float64，这样你的损失和这里打印的损失，显示出来的每一位都一样。
#
# 这一次，给表格加一列：**学习时用得着这个张量的梯度吗**？请在纸上把表填好。
#
# | 张量 | 形状 | 你做的，还是算出来的？ | 学习时要用它的梯度吗？ |
# |---|---|---|---|
# | `x` | ? | ? | ? |
# | `y` | ? | ? | ? |
# | `w1` | ? | ? | ? |
# | `h`、`h_relu` | ? | ? | ? |
# | `w2` | ? | ? | ? |
# | `y_pred` | ? | ? | ? |
# | `loss` | ? | ? | ? |
#
# <details><summary>查看答案</summary>
#
# | 张量 | 形状 | 你做的，还是算出来的？ | 学习时要用它的梯度吗？ |
# |---|---|---|---|
# | `x` | (64, 1000) | 你做的 | 不用，数据是不变的 |
# | `y` | (64, 10) | 你做的 | 不用 |
# | `w1` | (1000, 100) | 你做的 | **要** |
# | `h`、`h_relu` | (64, 100) | 算出来的 | 只在通往 `w1` 的路上用到 |
# | `w2` | (100, 10) | 你做的 | **要** |
# | `y_pred` | (64, 10) | 算出来的 | 只在通往权重的路上用到 |
# | `loss` | 一个数，没有轴 | 算出来的 | 它是起点 |
#
# 这么多张量里，只有两个需要把梯度留下来。记住这张表：autograd就是照着它工作的。
#
# </details>

# %% [markdown] role="prose" name="predict" of="3a2f9143"
# ## 预测初始损失
#
# 开始之前，先猜两件事。
#
# 1. 数据和权重都用方法1的，反向传播交给autograd。初始损失是多少：和方法1、方法2的一样，还是另一个数？
# 2. 再往后，第1、2、3步的损失呢：一样，差不多一样，还是差得很远？
#
# <details><summary>查看推理过程</summary>
#
# 1. 一样，3.15195e+07。前向传播没有变。（重新生成数据的话，大约是3200万。原稿在这里打印 `36386432.0`，用float32随机生成一次，得到这样的数很平常。）
# 2. 一样，只要你手算的梯度是对的。梯度属于网络，与用什么办法求它无关。
#
# </details>

# %% [markdown] role="prose" name="graph" of="04ad1fcb"
# ## 计算图
#
# 张量的每一次运算，都由旧的张量得到新的张量。每做一次运算，就从旧张量向新张量画箭头；所有运算都画上，就是**计算图**。每个张量是图上的一个节点。下一个单元格画出我们这个网络的计算图。
#
# 实线箭头是前向的路。虚线箭头是回去的路：梯度从损失出发，逆着实线箭头流动，但只走通往权重的路。没有虚线箭头指向 `x` 和 `y`：没有谁需要它们的梯度。

# %% [markdown] role="prose" name="tensor_that_records" of="980bca0c"
# ## 会记录的张量
#
# 要说清楚这张图，三个词就够了。
#
# - 带有 `requires_grad=True` 的张量会**记录**：对它做的每一次运算都会记下来，对运算结果再做的每一次运算也会记下来。
# - **叶子张量**（简称叶子）是你自己做的张量，位于图的边缘。它不是由会记录的张量算出来的。
# - `grad_fn` 就是那份记录：算出来的张量知道自己出自哪一次运算。叶子没有 `grad_fn`。
#
# 在图的末端有一个数，对它调用 `.backward()`，autograd就往回走到各个叶子，把每个会记录的叶子的梯度放进它的 `.grad` 里。原稿说“一个张量是一个节点，`x.grad` 里是损失对 `x` 的导数”，就是这个意思。
#
# **在纸上算**：设a = 3，b = 2。
#
# ```text
#  c = a · b      c = ?      e对d的导数：2·d = ?
#  d = c - 10     d = ?      e对c的导数：和对d的一样 = ?
#  e = d²         e = ?      e对a的导数：对c的导数，乘以b = ?
#                            e对b的导数：对c的导数，乘以a = ?
# ```
#
# 然后运行单元格，对一对。

# %% role="demonstration" name="small_graph" of="4cb0d714"
a = torch.tensor(3.0, requires_grad=True)
b = torch.tensor(2.0, requires_grad=True)
c = a * b
d = c - 10
e = d**2
print("前向：c =", c.item(), " d =", d.item(), " e =", e.item())

e.backward()
print("反向：a的梯度 =", a.grad.item(), " b的梯度 =", b.grad.item())

for name, node in {"a": a, "c": c, "d": d, "e": e}.items():
    print(f"{name}：叶子 {node.is_leaf}，grad_fn {type(node.grad_fn).__name__}")

# %% [markdown] role="prose" name="about_make_weights" of="213a0db0"
# ## 做出权重
#
# 约5分钟。写出 `make_weights`。它接收 `d_in`、`d_h`、`d_out`、一个 `dtype` 和一个 `device`，返回 `w1` (`d_in`, `d_h`)、`w2` (`d_h`, `d_out`)：零附近的随机数，例如服从标准正态分布的数，采用这个数据类型，放在这个设备上，并且是**会记录梯度的叶子**。
#
# 凡是生成张量的函数，例如 `zeros`、`ones`、`rand` 和 `randn`，除了 `dtype=` 和 `device=`，也都认得 `requires_grad=`。
#
# 注意“叶子”这个词。如果先做好会记录的张量，再拿它来计算，例如放大缩小，或者移到另一个设备上，结果就是算出来的张量。它不是叶子，它的 `.grad` 一直是空的。所以要先把数准备好，最后才打开记录。下一个单元格把两种顺序都演示一遍。
#
# **小例子**：`make_weights(2, 3, 1, …)` 返回形状为 `(2, 3)` 的六个数和形状为 `(3, 1)` 的三个数。有四个问题，答案必须都是“是”：`w1` 会记录吗？它是叶子吗？`w2` 会记录吗？它是叶子吗？

# %% role="demonstration" name="leaf_or_not" of="512285a0"
computed = torch.ones(2, 3, requires_grad=True) * 0.5
print("先打开记录，再缩放：叶子", computed.is_leaf, " 会记录", computed.requires_grad)

made = (torch.ones(2, 3) * 0.5).requires_grad_()
print("先缩放，再打开记录：叶子", made.is_leaf, "  会记录", made.requires_grad)


# %% role="exercise" name="make_weights" of="e3025681"
def make_weights(d_in, d_h, d_out, dtype, device):
    """生成两个权重矩阵：零附近的随机数，是会记录梯度的叶子。

    dtype：两者的数据类型，device：两者所在的设备
    -> w1 (d_in, d_h), w2 (d_h, d_out)
    """
    ### BEGIN SOLUTION
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    return w1, w2
    ### END SOLUTION


# %% [markdown] role="prose" name="same_numbers" of="8ac9e3de"
# ## 和以前一样的起点
#
# 要和方法1、方法2比较，就得用它们的数。这个单元格从 `same_draw()` 取来数据。权重则由一个函数来给：每次调用，它都返回一对新的、会记录的叶子，里面总是方法1最初的那些值。训练会改变权重，所以这样很方便。

# %% role="demonstration" name="draw" of="bf6eefaf"
x, y = (torch.from_numpy(array).to(DEVICE, DTYPE) for array in same_draw()[:2])


def fresh_weights():
    """返回新的叶子，里面是方法1开始时的权重。"""
    place = {"dtype": DTYPE, "device": DEVICE, "requires_grad": True}
    return [torch.tensor(array, **place) for array in same_draw()[2:]]


w1, w2 = fresh_weights()
for name, tensor in {"x": x, "y": y, "w1": w1, "w2": w2}.items():
    print(f"{name:2}  {tuple(tensor.shape)}  会记录 {tensor.requires_grad}")

# %% [markdown] role="prose" name="about_loss" of="649afaf7"
# ## 把损失写成张量
#
# 约6分钟。写出 `loss_fn`。输入是 `x` (`n`, `d_in`)、`y` (`n`, `d_out`)、`w1` (`d_in`, `d_h`)、`w2` (`d_h`, `d_out`)。它完成整个前向传播，返回各个差的平方之和：一个**没有轴的张量**，仍然连在计算图上。
#
# `h` 和 `h_relu` 不用再留着了。以前是反向传播要用它们，现在autograd会自己留下需要的东西。所以前向传播可以像原稿那样写成一行，也可以写成几行。
#
# 千万不能做的，是把计算图剪断。下面这些都会剪断它：
#
# - `item()` 给出一个普通的数。数没有记录。等损失算好了，打印的时候再用它。
# - `detach()`、`.data` 和 `.numpy()` 只给出数值，不带记录。
# - 在 `torch.no_grad()` 里面算的一切都没有记录，哪怕输入是会记录的张量。
#
# 下一个单元格拿一张小图，用这些办法各剪一次。
#
# **小例子**还是方法1的那一个：
#
# ```text
#      x          w1          h        h_relu      w2     y_pred     y     loss
#  [ 1   2 ]  [ 1  -1 ]  [ 3   3 ]  [ 3   3 ]  [  1 ]  [ -3 ]  [ -4 ]  1² + (-3)²
#  [ 3  -1 ]  [ 1   2 ]  [ 2  -5 ]  [ 2   0 ]  [ -2 ]  [  2 ]  [  5 ]    = 10
# ```
#
# 你的函数返回一个张量，里面装着10。

# %% role="demonstration" name="graph_cut" of="58ecbb70"
a = torch.tensor(3.0, requires_grad=True)
print("a * 2会记录：", (a * 2).requires_grad)
print("分离以后会记录：", (a * 2).detach().requires_grad)
with torch.no_grad():
    print("no_grad里面会记录：", (a * 2).requires_grad)

print("item()给出", type((a * 2).item()).__name__)
try:
    (a * 2).item().backward()
except AttributeError as error:
    print("AttributeError:", error)
try:
    (a * 2).detach().backward()
except RuntimeError as error:
    print("RuntimeError:", str(error)[:50], "…")


# %% role="exercise" name="loss_fn" of="26d9cdac"
def loss_fn(x, y, w1, w2):
    """运行网络，返回所有差的平方之和，从它可以做反向传播。

    x (n, d_in), y (n, d_out), w1 (d_in, d_h), w2 (d_h, d_out)   -> 一个没有轴的张量
    """
    ### BEGIN SOLUTION
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return (y_pred - y).pow(2).sum()
    ### END SOLUTION


# %% [markdown] role="prose" name="first_loss_text" of="bb850af9"
# ## 你的初始损失
#
# 第一个猜测的答案来了。最后一行沿着计算图往回走，从损失走到最早的运算。从左往右读：这就是你的前向传播，只是最后的运算排在最前面。

# %% role="demonstration" name="first_loss" of="d5b0462a"
first = loss_fn(x, y, w1, w2)
print(f"初始损失：{first.item():.6g}   （方法1和方法2打印的是3.15195e+07）")
print("轴的个数：", first.dim(), " 会记录：", first.requires_grad)

trail, node = [], first.grad_fn
while node is not None:
    trail.append(type(node).__name__.partition("Backward")[0])
    node = node.next_functions[0][0] if node.next_functions else None
print("从损失往回走：", " > ".join(trail))

# %% [markdown] role="prose" name="gradients_add_up" of="1458d9b3"
# ## 梯度会累积
#
# `.backward()` 不是把梯度**写进** `.grad`，而是**加到** `.grad` 原有的值上。在大一些的程序里这很有用，例如几个损失共用一个权重的时候。在训练循环里，它却是个陷阱：旧的梯度会一直留在这个和里。
#
# 所以旧的梯度必须清掉。原稿对每个权重的梯度调用 `zero_()`，作者还在旁边注了一句：没有查到这个函数。手册里其实有，只要知道往哪里找。梯度本身就是张量，所以它的方法也就是 `Tensor` 的方法：要找的是 `Tensor.zero_`。**末尾的下划线**是PyTorch起名字的规矩：`a.add(1)` 做出新的张量，`a.add_(1)` 则改变 `a` 自己，也就是原地修改。所以 `zero_()` 的意思是：在原地把张量填成零。
#
# 还有，在第一次 `.backward()` 之前，根本没有梯度。那时 `.grad` 是 `None`，而 `None` 没有 `zero_`。想清掉梯度，还可以自己把它设成 `None`：`a.grad = None`。下一次 `.backward()` 会做一个新的。
#
# **先在纸上算**：a = 3，f = a²，导数2a = 6。反向走一次以后，`a.grad` 是多少？走两次以后呢？清零再走一次以后呢？

# %% role="demonstration" name="adding_up" of="a83b3fd7"
a = torch.tensor(3.0, requires_grad=True)
print("反向之前：", a.grad)
try:
    a.grad.zero_()
except AttributeError as error:
    print("清零太早：", error)

(a**2).backward()
print("反向一次：", a.grad.item())
(a**2).backward()
print("反向两次：", a.grad.item())
a.grad.zero_()
print("清零之后：", a.grad.item())
(a**2).backward()
print("再次反向：", a.grad.item())

b = torch.tensor([1.0, 2.0])
b.add(10)
print("add之后： ", b.tolist())
b.add_(10)
print("add_之后：", b.tolist())

# %% [markdown] role="prose" name="about_gradients" of="979e67e7"
# ## 向autograd要梯度
#
# 约7分钟。写出 `gradients`。输入和 `loss_fn` 的一样。它返回由autograd求出的 `grad_w1` (`d_in`, `d_h`)、`grad_w2` (`d_h`, `d_out`)。
#
# 用同样的权重调用两次，两次的答案必须一样。请考虑三件事：
#
# - `.grad` 里可能还留着上一次调用的东西。
# - 第一次调用时，里面什么也没有，连零都没有。
# - 你返回的张量，以后不应该再变。如果它就是 `.grad` 里的那个张量，那么后来的调用把它清零，或者在原地往上加，先前的答案也就跟着变了。对付的办法，你在方法2里学过。
#
# 还有一个函数 `torch.autograd.grad`，它直接返回梯度，不去动 `.grad`。用哪一个都可以。
#
# **小例子**：用“把损失写成张量”那一节的数，你的函数必须得到你在方法1里手算的结果：`grad_w1` 的两行是−16、−4和10、−8，`grad_w2` 是−6和6。


# %% role="exercise" name="gradients" of="7aae2fa3"
def gradients(x, y, w1, w2):
    """让autograd求出损失的梯度；同样的调用，每次的答案都一样。

    x (n, d_in), y (n, d_out), w1 (d_in, d_h), w2 (d_h, d_out)
    -> grad_w1 (d_in, d_h), grad_w2 (d_h, d_out)
    """
    ### BEGIN SOLUTION
    w1.grad, w2.grad = None, None
    loss_fn(x, y, w1, w2).backward()
    return w1.grad.clone(), w2.grad.clone()
    ### END SOLUTION


# %% [markdown] role="prose" name="two_witnesses" of="57285b6a"
# ## 两个旁证
#
# 替你干活的工具，也该检验一下。这里有两个旁证。第一个是你的方法1：它打印过手算梯度里的几个数。第二个是梯度本身的含义：把权重调大一点点、调小一点点，看损失怎么变。


# %% role="demonstration" name="witnesses" of="f284962e"
def witness(which, row, column, nudge=1e-4):
    """扰动w1（which=0）或w2（which=1）的一个权重，量出它的梯度。"""
    seen = []
    for step in (nudge, -nudge):
        moved = [w.detach().clone() for w in (w1, w2)]
        moved[which][row, column] += step
        seen.append(loss_fn(x, y, *moved).item())
    return (seen[0] - seen[1]) / (2 * nudge)


found = gradients(x, y, w1, w2)
print("权重           autograd      方法1       扰动")
for which, row, column, way1 in (
    (0, 0, 0, -2264.8),
    (0, 500, 50, -16470.4),
    (0, 999, 99, 9042.1),
    (1, 0, 0, -135630.1),
    (1, 99, 9, -6815.1),
):
    value = found[which][row, column].item()
    label = f"w{which + 1}[{row}, {column}]"
    print(f"{label:12} {value:10.1f} {way1:10.1f} {witness(which, row, column):10.1f}")

# %% [markdown] role="prose" name="after_two_witnesses" of="0798e8cb"
# 三者都一致。还记得掩码上的那个疏漏吗？在这里它不可能发生：门是开是关，autograd看的是前向传播，因为它记录的正是前向传播。（恰好在0的地方，它必须选定一个导数。PyTorch的ReLU取0。）

# %% [markdown] role="prose" name="update_without_recording" of="46296dc4"
# ## 更新时不记录
#
# 更新会改变权重。可是权重会把对它做的一切都记录下来，而更新并不是网络的一部分。要是把更新也记录下来，计算图就会一直连回训练的每一步。所以PyTorch不允许这样做：会记录的叶子，不能原地修改。
#
# 在 `with torch.no_grad():` 里面，什么都不记录，哪怕张量带有 `requires_grad=True`。在那里就可以修改了，权重也仍然是原来的那个叶子。
#
# 有个办法看上去能绕过这个错误，就是做一个新的张量，例如 `a = a - 0.1`。这样不会报错，可是请看输出的最后一行：新的 `a` 是算出来的张量。它不是叶子，也得不到 `.grad`。训练到下一步就会失败。

# %% role="demonstration" name="update_in_three_ways" of="9ef4f81f"
a = torch.tensor([1.0, 2.0], requires_grad=True)
try:
    a -= 0.1
except RuntimeError as error:
    print("记录，原地修改：RuntimeError:", str(error)[:40], "…")

with torch.no_grad():
    a -= 0.1
print("no_grad里面：叶子", a.is_leaf, " 会记录", a.requires_grad)
print("no_grad里面：数值", np.round(a.tolist(), 6).tolist())

a = a - 0.1
print("新的a：叶子", a.is_leaf, " 会记录", a.requires_grad)

# %% [markdown] role="prose" name="predict_step_three" of="c40a3b1f"
# ## 预测第3步
#
# 忘了把梯度清零，会发生什么？拿一个数来算：f = a²，导数2a，从a = 1出发，学习率0.1。每一步从a减去0.1乘 `a.grad`。
#
# | 步 | a，每步清零 | 损失a² | a，从不清零 | `a.grad` 的内容 | 损失a² |
# |---|---|---|---|---|---|
# | 0 | 1 | 1 | 1 | 2 | 1 |
# | 1 | 0.8 | 0.64 | 0.8 | 2 + 1.6 = 3.6 | 0.64 |
# | 2 | 0.64 | 0.4096 | ? | ? | ? |
# | 3 | 0.512 | 0.2621 | ? | ? | ? |
# | 4 | 0.4096 | 0.1678 | ? | ? | ? |
#
# 从哪一步起，两边的损失不一样？“从不清零”是更好，还是更差？
#
# <details><summary>查看答案</summary>
#
# | 步 | a，从不清零 | `a.grad` 的内容 | 损失a² |
# |---|---|---|---|
# | 2 | 0.8 − 0.36 = 0.44 | 3.6 + 0.88 = 4.48 | 0.1936 |
# | 3 | 0.44 − 0.448 = −0.008 | 4.48 − 0.016 = 4.464 | 0.000064 |
# | 4 | −0.008 − 0.4464 = −0.4544 | 4.464 − 0.9088 = 3.5552 | 0.2065 |
#
# 从**第2步**起不一样。第0步的损失在所有更新之前；第一次更新只用到第一个梯度。开头“从不清零”看上去甚至更好。然后a冲过最低点，爬上了另一边，因为旧的梯度还在推它。
#
# </details>

# %% [markdown] role="prose" name="about_train" of="85c62ec9"
# ## 训练循环
#
# 约12分钟。写出 `train`。输入是 `x`、`y`、两个会记录的叶子 `w1` 和 `w2`、学习率 `lr`，还有步数 `steps`。每一步有四个部分：
#
# 1. 算出损失，把它作为普通的数记下来，
# 2. 从损失开始做反向传播，
# 3. 不记录：从每个权重减去 `lr` 乘以它的梯度，原地修改，
# 4. 把两个梯度清零，让下一步从零开始。
#
# 它返回损失的列表，每一步一个数，都是在这一步更新之前取的。训练之后，`w1` 和 `w2` 还是原来的叶子，只是里面的数变了。
#
# 动手之前，先想想第4部分。如果在第2和第3部分之间清零，会怎么样？如果在第一步的最开头清零，又会怎么样？
#
# <details><summary>查看答案</summary>
#
# 在第2和第3部分之间：梯度还没用上就没了，权重永远不动，损失一直不变。在最开头：这时还没有梯度，`.grad` 是 `None`，你会碰到前面见过的那个错误。
#
# </details>
#
# **小例子**：取 `lr` = 0.01，损失从10和5.43开始。一步之后，`w2` 变成1.06和−2.06。


# %% role="exercise" name="train" of="0a8a5744"
def train(x, y, w1, w2, lr, steps):
    """学习：用autograd给的梯度，原地修改叶子w1和w2，一共steps次。

    x (n, d_in), y (n, d_out), w1 (d_in, d_h), w2 (d_h, d_out)
    lr：学习率，steps：多少次
    -> losses，一个列表，每一步一个Python浮点数，都是在这一步更新之前取的
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses
    ### END SOLUTION


# %% [markdown] role="prose" name="learn" of="7f252090"
# ## 看它学习
#
# 和以前一样，500步。黑色的圆圈是方法1和方法2的损失。第二个猜测的答案就在图里。

# %% role="demonstration" name="loss_curve" of="5dd72082"
losses = train(x, y, *fresh_weights(), 1e-6, 500)
for step in (0, 1, 2, 3, 10, 50, 100):
    print(f"第{step:3}步：{losses[step]:.6g}")
print(f"第499步：{losses[-1]:.2g}")
figures.losses({"方法3": losses}, beside={"ways 1 to 3": "方法1和方法2"})

# %% [markdown] role="prose" name="forgotten_zeros" of="b3684850"
# ## 忘了清零
#
# 在纸上你已经看到，一个数会冲过最低点。要是梯度从不清零，整个网络会怎样？下一个单元格用你的 `gradients` 来模仿：它把所有的梯度都加起来，用这个和去更新。先猜一猜：3步之后，曲线在正确的曲线之上还是之下？100步之后呢？

# %% role="demonstration" name="never_zeroed" of="164da602"
weights, pile, losses_piled = fresh_weights(), [0, 0], []
for _ in range(101):
    losses_piled.append(loss_fn(x, y, *weights).item())
    pile = [old + new for old, new in zip(pile, gradients(x, y, *weights), strict=True)]
    weights = [(w - 1e-6 * p).detach().requires_grad_() for w, p in zip(weights, pile, strict=True)]

for step in (0, 1, 2, 3, 10, 100):
    print(f"第{step:3}步：清零 {losses[step]:8.3g}  从不 {losses_piled[step]:8.3g}")
figures.losses({"每步清零": losses[:101], "从不清零": losses_piled})

# %% [markdown] role="prose" name="after_forgotten_zeros" of="cdb0d7ec"
# 第0步和第1步相等，和你预测的一样，第2步看上去甚至更好。可见，头两个损失什么也证明不了。所以 `train` 的检查要看更多的步数。

# %% [markdown] role="prose" name="look_back" of="90d5ed76"
# ## 回顾
#
# | 要做的事 | 方法2 | 方法3 |
# |---|---|---|
# | 留着 `h` 和 `h_relu`，回去的路上用 | 你来做 | 计算图来做 |
# | 反向传播 | 手写六行 | 调用一次 |
# | 更新 | 两行 | 两行，不记录 |
# | 梯度清零 | 不需要：每次都是重新算的 | 两行 |
#
# 你交出了最容易出错的部分，接下了两件小任务：`no_grad` 和清零。计算图还要占内存，因为反向传播需要的一切，在前向传播时算出来以后，就得一直留到用它的时候。
#
# 假设现在要加上第三层。在方法2里，你得推导新的公式。在这里，只要改前向传播的一行，再改一下更新。到了方法4，层成了对象，不管网络有多少层，更新都是同一段代码。

# %% [markdown] role="prose" name="question" of="fc7fa67a"
# ## 用自己的话解释
#
# 约8分钟，5分，由人批阅。三位朋友的训练里各有一个错误。请对每一位说明：这位朋友会**看到**什么（报错，还是怎样的损失），为什么。
#
# 1. 第一位在 `no_grad` 外面更新权重。
# 2. 第二位从来不把梯度清零。还要说明：在哪几步，损失仍然和你的一致。
# 3. 第三位让 `loss_fn` 返回 `loss.item()`。
#
# 最后还有一问：在方法1里，梯度的哪些元素能通过ReLU，是由你决定的。autograd从哪里知道这一点？

# %% [markdown] role="written" name="explain" of="a2b3fa85"
# **你的回答**
#
# ### BEGIN SOLUTION
# 1. 第一次更新就报错。权重是会记录的叶子，原地更新会被当作网络的一部分记录下来。PyTorch不允许原地修改这样的叶子。（如果写成 `w1 = w1 - …`，不会马上报错，但新的 `w1` 不是叶子，所以没有 `.grad`，下一步就会失败。）
# 2. 不报错。`.backward()` 是往 `.grad` 上加，所以每次更新用的是到那时为止所有梯度的和。第0步和第1步的损失一致：第0个损失在所有更新之前，第一次更新只用到第一个梯度。从第2步起就不一样了。损失起初可能下降得更快，然后权重冲过最低点，损失忽高忽低，还可能无休止地增大。
# 3. 在 `.backward()` 处报错：Python的数没有这个方法。`item()` 只给出数值，它是怎样算出来的，这份记录丢了。
# 4. 从前向传播。计算ReLU的时候，autograd记下了哪些元素是正的（或者判断这一点所需要的东西）。往回走时，它只让梯度在这些位置通过。
# ### END SOLUTION
#
# ### BEGIN MARK SCHEME
# 共5分，可以给半分。
#
# - 1分，第1题：报错（叶子不能原地修改）；如果说的是重新赋值的写法：下一步没有 `.grad`。理由必须提到记录。
# - 2分，第2题：“梯度会累积，不报错，损失变得不对”，1分；“第0步和第1步一致，从第2步起不一样”并说明理由，1分。
# - 1分，第3题：在 `.backward()` 处报错，因为一个数没有它是怎样算出来的记录。
# - 1分，最后一题：来自前向传播时的值（`h` 的符号），是在前向传播时记录下来的。只答“autograd知道”，给0分。
# ### END MARK SCHEME

# %% [markdown] role="prose" name="next" of="2f68c928"
# ## 提交
#
# 选一次*Kernel > Restart Kernel and Run All Cells…*（内核 > 重启并运行所有单元格…），看看从头到尾是不是都正常。下面的单元格会汇总各个检查的得分。然后保存笔记本：要提交的就是这个文件。
#
# 接下来是[方法4：用 `torch.nn` 的层](../way4_sequential/way4_sequential.ipynb)。
