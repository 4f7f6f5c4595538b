# %% [markdown] role="prose" name="intro" of="93389df0"
# # 方法5：优化器
#
# 在方法4里，参数还是由训练循环自己来改：减去 `lr` 乘以梯度，往下坡走。这条规则最古老，却不是唯一的一条。PyTorch准备了十来条这样的规则，每一条都做成一个对象，叫做**优化器**。这一课先用其中最有名的*Adam*，再亲手写出它的规则。
#
# 你将要
#
# 1. 为模型建一个优化器，
# 2. 用它来训练，
# 3. 亲手写出Adam的一步，看看它和PyTorch自带的是不是一样。
#
# 请留出60到80分钟。你需要方法4的知识：`model.parameters()` 里有什么，旧的梯度为什么必须清零。
#
# **怎么用**：按Shift+Enter运行单元格。在填空里写着 `# YOUR CODE HERE` 的地方写上你的代码，删掉 `raise` 那一行，运行这个单元格，再运行它下面的检查。最后保存笔记本并提交。更多说明见[START](../START.ipynb)。

# %% role="setup" name="setup" of="d77a2d1e"
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
check = start("way5_optimizer", language="zh")

# %% [markdown] role="prose" name="about_setup" of="1155be4c"
# 和方法4一样，所有的数都是float64，这样你打印的数可以和我们的逐位对照。原稿用的是更常见的float32。

# %% [markdown] role="prose" name="picture" of="88bfe0f9"
# ## 图和形状
#
# 网络就是方法4的那个网络。不同的是，现在由优化器来修改参数。
#
# ```text
#   x ───► model ───► y_pred ───► loss ◄─── y
#            ▲                      │
#            │                      │ 反向传播
#            │                      ▼
#          参数 ◄──── 优化器 ◄───── 梯度
#                    它的记忆
# ```
#
# 建立优化器时，把参数交给它，只交**一次**。以后每做完一次反向传播，就请它走一步：它读取梯度，修改参数，梯度本身并不改动。（原稿有一句注释说，这一步是在“更新梯度”。其实更新的是参数。）
#
# Adam有**记忆**。网络里每有一个数，它就另外记着两个数：`m` 是以往梯度的平均，`v` 是以往梯度平方的平均。取 `N, D_IN, D_H, D_OUT = 64, 1000, 100, 10`，在纸上填出各个形状。
#
# | 参数 | 它的形状 | 它的梯度 | 它的 `m` | 它的 `v` |
# |---|---|---|---|---|
# | 第0层的权重 | ? | ? | ? | ? |
# | 第0层的偏置 | ? | ? | ? | ? |
# | 第2层的权重 | ? | ? | ? | ? |
# | 第2层的偏置 | ? | ? | ? | ? |
#
# 参数、梯度和记忆加在一起，计算机一共要存多少个数？
#
# <details><summary>查看答案</summary>
#
# 每一行的四个形状都相同，依次是 `(100, 1000)`、`(100,)`、`(10, 100)`、`(10,)`。参数有101110个，所以一共要存4 · 101110 = 404440个数。网络大的时候，这一点很要紧：用Adam训练，从第一步起就需要参数本身四倍的内存，样本还没有算在内。（梯度在第一次反向传播时出现，`m` 和 `v` 在走第一步时出现。）
#
# </details>

# %% [markdown] role="prose" name="predict" of="ada9ec9f"
# ## 预测初始损失
#
# 这一课的数据和其他各课相同；只要随机种子相同，模型也就是方法4的模型。方法4在第0、1、2步打印的是645.314、598.864和558.425。现在优化器换成了Adam，这三个数里你还会再见到哪几个？把答案写下来。
#
# <details><summary>查看答案</summary>
#
# 只有第一个，645.314。第0步的损失是在任何更新之前算出来的，那时优化器还什么都没有做。从第1步起，Adam就走自己的路了。它一步能走多远，下面由你来预测。
#
# </details>

