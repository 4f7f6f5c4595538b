# %% [markdown] role="prose" name="intro" of="68e07065"
# # 方法1：用NumPy搭建两层网络
#
# 在这里，你要亲手搭建一个神经网络。你手里只有数组，没有哪个库替你学习。到最后它学会了，而让它学会的每一个数，你都清清楚楚。
#
# 也许你对着空白的单元格，两眼发蒙，无从下手。这很正常，别怕。有一个顺序总是管用：
#
# 1. 定下各层单元的个数：多少个输入，多少个隐藏单元，多少个输出。
# 2. 写出每个数组的形状：输入、目标值、权重。
# 3. 写一次前向传播，算出一个表示误差的数，再写一次反向传播。
# 4. 把这三步放进循环。
#
# 这个笔记本就按这个顺序来，共有五个代码填空和一道书面题。请留出90到120分钟，写反向传播之前休息一下。
#
# **怎么用**：点一下单元格，按Shift+Enter，就能运行它。填空是一个函数，函数体里写着 `# YOUR CODE HERE` 和 `raise NotImplementedError()`。把你的代码写在那里，删掉 `raise` 那一行。先运行这个单元格，再运行它下面的检查单元格。检查会用自己准备的几组数据来调用你的函数，大小各不相同，然后告诉你哪些对了，哪些还不对。想试几次就试几次。
#
# 其余的代码单元格是用来演示的。其中有些折叠着，因为它们只画一张图，照样运行就好。它们都会用到你前面写好的函数，所以要从上往下依次运行。重启之后，点一下刚才所在的单元格，选择*Run > Run All Above Selected Cell*（运行 > 运行选中单元格上方的所有单元格）。最后保存笔记本，提交。这些在[START](../START.ipynb)里都有更详细的说明。

# %% role="setup" name="setup" of="17b65015"
try:
    from course import start
except ModuleNotFoundError as missing:
    missing._render_traceback_ = lambda: [
        "这里缺少课程的Python包，资料包里有。",
        "请在新单元格里运行下面这一行，再重新运行本单元格：",
        "%pip install --no-index --find-links=. --find-links=.. course",
    ]
    raise

import numpy as np

from course import figures

N, D_IN, D_H, D_OUT = 64, 1000, 100, 10
check = start("way1_numpy", language="zh")

# %% [markdown] role="prose" name="network" of="1ad5f19b"
# ## 网络
#
# 你的数据是64个样本。每个样本是一行1000个数，叫做**输入**。每个样本还配有10个数，叫做**目标值**，也就是网络应该给出的答案。
#
# 网络有两层**权重**。第一层把1000个输入变成100个隐藏值，第二层再把隐藏值变成10个输出。两层之间是一个非常简单的函数**ReLU**：负数变成0，其余的数保持不变。
#
# ```text
#  x ─► 乘 w1 ─► h ─► ReLU ─► h_relu ─► 乘 w2 ─► y_pred ─► loss ◄─ y
# ```
#
# - `x` 存放输入，`y` 存放目标值，每个样本一行。
# - `w1` 和 `w2` 是权重。学习所改变的只有这两个数组。
# - `h` 存放经过ReLU之前的隐藏值，`h_relu` 存放经过之后的。
# - `y_pred` 是网络的答案。`loss`（损失）是一个数，说明这个答案错得有多厉害。
#
# 为什么要有ReLU？没有它，两层并不比一层强：两个矩阵相乘，得到的还是一个矩阵。
#
# 下一个单元格画出这个网络，图中的单元比实际的少。

# %% [markdown] role="prose" name="shapes" of="d407718f"
# ## 先看形状
#
# 这类程序里的错误，多半出在形状上。所以写代码之前，先把形状写下来。
#
# 各个大小都有名字：`n` 是样本数，`d_in` 是输入的个数，`d_h` 是隐藏单元的个数，`d_out` 是输出的个数。在这里，它们分别是64、1000、100和10。你只需要一条规则：两个矩阵要能相乘，内侧的两个大小必须相等；乘完之后，留下外侧的两个大小。
#
# ```text
#  (行, 内侧) 乘 (内侧, 列)  得到  (行, 列)
# ```
#
# 在纸上填好这张表。
#
# | 数组 | 是什么 | 形状（用名字写） | 这里的形状 |
# |---|---|---|---|
# | `x` | 输入 | (`n`, `d_in`) | (64, 1000) |
# | `y` | 目标值 | ? | ? |
# | `w1` | 第一层的权重 | ? | ? |
# | `h` | `x` 乘 `w1` | ? | ? |
# | `h_relu` | `h` 经过ReLU之后 | ? | ? |
# | `w2` | 第二层的权重 | ? | ? |
# | `y_pred` | `h_relu` 乘 `w2` | ? | ? |
# | `loss` | 答案错得有多厉害 | ? | ? |
#
# <details><summary>查看答案</summary>
#
# | 数组 | 形状（用名字写） | 这里的形状 |
# |---|---|---|
# | `x` | (`n`, `d_in`) | (64, 1000) |
# | `y` | (`n`, `d_out`) | (64, 10) |
# | `w1` | (`d_in`, `d_h`) | (1000, 100) |
# | `h` | (`n`, `d_h`) | (64, 100) |
# | `h_relu` | (`n`, `d_h`) | (64, 100) |
# | `w2` | (`d_h`, `d_out`) | (100, 10) |
# | `y_pred` | (`n`, `d_out`) | (64, 10) |
# | `loss` | 一个数 | 没有形状 |
#
# </details>
#
# 表填满之后，运行下一个单元格。它用矩形画出这两次相乘，内侧的边画成粗线。（图中谁大谁小是对的，但没有按比例画。）

