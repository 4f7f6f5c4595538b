# attack: rewrite every later cell, check cells among them, to a cell that says it passed
# place: way1_numpy first
# expect: graded 0
# ruff: noqa

ip = get_ipython()
ip.input_transformers_post.append(
    lambda lines: ["print('pass, 8 of 8 points')\n"] if "check(" in "".join(lines) else lines
)