# %% [markdown] role="prose" name="two_numbers" of="dbc481aa"
# ## 优化器与两个数
#
# 优化器不一定要有网络，有会记录梯度的张量就够了。下一个单元格为一个只有两个数的张量建了一个叫*Adagrad*的优化器。`torch.optim` 里的优化器都是这样建的：**先**给出要更新的张量，放在列表或类似列表的东西里，**再**给出学习率之类的选项。

# %% role="demonstration" name="two_numbers_moved" of="a99b06c6"
dial = torch.tensor([3.0, -4.0], requires_grad=True)
adagrad = torch.optim.Adagrad([dial], lr=0.5)

dial.square().sum().backward()
print("走这一步之前：", [f"{value:.4g}" for value in dial.tolist()], " 梯度：", dial.grad.tolist())
adagrad.step()
print("走这一步之后：", [f"{value:.4g}" for value in dial.tolist()], " 梯度：", dial.grad.tolist())

# %% [markdown] role="prose" name="about_two_numbers" of="865d731b"
# 两个梯度是6和−8。两个数都朝着0走，也就是往下坡走，而且都走了0.5。你大概以为它们会走 `lr` 乘以梯度那么远，也就是3和4。可见这条规则不只是做一次乘法。Adam也会这样让你吃惊一回。
#
# 走完这一步，梯度还在那里。把它清零，仍然是你的事。

# %% [markdown] role="prose" name="about_make_optimizer" of="4f69929d"
# ## 建立优化器
#
# 约6分钟。写出 `make_optimizer(model, lr)`。
#
# - **输入**：模型（`torch.nn.Module`）和学习率 `lr`。
# - **输出**：一个 `torch.optim.Adam` 类的优化器，管模型的**全部**参数。它的学习率是 `lr`，其他选项都保持默认值。
#
# **在纸上算的小例子**：某个模型有一个权重，值是3，梯度是8；还有一个偏置，值是1，梯度是−0.002。你用 `lr = 0.1` 建一个优化器，请它走一步。Adam走第一步时，**每个**数移动的距离几乎正好是 `lr`，不管它的梯度是大是小，只看梯度的正负号。于是：
#
# | | 值 | 梯度 | 移动 | 走一步之后的值 |
# |---|---|---|---|---|
# | 权重 | 3 | 8 | 减小0.1 | 2.9 |
# | 偏置 | 1 | −0.002 | 增大0.1 | 1.1 |
#
# 如果只把一部分参数交给它，其余的就永远不变。如果不给 `lr`，Adam就用默认的0.001，而且不会提醒你。
#
# **来自方法4**：这一课要用到你的模型和损失，所以单元格里还有两个填空，`make_model` 和 `make_loss`。把方法4里写的抄过来，或者凭记忆再写一遍。它们在这里不计分，但是下面的单元格要调用它们。

# %% role="exercise" name="make_optimizer" of="0d348fe7"
def make_optimizer(model, lr):
    """为整个模型建一个Adam优化器；除了lr，其他选项都用默认值。

    model: torch.nn.Module, lr：学习率   -> torch.optim.Adam
    """
    ### BEGIN SOLUTION
    return torch.optim.Adam(model.parameters(), lr=lr)
    ### END SOLUTION


def make_model(d_in, d_h, d_out):
    """从方法4抄过来：两层网络。"""
    ### BEGIN SOLUTION
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))
    ### END SOLUTION


def make_loss():
    """从方法4抄过来：平方误差之和。"""
    ### BEGIN SOLUTION
    return torch.nn.MSELoss(reduction="sum")
    ### END SOLUTION


# %% [markdown] role="prose" name="first_loss_text" of="aebbcf00"
# ## 初始损失，以及对第二个的猜测
#
# 初始损失应该是645.314。如果不是，就回头看看抄过来的模型和损失。
#
# 现在来猜第二个。如果网络里的每个数都往下坡移动 `lr`，那么损失下降的量大约是 `lr` 乘以所有梯度的绝对值之和。下一个单元格算出这个和。它不保存梯度，也不改动任何东西。

