"""Find in the syntax of a statement what could get round the sandbox.

A name counts wherever Python accepts one: as an attribute, in an import, a pattern or the keyword of a call, and in a
string. Strings are read as code where they can be, because many functions of Python take names or code as text.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

from course.runner.syntax import last_name, tree_of, walk

# Modules, and what is in modules, also by way of other modules, such as `logging.sys.modules`; of torch and NumPy also
# whatever is private. Attributes of many things are called `code`, so that module is only told where it is imported.
_TOLD = re.compile(
    r"""(?:^|\.)_*(
    ctypes | ctypeslib | c?ffi | cffi_backend | gc | importlib | pkgutil | runpy | marshal | mmap | subprocess
    | multiprocessing | concurrent\.interpreters | interpreters | annotationlib | dill | cloudpickle | shelve | pydoc
    | functorch | aten | unittest\.mock | logging\.config | IPython\.core\.(?!display)\w+
    | os\.(fork | system | popen | exec\w+ | posix_spawn\w* | \*)
    | builtins\.(__import__ | exec | eval | compile | getattr | \*)
    | sys\.(modules | _getframe | _current_\w+ | meta_path | path_hooks | settrace | setprofile | remote_exec | \*)
    | inspect\.(currentframe | stack | trace | getclosurevars | getmembers\w* | getmodule | getattr_static | \*)
    | __future__\.barry_as_FLUFL
    | pickle\.(loads? | Unpickler | \*) | joblib\.load | timeit\.(timeit | repeat | Timer | main)
    | (cProfile | profile | pdb | bdb | trace)\.run\w*
    | torch\.(ops | classes | jit | library | func | compile | export | fx | overrides | package | nn\.grad)
    | torch\.utils\.cpp_extension | (torch | numpy | np)\.(\w+\.)*_[a-zA-Z]\w*
    )$ | ^_*(imp | code | codeop)$""",
    re.X,
)
# What is told under its own name, whatever it belongs to. From `__array_interface__` NumPy takes an address in memory.
_MEMBERS = re.compile(
    r"""
    __(subclasses | globals | closure | code | dict | builtins | import | loader | spec | mro | bases? | wrapped)__
    | __(self | func | reduce(_ex)? | getattribute | array_(interface | struct))__
    | f_(globals | locals | builtins | back | code) | (gi | cr | ag)_(frame | code) | tb_frame | currentframe
    | walk_(stack | tb) | get_stack | FunctionType | CodeType | ctypes | as_strided | DummyArray | grad_fn
    | next_functions | run_backward | _execution_engine | get_type_hints | ForwardRef | eval_str | sympify
    | parse_expr | allow_pickle | weights_only | read_pickle""",
    re.X,
)
# What is told if it is called or passed on, but not as the beginning of a longer name: functions that run text or find
# by name, which another name would hide, and modules of which `_TOLD` has a part.
_BY_ITSELF = re.compile(
    r"""(exec | eval | compile | __import__ | getattr)$
    | (.*\.)?_*(sys | os | builtins | inspect | torch | attrgetter | methodcaller | get_ipython)$""",
    re.X,
)
# What IPython makes of a line that begins with `%` or `!`: its arguments are strings, which are read.
_MAGICS = {"run_line_magic", "run_cell_magic", "system"}
# How many parts of a dotted name are read: nothing in `_TOLD` is longer, nor is the way to anything.
_LONGEST = 12


def suspects_in(tree: ast.AST, imported: Mapping[str, set[str]], line: int = 0) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of whatever a statement reaches for, in the order of the text.

    imported: the full names behind local names. line: that of the string that the tree was read from, if it was.
    """
    nodes = list(walk(tree))
    # of a string that only happens to be Python, such as the title "train, eval", calls count
    alone = {id(n.func) for n in nodes if isinstance(n, ast.Call)} if line else {id(n) for n in nodes}
    alone -= {id(owner) for owner, _ in map(_owner, nodes)} | {id(function) for function in map(_excused, nodes)}
    for node in nodes:
        number = line or getattr(node, "lineno", 0)
        yield from ((number, what) for what in _named(node, imported, id(node) in alone))
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and (inner := tree_of(text)):
            yield from suspects_in(inner, imported, number)


def kind_of(suspect: str) -> str:
    """Return the module of `_TOLD` that a suspect belongs to, or else the last part of its name: there are not many."""
    found = _TOLD.search(suspect)
    return found[0].strip("._").partition(".")[0] if found else suspect.rpartition(".")[2]


def _owner(node: ast.AST) -> tuple[ast.AST | None, str]:
    """Return for `a.b` and `getattr(a, "b")` the node of `a`, and "b"."""
    match node:
        case (
            ast.Attribute(value=owner, attr=name)
            | ast.Call(func=ast.Name(id="getattr"), args=[owner, ast.Constant(value=str(name)), *_])
        ):
            return owner, name
    return None, ""


def _excused(node: ast.AST) -> ast.AST | None:
    """Return the function that a node calls in a way that harms nobody: to get what it names, or for a magic."""
    match node:
        case ast.Call(func=ast.Name(id="getattr") as function):
            name = _owner(node)[1]
            return function if name and not name.startswith("_") else None
        case ast.Call(func=function, args=names) if last_name(function) in ("attrgetter", "methodcaller"):
            return function if all(isinstance(name, ast.Constant) for name in names) else None
        case ast.Attribute(value=ast.Call(func=function, args=[])) if last_name(function) == "get_ipython":
            return function if node.attr in _MAGICS else None
    return None


def _named(node: ast.AST, imported: Mapping[str, set[str]], alone: bool) -> Iterator[str]:
    """Yield what a node reaches for: modules and what is in them by full name, anything else by its own."""
    match node:
        case ast.Import():
            yield from filter(None, (_told(alias.name) for alias in node.names))
        case ast.ImportFrom(level=0):
            yield from filter(None, (_told(f"{node.module}.{alias.name}") for alias in node.names))
        case ast.Attribute() | ast.Name(ctx=ast.Load()) | ast.Call(func=ast.Name(id="getattr")):
            names = _full_names(node, imported)
            # a variable may have the name of a module, and what is below `torch.ops` is told as that
            if found := [name for name in names if _told(name, 2) == name or (alone and _BY_ITSELF.match(name))]:
                yield found[0]
                return
        case ast.Call(func=ast.Name(id="vars")):  # as a variable it may be anything
            yield "vars"
    # a variable or function may have a plain name of `_MEMBERS`
    is_own = isinstance(node, ast.Name | ast.arg | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    for _, value in ast.iter_fields(node):
        for name in value if isinstance(value, list) else [value]:
            if isinstance(name, str) and _MEMBERS.fullmatch(name) and (name.startswith("__") or not is_own):
                yield name


def _told(name: str, least: int = 1) -> str:
    """Return the shortest beginning of a dotted name that is in `_TOLD` and has as many parts, "" if there is none."""
    parts = name.split(".")[:_LONGEST]
    return next(filter(_TOLD.search, (".".join(parts[:n]) for n in range(least, len(parts) + 1))), "")


def _full_names(node: ast.AST, imported: Mapping[str, set[str]]) -> list[str]:
    """Return the dotted names that an attribute or variable may have, with what its first name was imported as."""
    names: list[str] = []
    owner, name = _owner(node)
    while owner is not None and len(names) < _LONGEST - 1:
        names.insert(0, name)
        node = owner
        owner, name = _owner(node)
    first = [*sorted(imported.get(node.id, ())), node.id] if isinstance(node, ast.Name) else ["…"]
    return [".".join([name, *names]) for name in first]
