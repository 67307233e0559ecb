/** `asserts.py`: lets a plain `assert` say what it compared, as `got 3, expected 4`. */
export const PYTHON_ASSERTS = String.raw`
import ast

SIGNS = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
}


def name(identifier):
    return ast.Name(identifier, ast.Load())


def kept(identifier, value):
    return ast.NamedExpr(ast.Name(identifier, ast.Store()), value)


def is_literal(node):
    return all(isinstance(part, (ast.Constant, ast.List, ast.Tuple, ast.Set, ast.Dict, ast.UnaryOp, ast.USub, ast.Load)) for part in ast.walk(node))


class ShowValues(ast.NodeTransformer):
    """Each side is still evaluated once and in its place, and a message only on a failure."""

    def visit_Assert(self, node):
        counted = ast.Expr(ast.Call(name("__asserted__"), [], []))
        return [ast.copy_location(one, node) for one in (counted, *self.told(node.test, node.msg))]

    def told(self, test, message):
        if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
            return [one for value in test.values for one in self.told(value, message)]
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            sign, right = SIGNS[type(test.ops[0])], test.comparators[0]
            swapped = sign == "==" and is_literal(test.left) and not is_literal(right)
            shown = ast.Compare(kept("__left__", test.left), test.ops, [kept("__right__", right)])
            sides = ["__right__", "__left__"] if swapped else ["__left__", "__right__"]
        elif isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            sign, shown, sides = "not", ast.UnaryOp(test.op, kept("__left__", test.operand)), ["__left__"] * 2
        else:
            sign, shown, sides = "", kept("__left__", test), ["__left__"] * 2
        told = ast.Call(name("__explain__"), [ast.Constant(sign), *map(name, sides), *([message] if message else [])], [])
        return [ast.Assert(ast.copy_location(shown, test), ast.copy_location(told, test))]


def show(value):
    try:
        text = repr(value)
    except Exception as error:
        text = "a %s whose repr raises %s" % (type(value).__name__, type(error).__name__)
    return text if len(text) <= 200 else text[:140] + " … " + text[-50:]


def explain(sign, left, right, message=None):
    expected = {"": "something true", "not": "something false", "==": show(right), "!=": "anything else"}
    text = "got %s, expected %s" % (show(left), expected.get(sign) or "it to be %s %s" % (sign, show(right)))
    return text if message is None else "%s: %s" % (message, text)
`;