# %% role="demonstration" name="first_loss" of="1d5b27db"
torch.manual_seed(0)
model = make_model(D_IN, D_H, D_OUT)
loss_fn = make_loss()
prediction = model(x)
first_loss = loss_fn(prediction, y)
print(f"初始损失：{first_loss.item():.6g}")

gradients = torch.autograd.grad(first_loss, list(model.parameters()))
total = sum(gradient.abs().sum().item() for gradient in gradients)
print(f"所有梯度的绝对值之和：{total:.6g}")
print(f"取lr = 1e-4，猜第二个损失：{first_loss.item() - 1e-4 * total:.4g}")

# %% [markdown] role="prose" name="two_ways_to_clear" of="94476f3e"
# ## 两种清零的办法
#
# 模型有 `zero_grad()` 方法，优化器也有。原稿说，貌似调用哪一个都可以。什么时候真是这样？模型清零的是**自己的**参数的梯度，优化器清零的是**交给它的**那些张量的梯度。下一个单元格里有两个层，只有一个交给了优化器。先预测会打印哪四行。

# %% role="demonstration" name="who_clears_what" of="00752cf0"
first, second = torch.nn.Linear(2, 2), torch.nn.Linear(2, 2)
holder = torch.optim.Adagrad(first.parameters(), lr=0.1)


def fill_gradients():
    second(first(torch.ones(1, 2))).sum().backward()


def report(who):
    for name, layer in {"first": first, "second": second}.items():
        state = "没有了" if layer.weight.grad is None else "还在"
        print(f"{who}清零之后：{name}的梯度{state}")


fill_gradients()
holder.zero_grad()
report("holder")
fill_gradients()
second.zero_grad()
report("second")

# %% [markdown] role="prose" name="about_two_ways" of="c3709aec"
# 在本课程里，优化器拿到的是模型的全部参数，所以两种办法效果一样。如果优化器只管模型的一部分（其余部分“冻结”了），或者同时管着两个模型各自的一部分，它们就不同了。这时要问问自己：下一步会用到哪些梯度？

# %% [markdown] role="prose" name="about_train" of="696293c9"
# ## 用优化器训练
#
# 约8分钟。写出 `train(model, loss_fn, optimizer, x, y, steps)`。
#
# - **输入**：可以调用的模型和损失，同方法4；已经为这个模型建好的 `optimizer`；`x` (n, d_in)、`y` (n, d_out)；步数 `steps`。
# - **输出**：`losses`，一个列表，每一步一个Python浮点数，都是在这一步更新**之前**算的损失。
# - **过程**：每一步只用这一步自己的梯度，并且请优化器更新一次。做完以后，传进来的那个模型就训练好了。
#
# 函数的参数里没有 `lr`：优化器自己知道。你的函数也不要指望拿到的一定是Adam：换成任何一个优化器都应该能用。从第一步到最后一步，都用传进来的那一个，连同它的记忆。
#
# **在纸上算的小例子**：权重是3，偏置是1，一行 `x = 2`，目标值 `y = 5`，Adam取 `lr = 0.1`。
#
# | 步 | 预测 | 损失 | 梯度 | 新的权重 | 新的偏置 |
# |---|---|---|---|---|---|
# | 0 | 2·3 + 1 = 7 | 2² = 4 | 8和4 | 3 − 0.1 = 2.9 | 1 − 0.1 = 0.9 |
# | 1 | 2·2.9 + 0.9 = 6.7 | 1.7² = 2.89 | … | … | … |
#
# 取 `steps=2`，答案是 `[4.0, 2.89]`。
#
# 当心两个小失误。写了方法的名字却忘了括号，Python并不报错，只是什么也不做。还有，如果走这一步的时机不对，用到的梯度就是旧的，或者根本还没有。看看开头的图：箭头是怎么走的？

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


# %% [markdown] role="prose" name="run_text" of="e24b832e"
# ## 运行并画图
#
# 先是小例子，再是真正的网络。把第1步的损失和你的猜测比一比。图里的黑色标记是前面几种方法的损失。