# %% [markdown] role="prose" name="predict" of="7633708a"
# ## 预测初始损失
#
# 所有数组一开始都是随机数，均值0，方差1。损失是 `y_pred` 与 `y` 之间所有差的平方之和。在什么都还没学的时候，它会有多大：大约600，大约6万，还是大约3000万？先选一个，再往下读。
#
# 你可以一步一步算出来：
#
# 1. `h` 的每个元素是1000个乘积之和，每个乘积由两个这样的随机数相乘而来。每个乘积的均值是0，方差是1，所以和的方差是1000。
# 2. ReLU丢掉了负的那一半。所以 `h_relu` 的元素，**平方**的均值是1000 / 2 = 500。
# 3. `y_pred` 的每个元素，是100个这样的值各乘一个随机权重，再加起来：平方的均值是100 · 500 = 50000。目标值的平方均值只有1，与它相比可以忽略。
# 4. 一共有64 · 10 = 640个元素：640 · 50000 = **3200万**。
#
# 用名字写出来：
#
# $$\text{初始损失} \approx \frac{n \cdot d_{out} \cdot d_h \cdot d_{in}}{2}$$
#
# 很快你就会看到，你自己的初始损失离它有多近。

# %% [markdown] role="prose" name="about_make_data" of="073b710f"
# ## 生成数据
#
# 约4分钟。写出 `make_data`。它接收一个随机数生成器 `rng` 和四个大小，返回四个随机数组：`x` (`n`, `d_in`)、`y` (`n`, `d_out`)、`w1` (`d_in`, `d_h`)、`w2` (`d_h`, `d_out`)。**按这个顺序**生成，每个数组只调用一次 `rng`，这样，从同样的生成器出发，人人得到的数都相同。
#
# 生成器能给出好几种随机数：
#
# - `rng.random(shape)`：**均匀分布**，0到1之间的数机会均等。在旧代码里，它叫 `rand`。
# - `rng.standard_normal(shape)`：**正态分布**，以0为中心的钟形曲线，方差为1。在旧代码里，它叫 `randn`。
#
# 你要用第二种。如果用 `rand`，所有权重都不会是负数，所有隐藏单元就都把答案往同一个方向推。
#
# **小例子**：取 `n, d_in, d_h, d_out = 2, 3, 4, 1`，四个数组的形状是 `(2, 3)`、`(2, 1)`、`(3, 4)`、`(4, 1)`。把 `x` 和 `w1` 的形状念出声来，“二乘三，三乘四”：内侧的大小相等，所以第一次相乘没有问题。`h_relu` 和 `w2` 也对得上吗？

# %% role="exercise" name="make_data" of="4c1308dc"
def make_data(rng, n, d_in, d_h, d_out):
    """生成输入、目标值和两个权重矩阵：标准正态分布的随机数，按这个顺序。

    rng：numpy.random.Generator
    -> x (n, d_in), y (n, d_out), w1 (d_in, d_h), w2 (d_h, d_out)
    """
    ### BEGIN SOLUTION
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return x, y, w1, w2
    ### END SOLUTION

# %% [markdown] role="prose" name="rand_or_randn" of="7d33a436"
# 现在生成本课程的数据。生成器从种子0开始，所以你得到的数与大家的相同。六个笔记本用的都是这一次生成的数据，以后你可以逐个数地比较。
#
# 下面的图说明 `rand` 和 `randn` 是什么意思：数的个数一样多，分布的方式不同。

# %% role="demonstration" name="draw_data" of="608e6ca8"
x, y, w1, w2 = make_data(np.random.default_rng(0), N, D_IN, D_H, D_OUT)
print("x", x.shape, " y", y.shape, " w1", w1.shape, " w2", w2.shape)
print(f"w1中负数所占的比例：{np.mean(w1 < 0):.2f}")

# %% [markdown] role="prose" name="maximum_or_max" of="2ce5c9c1"
# ## maximum与max
#
# 写ReLU，要逐元素地取“两个数中较大的一个”。NumPy有两个名字相近的函数：
#
# - `np.maximum(a, b)` 拿**两个**东西来逐元素**比较**，结果的形状与数组相同。其中一个也可以只是一个数，这时每个元素都与这个数比较。
# - `np.max(a)` 接收**一个**数组，把它**归约**成其中最大的元素。指定轴之后，`np.max(a, 0)` 归约的是每一列。这里的0不是拿来比较的数，它说的是哪个轴会消失。
#
# 下一个单元格里有两个数组。先预测每个结果，再运行它。

