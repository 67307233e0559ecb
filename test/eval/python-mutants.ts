/**
 * Reads a Python program on standard input as `{"code", "entry", "most"}` and prints a list of `{"kind", "code"}`: the program
 * with one small mistake each, of as many kinds as it has places for, in the functions that `entry` is made of.
 */
export const PYTHON_MUTANTS = String.raw`
import ast, copy, itertools, json, sys

COMPARISONS = {ast.Lt: ast.GtE, ast.LtE: ast.Lt, ast.Gt: ast.LtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
               ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is}
ARITHMETIC = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult, ast.Mod: ast.FloorDiv}


def is_docstring(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def changes(node):
    """(kind, change) for every mistake that can be made at a node; a change is made in place."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARISONS:
        yield "comparison", lambda n: n.ops.__setitem__(0, COMPARISONS[type(n.ops[0])]())
    if isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in ARITHMETIC:
        yield "arithmetic", lambda n: setattr(n, "op", ARITHMETIC[type(n.op)]())
    if isinstance(node, (ast.If, ast.While, ast.IfExp)):
        yield "condition", lambda n: setattr(n, "test", ast.UnaryOp(ast.Not(), n.test))
    if isinstance(node, ast.Return) and node.value is not None:
        yield "return", lambda n: setattr(n, "value", ast.Constant(None))
        yield "wrapped return", lambda n: setattr(n, "value", ast.List([n.value], ast.Load()))
    if isinstance(node, ast.BoolOp):
        yield "connective", lambda n: setattr(n, "op", ast.Or() if isinstance(n.op, ast.And) else ast.And())
    if isinstance(node, ast.comprehension) and node.ifs:
        yield "dropped filter", lambda n: setattr(n, "ifs", [])
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield "off by one", lambda n: setattr(n, "value", n.value + 1)
    if isinstance(node, ast.Constant) and type(node.value) is bool:
        yield "constant", lambda n: setattr(n, "value", not n.value)
    if isinstance(node, ast.Constant) and type(node.value) is str:
        yield "constant", lambda n: setattr(n, "value", n.value + "x")
    for field in ("body", "orelse"):
        statements = getattr(node, field, None)
        for index, one in enumerate(statements if isinstance(statements, list) else []):
            if isinstance(one, (ast.Assign, ast.AugAssign, ast.Expr, ast.If, ast.For)) and not is_docstring(one):
                yield "dropped statement", lambda n, f=field, i=index: getattr(n, f).__setitem__(i, ast.Pass())


def places(tree):
    """Positions in the order of ast.walk of what lies within functions and is no docstring."""
    functions = [node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    inside = {id(node) for function in functions for node in ast.walk(function)}
    texts = {id(one.value) for function in functions for one in ast.walk(function) if is_docstring(one)}
    for position, node in enumerate(ast.walk(tree)):
        if id(node) in inside and id(node) not in texts:
            yield position, node


def main():
    order = json.load(sys.stdin)
    tree = ast.parse(order["code"])
    by_kind = {}
    for position, node in places(tree):
        for number, (kind, _) in enumerate(changes(node)):
            by_kind.setdefault(kind, []).append((kind, position, number))
    mixed = [one for row in itertools.zip_longest(*by_kind.values()) for one in row if one]
    mutants, seen = [], {ast.unparse(tree)}
    for kind, position, number in mixed:
        if len(mutants) == order["most"]:
            break
        mutant = copy.deepcopy(tree)
        node = next(itertools.islice(ast.walk(mutant), position, None))
        list(changes(node))[number][1](node)
        code = ast.unparse(ast.fix_missing_locations(mutant))
        if code not in seen:
            seen.add(code)
            mutants.append({"kind": kind, "code": code})
    print(json.dumps(mutants))


main()
`;