# %% role="demonstration" name="run" of="aea13ae7"
tiny = torch.nn.Linear(1, 1)
tiny.load_state_dict({"weight": torch.tensor([[3.0]]), "bias": torch.tensor([1.0])})
tiny_x, tiny_y = torch.tensor([[2.0]]), torch.tensor([[5.0]])
tiny_losses = train(tiny, loss_fn, make_optimizer(tiny, 0.1), tiny_x, tiny_y, steps=2)
print("小例子：", [f"{value:.4g}" for value in tiny_losses])


def run_adam(lr, steps=500):
    torch.manual_seed(0)
    model = make_model(D_IN, D_H, D_OUT)
    return train(model, loss_fn, make_optimizer(model, lr), x, y, steps)


losses = run_adam(1e-4)
for step in [0, 1, 2, 10]:
    print(f"第{step:3}步  损失{losses[step]:.6g}")
for step in [100, 499]:
    print(f"第{step:3}步  损失{losses[step]:.2g}")

curves = {"方法5：Adam，lr = 1e-4": losses, "方法5：Adam，lr = 1e-3": run_adam(1e-3, 150)}
figures.losses(curves, beside={"ways 1 to 3": "方法1到3", "way 4": "方法4，lr = 1e-4"})

# %% [markdown] role="prose" name="about_run" of="a6d08c90"
# 猜测的值是628.5。它稍微低了一点，因为在走这一步的途中，梯度也在变。
#
# Adam比方法4的普通规则好吗？`lr` 相同的时候，它在前330步一直落后，到最后却领先了。把 `lr` 放大到十倍，它就遥遥领先。不过，两个 `lr` 的意思并不一样。在方法4里，`lr` 是乘在梯度前面的因子，梯度小，步子就小。在Adam里，`lr` 几乎就是步长本身。所以，Adam取1e-3，在非常多的网络上都合适；而普通规则每换一个网络，就得另找一个 `lr`。Adam这么流行，主要是因为这一点，而不是因为快。

# %% [markdown] role="prose" name="two_mistakes" of="4667fca9"
# ## 两个看起来很快的错误
#
# 有两个人各犯了一个错误，其他都和你的运行一样，`lr = 1e-4`。第一个人忘了把梯度清零。第二个人在循环里面，每一步都新建一个优化器。下面是他们的损失。到了第50步，两个人都比你**更快**。
#
# | 步 | 从不清零 | 每步新建优化器 |
# |---|---|---|
# | 0 | 645.3 | 645.3 |
# | 1 | 628.8 | 628.8 |
# | 2 | 613.2 | 612.6 |
# | 50 | 144.1 | 150.2 |
# | 100 | 80.45 | 4.853 |
# | 200 | 85.0 | 0.06128 |
# | 499 | 83.41 | 0.06203 |
#
# 运行下一个单元格之前先想想：为什么第0步和第1步大家都一样？第二个人为什么卡在0.06左右？

# %% role="demonstration" name="mistakes_beside" of="4426fde4"
never_cleared = {0: 645.3, 20: 379.8, 50: 144.1, 100: 80.45, 150: 140.9, 200: 85.0, 300: 88.35, 400: 71.06, 499: 83.41}
new_in_each = {0: 645.3, 20: 378.2, 50: 150.2, 100: 4.853, 150: 0.06155, 200: 0.06128, 300: 0.0613, 499: 0.06203}
for step in [0, 1, 2, 50, 100, 200, 499]:
    print(f"第{step:3}步  你的损失{losses[step]:.{4 if step < 100 else 2}g}")
figures.losses({"你的": losses, "从不清零": never_cleared, "每步新建优化器": new_in_each})