# %% [markdown] role="prose" name="about_forward" of="ca0ca40f"
# ## 前向传播
#
# 约6分钟。写出 `forward`。输入是 `x` (`n`, `d_in`)、`w1` (`d_in`, `d_h`)、`w2` (`d_h`, `d_out`)。它返回三个数组：
#
# - `h` (`n`, `d_h`)：`x` 与 `w1` 的矩阵乘积；
# - `h_relu` (`n`, `d_h`)：把 `h` 的负元素都换成0，其余不变；
# - `y_pred` (`n`, `d_out`)：`h_relu` 与 `w2` 的矩阵乘积。
#
# 两个数组 `a` 与 `b` 的矩阵乘法写作 `a.dot(b)` 或 `a @ b`。星号 `a * b` 是另一回事：它逐元素相乘。
#
# 反向传播时，这三个结果都要用到。所以 `h` 必须保留它的负数：`h_relu` 是一个新数组。
#
# **在纸上算的小例子**：两个样本，两个输入，两个隐藏单元，一个输出。
#
# ```text
#      x            w1            h = x 乘 w1         h_relu        w2       y_pred
#  [ 1   2 ]    [ 1  -1 ]         [ 3   3 ]         [ 3   3 ]     [  1 ]     [ -3 ]
#  [ 3  -1 ]    [ 1   2 ]         [ 2  -5 ]         [ 2   0 ]     [ -2 ]     [  2 ]
# ```
#
# 比如 `h` 里的−5，就是 `x` 的第二行乘 `w1` 的第二列：3 · (−1) + (−1) · 2 = −5。对第二个样本，这个单元是**关**的：ReLU把−5变成0。其余三个是**开**的。剩下的数请你自己验算。以后每一节都会再见到这个例子。

# %% role="exercise" name="forward" of="7e37edcb"
def forward(x, w1, w2):
    """计算网络的答案，并保留途中算出的结果。

    x (n, d_in), w1 (d_in, d_h), w2 (d_h, d_out)
    -> h (n, d_h) ReLU之前, h_relu (n, d_h) ReLU之后, y_pred (n, d_out)
    """
    ### BEGIN SOLUTION
    h = x.dot(w1)
    h_relu = np.maximum(0, h)
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred
    ### END SOLUTION

# %% [markdown] role="prose" name="tiny_forward_text" of="9590cfbc"
# 现在用小例子运行你的函数，与纸上的结果对一对。小例子的数组，名字都以 `tiny_` 开头，免得覆盖真正的数组。

# %% [markdown] role="prose" name="about_loss" of="e096140a"
# ## 损失
#
# 约3分钟。写出 `loss_fn`。输入是 `y_pred` 和 `y`，形状相同：(`n`, `d_out`)。它返回一个数：求出每一对元素的差，取平方，再把所有平方加起来。
#
# 为什么要平方？不平方的话，+3的误差和−3的误差会互相抵消，损失就会说这样完美无缺。为什么求和，而不求平均？两种都行。本课程用的是和，所以损失和所有梯度都是和。
#
# **小例子**：网络的答案是−3和2，目标值是−4和5。差是1和−3，平方是1和9，损失是10。

# %% role="exercise" name="loss_fn" of="a0582f82"
def loss_fn(y_pred, y):
    """说出答案错得有多厉害：所有差的平方之和。

    y_pred (n, d_out), y (n, d_out)   -> 一个数
    """
    ### BEGIN SOLUTION
    return float(np.square(y_pred - y).sum())
    ### END SOLUTION

# %% [markdown] role="prose" name="first_loss_text" of="19af89c9"
# ## 你的初始损失
#
# 你预测的是大约3200万。下面就是在本课程的数据上的初始损失。
#
# 它不会正好是3200万：数据是随机的，换一批数据，损失就不一样。所以这个单元格再生成100批数据，把它们的初始损失都画出来。本课程源自一个笔记本，我们叫它原稿；它用类似的权重运行过三次，打印出3050万、2910万和3640万。这就是图中的三角形：三批普普通通的数据。

# %% role="demonstration" name="first_loss" of="0bdf6bac"
first_loss = loss_fn(forward(x, w1, w2)[2], y)
print(f"预测的损失：{N * D_OUT * D_H * D_IN / 2:.6g}")
print(f"算出的损失：{first_loss:.6g}")

others = []
for seed in range(1, 101):
    draw_x, draw_y, draw_w1, draw_w2 = make_data(np.random.default_rng(seed), N, D_IN, D_H, D_OUT)
    others.append(loss_fn(forward(draw_x, draw_w1, draw_w2)[2], draw_y))
figures.first_losses(others, first_loss, original="ways 1 to 3")

# %% [markdown] role="prose" name="what_a_gradient_says" of="0a17d563"
# ## 梯度告诉你什么
#
# 学习，就是改变权重，让损失变小。一个权重该往哪个方向动？你可以这样问：**把这一个数调大一点点，损失会怎么变？**
#
# 在纸上试试。小例子里，第一个答案是−3，它的目标值是−4，损失是10。把这个答案调大0.01，变成−2.99。差就变成1.01，平方是1.0201，损失是10.0201。损失增加了0.0201，大约是这个扰动的**2倍**。这个倍数，就是损失关于这个数的**梯度**。（只有一个数的时候，它也叫**导数**；在损失的图像上，它就是斜率。）
#
# - 梯度为正：把这个数调大，损失变大。
# - 梯度为负：把这个数调大，损失变小。
# - 梯度为0：微小的扰动什么也改变不了。
#
# 数组的每个元素都有自己的倍数。于是有了一条规则，它以后会常常帮到你：
#
# > **梯度的形状，与它所属的数组完全相同。**
#
# 你需要五个梯度。填出它们的形状。
#
# | 梯度 | 属于 | 这里的形状 |
# |---|---|---|
# | `grad_y_pred` | `y_pred` | ? |
# | `grad_w2` | `w2` | ? |
# | `grad_h_relu` | `h_relu` | ? |
# | `grad_h` | `h` | ? |
# | `grad_w1` | `w1` | ? |
#
# <details><summary>查看答案</summary>
#
# (64, 10)、(100, 10)、(64, 100)、(64, 100)、(1000, 100)：各与所属的数组形状相同。
#
# </details>
#
# 要是一个一个地扰动权重，走一步就得做101000次前向传播。反向传播一次就能求出所有倍数。它从损失出发，朝着 `x` 往回走，一次一个数组。下一个单元格画出这条路：上面是前向，下面是反向。数字说明你会按什么顺序求出五个梯度。

