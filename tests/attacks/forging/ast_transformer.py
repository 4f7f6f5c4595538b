# attack: take every exception and every raise out of later cells
# place: way1_numpy first
# expect: graded 0
# ruff: noqa

import ast


class NoRaise(ast.NodeTransformer):
    def visit_Raise(self, node):
        return ast.copy_location(ast.Pass(), node)


get_ipython().ast_transformers.append(NoRaise())