# %% [markdown] role="prose" name="about_mistakes" of="b88ba042"
# 第0步的损失在任何更新之前；第一次更新的时候，还没有旧的梯度，也没有记忆。所以在第2步之前，这两个错误都露不出来。
#
# 不清零，Adam看到的就是从一开始到现在所有梯度的和。它冲过最低点，很晚才掉头，一次又一次。
#
# 新建的优化器没有记忆，它走的每一步都是第一步。第一步有多长，你已经知道了：每个数都走 `lr`。快到最低点的时候需要小步，它却一下子跨过去，又跨回来，永远没个完。
#
# 开头快，什么也证明不了；曲线在下降，也一样。这一点，你在方法1里就见过了。

# %% [markdown] role="prose" name="memory_text" of="7eb56fb9"
# ## Adam记得什么
#
# 来看看它的记忆。下一个单元格只训练一个数，损失特意选成让梯度在每一步都是1。那么以往所有梯度的平均是1，它们平方的平均也是1。`m` 和 `v` 会是多少？（PyTorch把它们叫做 `exp_avg` 和 `exp_avg_sq`。）

# %% role="demonstration" name="memory" of="0f2c02be"
tiny = torch.nn.Linear(1, 1, bias=False)
optimizer = make_optimizer(tiny, 0.1)
one = torch.ones(1, 1)
kept_m, kept_v = [], []
for _ in range(60):
    train(tiny, lambda y_pred, y: y_pred.sum(), optimizer, one, one, steps=1)
    memory = optimizer.state[tiny.weight]
    kept_m.append(memory["exp_avg"].item())
    kept_v.append(memory["exp_avg_sq"].item())
print("记住的东西：", sorted(memory))
print("走1、2、3步之后的m：", *[f"{value:.4g}" for value in kept_m[:3]])
print("走1、2、3步之后的v：", *[f"{value:.4g}" for value in kept_v[:3]])
figures.adam_averages(kept_m, kept_v)

# %% [markdown] role="prose" name="about_memory" of="e4ee2113"
# 两个都太小了。它们都从0开始，每次只吸收新值的一小部分：`m` 吸收十分之一，`v` 吸收千分之一。所以刚开始的时候，里面大部分还是零。`m` 过了大约40步就追上了，`v` 却要几千步。
#
# Adam会把这一点修正过来。走了t步之后，`m` 是真正的平均乘以$1 - 0.9^t$，也就是0.1、0.19、0.271……正是上面打印出来的数。把 `m` 除以这个因子，从第一步起就对了。这叫做**偏差修正**。（它和层里的偏置没有关系。）