# %% [markdown] role="prose" name="start_at_the_loss" of="3d654229"
# ## 从损失开始
#
# 前向传播在哪里结束，反向传播就从哪里开始。紧挨在损失前面的是哪个数组？是 `y_pred`，每个样本有10个输出。所以第一个梯度是 `grad_y_pred`，形状是 `(64, 10)`。
#
# 损失是许多平方u²之和，每个元素一项，其中u = 预测值 − 目标值。知道两件事就够了：
#
# - 在这个和里，`y_pred` 的每个元素只出现在一个平方里，不影响其他平方。
# - 平方u²的导数是2u。（上面你已经见过：u是1，倍数约为2。）
#
# **小例子**：差是1和−3，于是
#
# ```text
#  grad_y_pred = [  2 ]
#                [ -6 ]
# ```
#
# 看看符号：第一个答案太大，再调大，损失就变大。第二个太小，把它调大，损失就变小。

# %% [markdown] role="prose" name="gradient_of_w2" of="54be3660"
# ## w2的梯度
#
# 再往回一步，是 `w2` 和 `h_relu`。取一个权重 `w2[j, k]`。前向传播时，它只做一件事：在每个样本i里，把 `h_relu[i, j] · w2[j, k]` 加进 `y_pred[i, k]`。扰动这个权重，答案就随之变化，变化量是扰动的 `h_relu[i, j]` 倍；答案一变，损失又随之变化，变化量是前者的 `grad_y_pred[i, k]` 倍。沿路相乘，再对所有样本求和：
#
# $$\mathtt{grad\_w2}[j, k] = \sum_i \mathtt{h\_relu}[i, j] \cdot \mathtt{grad\_y\_pred}[i, k]$$
#
# “每条路上相乘，再把各条路加起来”，这条规则叫做**链式法则**。
#
# 对共有的下标求和，就是矩阵乘法。可是谁乘谁呢？很多人记得书上的话：“输出的梯度，乘输入的转置”。原稿的作者也这样记得，写下了 `grad_y_pred.dot(h_relu.T)`。运行下一个单元格，看NumPy对它的形状怎么说。书上常常把一个样本放在一**列**里，而这里一个样本是一**行**，所以公式的样子不同。
#
# **让形状带路**：你要的是 `(100, 10)`，手里有 `h_relu` (64, 100)、`grad_y_pred` (64, 10)。64属于下标i，要对它求和，所以它必须是内侧大小。只有一种先后顺序，再加一次转置（`.T`），才能做到。
#
# **小例子**：第一个权重对着 `h_relu` 的第一列，3和2：3 · 2 + 2 · (−6) = −6。第二个权重对着3和0：3 · 2 + 0 · (−6) = 6。
#
# ```text
#  grad_w2 = [ -6 ]
#            [  6 ]
# ```

# %% role="demonstration" name="shapes_disagree" of="6a4c1427"
try:
    np.ones((64, 10)).dot(np.ones((100, 64)))
except ValueError as error:
    print("NumPy说：", error)

a = np.array([[1, 2, 3], [4, 5, 6]])
print("原来的a =", a.tolist())
print("转置的a =", a.T.tolist())
print("变形的a =", a.reshape(3, 2).tolist())

# %% [markdown] role="prose" name="gradient_of_h_relu" of="cbe1135f"
# 错误信息点出了本该相等的两个内侧大小：10和100。最后两行是一个警告：`a.T` 和 `a.reshape(3, 2)` 形状相同，各个数却放在不同的位置。如果一直改变形状，改到不报错为止，你会得到错误的数，却看不到任何报错。要交换两个轴，用的是转置。
#
# ## 隐藏层的梯度
#
# 现在来看那个乘积的另一个因子，`h_relu`。隐藏值 `h_relu[i, j]` 会进入它自己那个样本i的所有输出k，每次都乘上权重 `w2[j, k]`。所以从它到损失，一共有 `d_out` 条路：
#
# $$\mathtt{grad\_h\_relu}[i, j] = \sum_k \mathtt{grad\_y\_pred}[i, k] \cdot \mathtt{w2}[j, k]$$
#
# 怎么写，还是由形状告诉你。你要的是 `(64, 100)`，手里有 `(64, 10)` 和 `(100, 10)`，求和的是那个10。
#
# **小例子**：输出只有一个，所以每个和只有一项：
#
# ```text
#  grad_h_relu = [  2·1    2·(-2) ]  =  [  2   -4 ]
#                [ -6·1   -6·(-2) ]     [ -6   12 ]
# ```

# %% [markdown] role="prose" name="the_gate" of="878c966b"
# ## 门
#
# `h` 与 `h_relu` 之间是ReLU。不妨把它想成一排门，每个元素一扇：
#
# - `h` 的元素为正：门开着。对 `h` 的扰动原样传到 `h_relu`。ReLU的导数是1。
# - `h` 的元素为负：门关着。稍微扰动 `h`，`h_relu` 仍然是0。导数是0。

