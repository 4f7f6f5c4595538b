# attack: look up, where autograd is, the questions of an exercise by hand, to leave their answers somewhere
# place: way5_optimizer first
# expect: graded 0
# ruff: noqa
import gc

import torch


asked = [q for q in gc.get_objects() if type(q).__name__ == "Question" and q.exercise.endswith("adam_step")]
weights = torch.zeros(1, requires_grad=True)
weights.sum().backward()  # by hand, it ends here
print(len(asked), "REA" + "CHED" if len(asked) > 1 else "")