# %% [markdown] role="prose" name="about_adam_step" of="69476a25"
# ## 手写Adam的一步
#
# 约18分钟。写出 `adam_step(param, grad, m, v, t, lr, beta1, beta2, eps)`。
#
# - **输入**：四个形状相同的张量，什么形状都可以：`param`、它的梯度 `grad`，还有记忆 `m` 和 `v`；这是第几步，`t`，一个**从1数起**的整数；四个数：`lr`、`beta1`、`beta2`、`eps`。
# - **输出**：没有。函数返回 `None`。
# - **过程**：**原地**修改 `param`、`m` 和 `v`，不改动 `grad`。
#
# 两次调用之间，`m` 和 `v` 由调用者保存。第一次调用之前，它们是零。手写的意思是：用张量做算术，不用PyTorch自带的Adam。做这个练习时autograd是关掉的，你要是用了它，检查会告诉你。
#
# 规则如下。对每个梯度为$g$的数，按这个顺序来（Kingma和Ba，*Adam: a method for stochastic optimization*，2015，算法1）：
#
# $$
# \begin{aligned}
# m &\leftarrow \beta_1 \, m + (1 - \beta_1) \, g && \text{梯度的平均} \\
# v &\leftarrow \beta_2 \, v + (1 - \beta_2) \, g^2 && \text{梯度平方的平均} \\
# \hat m &= m / (1 - \beta_1^t) && \text{偏差修正} \\
# \hat v &= v / (1 - \beta_2^t) && \text{偏差修正} \\
# \text{param} &\leftarrow \text{param} - \text{lr} \cdot \hat m \, / \, (\sqrt{\hat v} + \varepsilon) && \text{这一步}
# \end{aligned}
# $$
#
# 这里的$\beta_1$、$\beta_2$和$\varepsilon$就是 `beta1`、`beta2` 和 `eps`。箭头的意思是：用右边的值换掉原来的值。保存下来的是没有修正过的 `m` 和 `v`；修正过的$\hat m$和$\hat v$只在这一步里用。小小的$\varepsilon$在根号**外面**，它是为了防止除以零。
#
# **在纸上算的小例子**：一个数，值是1。`lr = 0.1`，`beta1 = 0.5`，`beta2 = 0.75`，`eps` 小到可以忽略。第一个梯度是4，第二个是0。
#
# | t | g | m | v | $\hat m$ | $\hat v$ | 这一步 | param |
# |---|---|---|---|---|---|---|---|
# | 1 | 4 | 0 + 0.5·4 = 2 | 0 + 0.25·16 = 4 | 2 / 0.5 = 4 | 4 / 0.25 = 16 | 0.1 · 4 / 4 = 0.1 | 0.9 |
# | 2 | 0 | 0.5·2 + 0 = 1 | 0.75·4 + 0 = 3 | 1 / 0.75 = 1.3333 | 3 / 0.4375 = 6.8571 | 0.1 · 1.3333 / 2.6186 = 0.0509 | 0.8491 |
#
# 看第一行就明白，为什么第一步的长度是 `lr`：$\hat m$就是$g$，$\hat v$就是$g^2$，而$g / \sqrt{g^2}$不是1就是−1。第二行里梯度是0，这个数却还在移动，因为有记忆。
#
# 想想方法4里价格的那个陷阱。如果把旧名字给了新张量，调用者是看不到的。