# %% [markdown] role="prose" name="what_the_gate_does" of="9956bd58"
# 所以，门开着的地方，`grad_h` 等于 `grad_h_relu`；门关着的地方，`grad_h` 是0。门的开关在前向传播时就定下了，反向传播时，你看到的还是当时的样子。
#
# （要是正好等于0呢？ReLU的图像在那里有个折角，没有导数。这几乎不会遇到，检查也不考它。）
#
# **小例子**：只有 `h` 里−5的那扇门关着，在第二行右边：
#
# ```text
#  h = [ 3   3 ]    grad_h_relu = [  2   -4 ]    grad_h = [  2   -4 ]
#      [ 2  -5 ]                  [ -6   12 ]             [ -6    0 ]
# ```
#
# −4和−6通过了：梯度虽是负的，门却开着。12没有通过，尽管它是正的。

# %% [markdown] role="prose" name="masks_and_copies" of="c96aafbd"
# ## 掩码与副本
#
# NumPy有两样工具可以帮你关门。下一个单元格用六名学生的成绩来演示，成绩最高不得超过10分。
#
# **掩码**：像 `marks > 10` 这样的比较，会得到一个形状相同的数组，里面全是 `True` 和 `False`。它可以当作下标：`marks[marks > 10] = 10` 只改写这些位置。掩码也可以来自**另一个**形状相同的数组。
#
# **副本**：`same = marks` 这一行不产生新数组，只是给同一个数组又起了个名字。用一个名字写进去的内容，用另一个名字也看得到。`marks.copy()` 才产生新数组：随你怎么改，原来的都保持不变。（人们把这叫做**深拷贝**：复制的是数本身，而不只是名字。）
#
# 你的 `backward` 既要返回 `grad_h_relu`，**也**要返回 `grad_h`。如果两者是同一个数组的两个名字，其中就有一个结果是错的。

# %% role="demonstration" name="masks_and_copies_shown" of="2bc4b96f"
marks = np.array([[7, 12, 9], [11, 4, 10]])
print("掩码：", (marks > 10).tolist())

capped = marks.copy()
capped[capped > 10] = 10
print("副本：", capped.tolist())
print("原件：", marks.tolist())

same = marks
same[same > 10] = 10
print("改same之后，原件：", marks.tolist())

# %% [markdown] role="prose" name="gradient_of_w1" of="1538ca60"
# ## w1的梯度
#
# 最后一个数组。`h` 是 `x` 与 `w1` 的乘积，正如 `y_pred` 是 `h_relu` 与 `w2` 的乘积。所以这个规律你已经认识：
#
# $$\mathtt{grad\_w1}[k, j] = \sum_i \mathtt{x}[i, k] \cdot \mathtt{grad\_h}[i, j]$$
#
# 书上的公式 `grad_h.dot(x.T)`，在这里形状也不对。你要的是 `(1000, 100)`，即 `w1` 的形状。你手里有 `x` (64, 1000)、`grad_h` (64, 100)。求和是对样本进行的。
#
# 没有 `grad_x`：输入是给定的，不参与学习，谁也用不着它的梯度。
#
# **小例子**：`x` 的第一列是1、3，`grad_h` 的第一列是2、−6。所以第一个元素是1 · 2 + 3 · (−6) = −16。其余的请你算一算：
#
# ```text
#  grad_w1 = [ -16   -4 ]
#            [  10   -8 ]
# ```

# %% [markdown] role="prose" name="about_backward" of="e0cd870b"
# ## 写出反向传播
#
# 约15分钟。写出 `backward`。输入是前向传播用过的和算出的那些数组：`x` (`n`, `d_in`)、`y` (`n`, `d_out`)、`w2` (`d_h`, `d_out`)、`h` 和 `h_relu` (`n`, `d_h`)、`y_pred` (`n`, `d_out`)。按你求出它们的顺序，返回五个梯度，每个都与所属的数组形状相同：
#
# | | 结果 | 属于 | 重读哪一节 |
# |---|---|---|---|
# | 1 | `grad_y_pred` (`n`, `d_out`) | `y_pred` | 从损失开始 |
# | 2 | `grad_w2` (`d_h`, `d_out`) | `w2` | w2的梯度 |
# | 3 | `grad_h_relu` (`n`, `d_h`) | `h_relu` | 隐藏层的梯度 |
# | 4 | `grad_h` (`n`, `d_h`) | `h` | 门 |
# | 5 | `grad_w1` (`d_in`, `d_h`) | `w1` | w1的梯度 |
#
# 一次只写一个张量（**张量**就是数组，轴的个数不限）。先写第一个梯度，把它连同四个 `None` 一起返回，运行检查。检查按这个顺序看结果，遇到第一个还不对的就停下。每对一个结果，就得到一部分分数。
#
# 不要改动输入，这个函数只做计算。
#
# **小例子**的全部结果，供你核对：由差1和−3得 `grad_y_pred` 为2、−6。由它得 `grad_w2` 为−6、6，`grad_h_relu` 为2、−4、−6、12。过了门，剩下2、−4、−6、0。`grad_w1` 则是−16、−4、10、−8。

# %% role="exercise" name="backward" of="127076ff"
def backward(x, y, w2, h, h_relu, y_pred):
    """手工计算损失随每个数组怎样变化，从损失一路回到w1。

    x (n, d_in), y (n, d_out), w2 (d_h, d_out), h (n, d_h), h_relu (n, d_h), y_pred (n, d_out)
    -> grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1：形状与名字里的数组相同
    """
    ### BEGIN SOLUTION
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu.copy()
    grad_h[h < 0] = 0
    grad_w1 = x.T.dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
    ### END SOLUTION

# %% [markdown] role="prose" name="own_assertions" of="8b4432ef"
# ## 自己写断言
#
# 检查形状，不一定要靠课程。`assert condition, "message"` 在条件成立时什么也不做，不成立时就停下来，显示后面那条信息。这样一行几乎不费事，却能当场揪出许多错误。
#
# 单元格里有一条断言。请你为 `grad_w1` 再加一条：它必须与 `w1` 的形状完全相同。然后故意弄坏它，比如拿它与 `w2` 的形状比较，看看会发生什么。从没听它响过的警报，没有多大用处。

# %% role="demonstration" name="assertions" of="ae974815"
_, grad_w2, _, _, grad_w1 = backward(x, y, w2, *forward(x, w1, w2))
assert grad_w2.shape == w2.shape, "grad_w2的形状必须与w2相同"
# 你的那一行写在这里。

print("grad_w1", grad_w1.shape, " grad_w2", grad_w2.shape)

# %% [markdown] role="prose" name="a_witness" of="952a00f2"
# ## 自己的旁证
#
# 检查说，你的梯度是对的。它怎么知道？它用另一种方法算出梯度，再与你的比较。可是那种方法又由谁来检查？你可以另找一个旁证，它既不靠检查，也不靠那种方法，那就是梯度本身的含义。
#
# 把一个权重调大一点点，这里是0.0001，做一次前向传播；再调小同样多，又做一次。两个损失之差，除以间距0.0002，应该就是这个权重的梯度。这就是**梯度检验**，用的是**有限差分**。它很慢，每个权重要做两次前向传播，但检验几个权重就足以让人信服。它只用到你自己的 `forward` 和 `loss_fn`。

# %% role="demonstration" name="finite_differences" of="fcb6accc"
def witness(which, row, column, nudge=1e-4):
    """扰动一个权重，测出w1（which=0）或w2（which=1）的梯度的一个元素。"""
    losses_there = []
    for step in (nudge, -nudge):
        weights = [w1.copy(), w2.copy()]
        weights[which][row, column] += step
        losses_there.append(loss_fn(forward(x, *weights)[2], y))
    return (losses_there[0] - losses_there[1]) / (2 * nudge)


entries = [(0, 0, 0), (0, 1, 0), (0, 500, 50), (0, 999, 99), (1, 0, 0), (1, 99, 9)]
print("元素               旁证        你的梯度  一致")
for which, row, column in entries:
    seen, yours = witness(which, row, column), (grad_w1, grad_w2)[which][row, column]
    label = f"w{which + 1}[{row}, {column}]"
    print(f"{label:12} {seen:10.1f} {yours:14.1f}  {abs(seen - yours) < 1e-6 * abs(seen)}")

# %% [markdown] role="prose" name="the_slip" of="f245a64f"
# ## 原稿的疏漏
#
# 原稿里有一行与你写的不同。关门的时候，它看的是梯度本身：哪里的**梯度**为负，就在哪里写0，根本不看 `h`。
#
# 在小例子里，差别一眼就能看出来：
#
# ```text
#                h          传来的梯度        正确的：         原稿的：
#            [ 3   3 ]       [  2   -4 ]      [  2   -4 ]      [ 2    0 ]
#            [ 2  -5 ]       [ -6   12 ]      [ -6    0 ]      [ 0   12 ]
# ```
#
# 四个元素错了三个。两扇开着的门关上了，只因为那里的梯度碰巧为负。唯一关着的那扇门，反倒打开了。
#
# 换成真正的大小，错得有多厉害？你自己的函数就能模仿这个疏漏：你的 `backward` 按照交给它的隐藏值来开关门。所以下一个单元格故意交给它错的值，也就是梯度，再把结果与你的旁证比较。

# %% role="demonstration" name="slip_measured" of="0a57939c"
by_hand = backward


def backward_with_slip(x, y, w2, h, h_relu, y_pred):
    """把你的backward运行两遍：先照常运行，再让梯度自己来开关门。"""
    grad_y_pred, grad_w2, arrived, _, _ = by_hand(x, y, w2, h, h_relu, y_pred)
    gates = forward(arrived, np.eye(arrived.shape[1]), w2)[:2]
    _, _, _, slipped_h, slipped_w1 = by_hand(x, y, w2, *gates, y_pred)
    return grad_y_pred, grad_w2, arrived, slipped_h, slipped_w1


right = backward(x, y, w2, *forward(x, w1, w2))
slipped = backward_with_slip(x, y, w2, *forward(x, w1, w2))

print("元素               旁证       你的     带疏漏")
for which, row, column in entries:
    label = f"w{which + 1}[{row}, {column}]"
    cells = [
        witness(which, row, column),
        right[(4, 1)[which]][row, column],
        slipped[(4, 1)[which]][row, column],
    ]
    print(f"{label:12} {cells[0]:10.1f} {cells[1]:10.1f} {cells[2]:10.1f}")
error = np.abs(slipped[4] - right[4]).max() / np.abs(right[4]).max()
print(f"\n带疏漏的grad_w1，误差有它最大元素的{error:.0%}那么大")

# %% role="figure" name="gates_drawn" of="28a083bf"
figures.gates({"你的门": right[3], "原稿的门": slipped[3]})