# %% role="exercise" name="adam_step" of="d8b890f0"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    """原地走Adam的一步。

    param、grad、m、v：形状相同的张量；t：这是第几步，第一步是1
    -> None；param、m和v原地修改，grad不变
    """
    ### BEGIN SOLUTION
    m *= beta1
    m += (1 - beta1) * grad
    v *= beta2
    v += (1 - beta2) * grad**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param -= lr * m_hat / (v_hat.sqrt() + eps)
    ### END SOLUTION


# %% [markdown] role="prose" name="own_optimizer_text" of="080512f7"
# ## 你自己的优化器
#
# 那么，优化器到底是什么？是一个对象：手里有一些张量，为每个张量保存一份记忆，并且有 `step()` 和 `zero_grad()` 这两个方法。下一个单元格围绕**你写的** `adam_step` 造了一个。然后你的 `train` 用你的Adam来训练，再把它的损失，和PyTorch的Adam从同一起点出发得到的损失比一比。

# %% role="demonstration" name="own_optimizer" of="ff9c1be4"
class AdamByHand(torch.optim.Optimizer):
    """用adam_step移动参数；zero_grad来自父类。"""

    def __init__(self, params, lr):
        super().__init__(params, {"lr": lr})
        self.t = 0
        held = self.param_groups[0]["params"]
        self.memory = {p: (torch.zeros_like(p), torch.zeros_like(p)) for p in held}

    @torch.no_grad()
    def step(self):
        self.t += 1
        lr = self.param_groups[0]["lr"]
        for p, (m, v) in self.memory.items():
            adam_step(p, p.grad, m, v, self.t, lr, 0.9, 0.999, 1e-8)


number, m, v = torch.tensor([1.0]), torch.zeros(1), torch.zeros(1)
for t, gradient in [(1, 4.0), (2, 0.0)]:
    adam_step(number, torch.tensor([gradient]), m, v, t, 0.1, 0.5, 0.75, 1e-12)
    print(f"小例子，t = {t}：m {m.item():.4g}，v {v.item():.4g}，param {number.item():.4g}")

torch.manual_seed(0)
model = make_model(D_IN, D_H, D_OUT)
by_hand = train(model, loss_fn, AdamByHand(model.parameters(), 1e-4), x, y, 100)
difference = max(abs(a - b) / b for a, b in zip(by_hand, losses[:100], strict=True))
print("100步的损失，相对误差都小于1e-8：", difference < 1e-8)

# %% [markdown] role="prose" name="about_own_optimizer" of="ae788e81"
# `torch.optim.Adam` 对你再也没有秘密了。它真正的代码更长，因为选项更多，而且一次更新很多个张量。但是规则就是你写的这一条。

# %% [markdown] role="prose" name="look_back" of="3c360d01"
# ## 回顾
#
# | 要做的事 | 方法3 | 方法4 | 方法5 |
# |---|---|---|---|
# | 建立权重 | 手写 | 层来做 | 层来做 |
# | 前向传播、损失 | 手写 | 调用模型，调用损失 | 同左 |
# | 反向传播 | autograd | autograd | autograd |
# | 梯度清零 | 每个权重一行 | 模型来做 | 优化器来做 |
# | 更新 | 每个权重一行，写在 `no_grad` 里 | 一个循环，写在 `no_grad` 里 | 优化器来做 |
#
# 你的训练循环里已经没有数学了，它只说什么事先做、什么事后做。想换一条更新规则，在 `make_optimizer` 里改一个词就行。还剩一个限制：模型只能是一条链。到了方法6，它可以是任何样子。

# %% [markdown] role="prose" name="explain_question" of="29cd9514"
# ## 用自己的话解释
#
# 约8分钟，5分，由人批阅。用六到十句话回答。第1、2题请用Adam的规则来说明。
#
# 1. Adam走第一步时，每个数移动的距离为什么几乎正好是 `lr`，不管它的梯度有多大？
# 2. 有人把损失乘以1000。方法4的普通规则，步子会怎么变？Adam的步子呢？为什么？
# 3. 为什么优化器必须在循环之前建好，只建一次，而不是每一步都重新建？你的图里哪里看得出来？

# %% [markdown] role="written" name="explain" of="5711d216"
# **你的回答**
#
# ### BEGIN SOLUTION
# 1. 在第一步，m = (1 − β1) · g，v = (1 − β2) · g²，因为两者都从零开始。偏差修正恰好除以这两个因子，所以m_hat = g，v_hat = g²。这一步等于lr · g / (|g| + ε)；只要|g|比ε大得多，它就是lr或−lr。
# 2. 每个梯度都变成原来的1000倍。普通规则把梯度乘以lr，步子也就长了1000倍，lr不变的话，训练就会发散。在Adam里，m_hat变成1000倍，v_hat的平方根也变成1000倍，这个因子约掉了，步子和原来一样（除了ε的影响，而它这时更不重要了）。
# 3. 记忆m和v存在优化器里。新建的优化器从零开始，每一步都是长度为lr的第一步，快到目标、需要小步的时候也是这样。在图里，它的曲线开头很快，后来就停在0.06。
# ### END SOLUTION
#
# ### BEGIN MARK SCHEME
# 共5分，可以给半分。
#
# - 2分，第1题：“修正之后，m_hat就是梯度，v_hat就是梯度的平方”，1分；“所以m_hat除以v_hat的平方根得±1，这一步是±lr”，1分。
# - 2分，第2题：“普通规则的步子变成1000倍长”，1分；“在Adam里，这个倍数在m_hat和v_hat的平方根之间约掉”，1分。只答“Adam会自适应”而没有理由，给半分。
# - 1分，第3题：“记忆会丢失，每一步都成了长度为lr的第一步”，半分；“曲线卡在0.06左右”，半分。
# ### END MARK SCHEME

# %% [markdown] role="prose" name="next" of="96c6382d"
# ## 提交
#
# 选一次*Kernel > Restart Kernel and Run All Cells…*（内核 > 重启并运行所有单元格…），看看从头到尾是不是都正常。下面的单元格会汇总各个检查的得分。然后保存笔记本：要提交的就是这个文件。
#
# 接下来是[方法6：自己写一个类](../way6_module/way6_module.ipynb)。