# %% [markdown] role="prose" name="after_the_slip" of="f642173e"
# 深色表示门开着。图中是16个样本、24个隐藏单元。两幅图都约有一半是深色，彼此却没什么关系。
#
# 再看看上面的表。带着疏漏，有些元素连正负号都错了。往下走之前先打个赌：用这样的梯度，网络还能学到东西吗？

# %% [markdown] role="prose" name="about_train" of="08d2a9ce"
# ## 训练循环
#
# 约10分钟。写出 `train`。输入是数据 `x`、`y`，权重 `w1`、`w2`，**学习率** `lr`，以及步数 `steps`。每一步：
#
# 1. 运行你的 `forward`；
# 2. 计算损失，并记下来；
# 3. 运行你的 `backward`；
# 4. 更新两个权重：各减去 `lr` 乘它的梯度。
#
# 返回损失的列表，每步一个数，都是在这一步更新权重**之前**算的。所以第一个数就是你已经认识的初始损失。
#
# **为什么要减**？梯度指向上坡：它说的是损失往哪边变大。而你要下坡。
#
# **为什么要有** `lr`？梯度说的是坡有多陡，没说该走多远，而且只对微小的扰动成立。这里的权重在1左右，而 `w1` 的梯度有几千，`w2` 的梯度有几十万。取 `lr` = 0.000001，第一步通常让 `w1` 的一个权重变动0.01左右，让 `w2` 的一个权重变动0.2左右。
#
# **为什么最后一起更新**？两个梯度属于同一组权重。如果先改了 `w2`，再用它去算 `w1` 的梯度，那么这个梯度既不属于旧网络，也不属于新网络。
#
# **原地**更新：调用者把两个数组交给你，过后还要看它们。所以要改的正是这两个数组。`a -= b` 写进数组 `a`；而 `a = a - b` 造出一个新数组，让它叫做 `a`，调用者的数组则原样不动。下一个单元格演示两者的区别。
#
# **小例子**，取 `lr` = 0.01：`w2` 的第一个权重是1，梯度是−6：1 − 0.01 · (−6) = 1.06。第二个变成−2 − 0.01 · 6 = −2.06。`w1` 变成1.16、−0.96、0.90、2.08。换上这些权重，损失就不再是10，而是约5.43。所以损失列表以10开头，接着是5.43。

# %% role="demonstration" name="in_place" of="94f039b3"
def new_array(a):
    a = a - 1
    return a


def same_array(a):
    a -= 1
    return a


for function in (new_array, same_array):
    held_by_caller = np.array([5.0, 6.0])
    function(held_by_caller)
    print(f"{function.__name__:10} 运行之后，调用者手里是", held_by_caller.tolist())

# %% role="exercise" name="train" of="5e739f5e"
def train(x, y, w1, w2, lr, steps):
    """学习：原地更新w1和w2，共 `steps` 次，每次往下坡走一小步。

    x (n, d_in), y (n, d_out), w1 (d_in, d_h), w2 (d_h, d_out)
    lr：学习率，steps：更新的次数
    -> losses，一个列表，每步一个数，都在这一步更新之前算出
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

# %% [markdown] role="prose" name="learn" of="91e933ce"
# ## 看它学习
#
# 在本课程的数据上走500步。交出去的是权重的副本，所以 `w1` 和 `w2` 保持最初的值，这个单元格可以反复运行。损失的坐标轴是**对数**的：距离相等，就是倍数相等。换成普通的坐标轴，你只会看到一道悬崖，接着一条平线。

# %% role="demonstration" name="loss_curve" of="d7042880"
LR, STEPS = 1e-6, 500
losses = train(x, y, w1.copy(), w2.copy(), LR, STEPS)
for step in (0, 1, 2, 3, 4, 5, 10, 50, 100):
    print(f"第{step:3}步：{losses[step]:.6g}")
print(f"第{STEPS - 1}步：{losses[-1]:.2g}")
figures.losses({"方法1": losses})

# %% [markdown] role="prose" name="after_the_curve" of="d3171cc1"
# 从3200万降到不足百万分之一。你的网络把64个样本背下来了。在这里这很容易：它有101000个权重，要记的只是640个数。目标值纯粹是随机的，里面没有什么规律可学。但这证明，学习确实有效。
#
# 你注意到了吗，第2步和第3步的损失反而**变大**了？这不是错误。梯度只对微小的扰动才准确，而开始时梯度极大，用这个 `lr` 走一步，就稍微长了点，落到了山谷的对面。后来梯度变小，步子也跟着变小。下一个单元格以一个权重为例，画出这两种情形。

# %% [markdown] role="prose" name="try_other_rates" of="31d25baa"
# **试一试**：在训练网络的那个单元格里，把 `LR` 改成 `1e-7`，运行；再改成 `1e-5`，运行。每次先预测会看到什么。最后改回 `1e-6`。
#
# <details><summary>你会看到什么</summary>
#
# 用 `1e-7`，曲线平滑而缓慢：500步之后，损失仍有9000左右。用 `1e-5`，每一步都长得过头：落到对面，比原来的位置还高，那里的梯度更大，于是下一步更长。没过几步，数就大得计算机也装不下了。NumPy给出**overflow**（溢出）的警告，损失变成 `nan`，意思是“不是一个数”。
#
# </details>

# %% [markdown] role="prose" name="what_the_curve_hides" of="5c4782fa"
# ## 损失曲线掩盖了什么
#
# 现在揭晓你的赌局：带着原稿的疏漏，网络学得会吗？下一个单元格运行的是**你的** `train`，只是在这一次调用期间，`backward` 这个名字指的是带疏漏的版本。

# %% role="demonstration" name="both_curves" of="30bc500c"
def train_with_slip(*arguments):
    """调用你的train，期间backward这个名字指带疏漏的版本，之后换回你的。"""
    global backward, by_hand
    by_hand, backward = backward, backward_with_slip
    try:
        return train(*arguments)
    finally:
        backward = by_hand


losses_slip = train_with_slip(x, y, w1.copy(), w2.copy(), 1e-6, 500)
if np.array_equal(losses_slip, losses):
    print("两次运行的结果相同：你的train没有用backward这个名字来调用它。")

for step in (0, 1, 2, 3, 499):
    print(f"第{step:3}步：你的 {losses[step]:8.2g}   带疏漏 {losses_slip[step]:8.2g}")
figures.losses({"你的梯度": losses, "带疏漏": losses_slip})

# %% [markdown] role="prose" name="after_both_curves" of="e5229b83"
# 它学会了。头几步看上去甚至比你的还好。假如你只看到这一条曲线，会去找错误吗？从3200万降到1以下，多数人已经心满意足了。
#
# 这正是这个笔记本最重要的一课：**损失在下降，不等于梯度是对的**。错误的梯度往往也略微指向下坡，而要让曲线下降，这就够了。用正确的梯度，同一个网络还能把这个损失再缩小一百万倍。梯度检验几秒钟就能发现这样的错误，损失曲线却把它掩盖起来。

# %% [markdown] role="prose" name="look_back" of="3f54bbfa"
# ## 回顾
#
# 你用大约25行代码，写出了一个神经网络，连同它的损失、梯度和训练。其中的一切你都看得见。
#
# 什么最繁琐？多半是反向传播：前向有一行，反向就得有一行，每一行都可能出疏漏。而且全部计算都在处理器上，数值格式也只有一种。
#
# - **方法2**用PyTorch的**张量**来写同样的内容。张量可以放在显卡上。数学还是由你亲手来做。
# - **方法3**让PyTorch来做反向传播。到那时，它替你做了什么，你心里有数。

# %% [markdown] role="prose" name="question" of="6d453bd9"
# ## 用自己的话解释
#
# 约8分钟，5分，由人批阅。用你自己的话回答，大约八句，不需要公式。
#
# 1. 反向传播时，门为什么必须由 `h` 的符号来决定，而不能由梯度的符号来决定？说说在 `h` 为负的单元里，一个微小的扰动会怎么样。
# 2. 带着疏漏，`grad_w1` 是错的，损失却还在下降。这怎么可能？想想疏漏没有碰到哪些梯度，`grad_w1` 又还剩下些什么。
# 3. 一位朋友给你看一个网络，损失降得很漂亮，问你：“我的梯度对吗？”你会让这位朋友做什么？

# %% [markdown] role="written" name="explain" of="22453dfa"
# **你的回答**
#
# ### BEGIN SOLUTION
# 1. `h` 为负的单元，经过ReLU得到0。把 `h` 稍微扰动一下，得到的仍是0，所以损失不变，关于 `h` 的梯度必须是0。`h` 为正时，扰动原样传过去，所以梯度也必须原样通过，不管它是正是负。梯度的符号说的是该往哪个方向走，并不说明单元当时是不是开着。
# 2. 疏漏没有碰到 `grad_w2`，所以第二层仍然学得正确，单凭它就能让损失下降很多。至于隐藏层的梯度 `grad_h`，还有56%的元素是对的：31%是单元开着而梯度为正，25%是单元关着而梯度为负，这时两种规则都写0。所以错误的 `grad_w1` 与正确的大致同向（两者夹角的余弦是0.70）。每一步还是在下坡，只是方向不是最陡的。要让损失下降，这就够了。
# 3. 做梯度检验：挑几个权重，各调大一点点、调小一点点，用两个损失之差除以间距。结果必须与梯度有好几位数字一致，而且每个权重数组都要检验。
# ### END SOLUTION
#
# ### BEGIN MARK SCHEME
# 共5分，可以给半分。
#
# - 2分，第1题：“关着时，`h` 的微小扰动什么也不改变，所以梯度是0”，1分；“开着时，不论正负都原样通过”，1分。
# - 2分，第2题：“`grad_w2` 没有受影响，第二层学得正确”，1分；“`grad_w1` 剩下的部分仍有几分指向下坡”（或者：与真正的梯度有一部分元素相同），1分。只答“因为网络够大，什么都能拟合”，给半分。
# - 1分，第3题：对每一层的几个权重做有限差分，或做其他独立的梯度检验。只答“把损失多看一会儿”，给0分。
#
# 公式、语言和长短不计分。
# ### END MARK SCHEME

# %% [markdown] role="prose" name="next" of="ba85bd9c"
# ## 提交
#
# 选择*Kernel > Restart Kernel and Run All Cells…*（内核 > 重启并运行所有单元格…），从头运行一遍，看看是不是从上到下都正常。（遇到没有通过的检查，它会停下来。即使这样，你也可以提交。）下面的单元格汇总你在各项检查中的得分。然后保存笔记本：要提交的就是这个文件。
#
# 接下来是[方法2：用张量搭建同样的网络](../way2_tensors/way2_tensors.ipynb)。
