/**
 * Runs the tests in `tests.py` against `solution.py`. Reads a secret line from standard input before any of that code is loaded
 * and reports on standard output in lines that begin with the secret: `{"event": "start" | "case" | "done", …}`.
 *
 * Tests are `test*` functions, `Test*` classes, `unittest.TestCase`, or, when there is none of these, the script itself, which
 * passes if it ends by itself after at least one `assert` was reached.
 */
export const PYTHON_HARNESS = String.raw`
import ast, asyncio, functools, importlib.util, inspect, io, json, os, sys, traceback, types, unittest


def reporter():
    """The one thing that knows the secret. What it uses is bound here, out of reach of later patches."""
    secret = sys.stdin.readline().strip()
    sys.stdin = io.StringIO("")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    out, write, encode = os.dup(1), os.write, json.JSONEncoder().encode

    def report(event, **fields):
        data = ("\n" + secret + encode(dict(fields, event=event)) + "\n").encode()
        while data:
            data = data[write(out, data):]

    return report


def reason(error):
    """One line: the kind of error, its message, and the line of the tests or the solution it came from."""
    if isinstance(error, SystemExit):
        text = "the program called exit(%r)" % (error.code,)
    elif isinstance(error, SyntaxError):
        text = "%s: %s" % (type(error).__name__, error)
    else:
        text = " ".join("".join(traceback.format_exception_only(type(error), error)).split())[:800]
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for name in ("tests.py", "solution.py") for f in frames if os.path.basename(f.filename) == name][:1]
    return text + "".join(" (%s, line %s: %s)" % (os.path.basename(f.filename), f.lineno, f.line) for f in ours)


def load(file, name, code, names):
    module = types.ModuleType(name)
    module.__file__ = file
    module.__dict__.update(names)
    sys.modules[name] = module
    exec(compile(code, file, "exec"), module.__dict__)
    return module


def is_case(node):
    if isinstance(node, ast.ClassDef):
        bases = [getattr(base, "attr", getattr(base, "id", "")) for base in node.bases]
        return node.name.startswith("Test") or any("TestCase" in base for base in bases)
    return isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test")


class CountAsserts(ast.NodeTransformer):
    """Calls __asserted__ before each assert, to know that one was reached."""

    def visit_Assert(self, node):
        return [ast.copy_location(ast.Expr(ast.Call(ast.Name("__asserted__", ast.Load()), [], [])), node), node]


def borrow_solution(tree, solution):
    """Lets 'from anything import name' mean the solution, if there is no such module and the solution has the names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            module = (node.module or "solution").split(".")[0]
            known = all(alias.name == "*" or hasattr(solution, alias.name) for alias in node.names)
            if known and (node.level or (module not in sys.modules and not importlib.util.find_spec(module))):
                node.module, node.level = "solution", 0


def needs(function):
    """Names of the arguments it cannot be called without."""
    parameters = inspect.signature(function).parameters.values()
    return [p.name for p in parameters if p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]


def variants(name, function):
    """A test, once for every set of arguments it is marked with."""
    runs = [(name, function)]
    for names, rows in getattr(function, "__parametrize__", []):
        runs = [
            ("%s[%s]" % (label, ", ".join(map(repr, row))[:80]), functools.partial(run, **dict(zip(names, row))))
            for label, run in runs
            for row in rows
        ]
    return runs


class Results(unittest.TestResult):
    """Hands the results of unittest on, one by one."""

    def __init__(self, tell):
        super().__init__()
        self.tell, self.told = tell, set()

    def case(self, test, error=None):
        if test not in self.told:
            self.told.add(test)
            self.tell("case", name=getattr(test, "_testMethodName", str(test)), ok=error is None, message=error and reason(error))

    def startTest(self, test):
        self.tell("start", name=test._testMethodName)

    def addError(self, test, err):
        self.case(test, err[1])

    def addSubTest(self, test, subtest, err):
        if err:
            self.case(test, err[1])

    def addUnexpectedSuccess(self, test):
        self.case(test, AssertionError("was expected to fail"))

    def addExpectedFailure(self, test, err):
        self.case(test)

    addFailure, addSuccess = addError, case


def main():
    report = reporter()
    here = os.getcwd()
    sys.argv = ["tests.py"]
    sys.path.insert(0, here)
    unittest.main = lambda *args, **kwargs: None

    def attempt(name, function, before=lambda: None, after=lambda: None):
        report("start", name=name)
        try:
            lacking = needs(function)
            if lacking:
                raise TypeError("needs the fixture %r, which does not exist here" % lacking[0])
            before()
            try:
                result = function()
                if inspect.iscoroutine(result):
                    asyncio.run(result)
            finally:
                after()
        except unittest.SkipTest:
            return
        except BaseException as error:
            report("case", name=name, ok=False, message=reason(error))
        else:
            report("case", name=name, ok=True)

    def attempt_class(name, cls):
        def hook(instance, key):
            method = getattr(instance, key, lambda: None)
            return lambda: method(*[None] * len(needs(method)))

        hook(cls, "setup_class")()
        for key in [key for key in dir(cls) if key.startswith("test")]:
            for index in range(len(variants(key, getattr(cls, key)))):
                instance = cls()
                label, function = variants(key, getattr(instance, key))[index]
                attempt(name + "." + label, function, hook(instance, "setup_method"), hook(instance, "teardown_method"))

    def run():
        with open("tests.py", encoding="utf-8") as file:
            tree = ast.parse(file.read(), "tests.py")
        with open("solution.py", encoding="utf-8") as file:
            solution = load(os.path.join(here, "solution.py"), "solution", file.read(), {})
        names = {key: value for key, value in vars(solution).items() if not key.startswith("__")}
        borrow_solution(tree, solution)
        path = os.path.join(here, "tests.py")

        if not any(map(is_case, tree.body)) and any(isinstance(node, ast.Assert) for node in ast.walk(tree)):
            reached = []

            def script():
                code = ast.fix_missing_locations(CountAsserts().visit(tree))
                load(path, "__main__", code, dict(names, __asserted__=lambda: reached.append(True)))
                if not reached:
                    raise AssertionError("no assert was reached")

            attempt("script", script)
            return

        for name, value in list(vars(load(path, "tests", tree, names)).items()):
            if inspect.isclass(value) and issubclass(value, unittest.TestCase):
                if not value.__module__.startswith("unittest"):
                    unittest.TestSuite([unittest.defaultTestLoader.loadTestsFromTestCase(value)]).run(Results(report))
            elif inspect.isclass(value) and name.startswith("Test"):
                attempt_class(name, value)
            elif inspect.isfunction(value) and name.startswith("test"):
                for label, function in variants(name, value):
                    attempt(label, function)

    try:
        run()
    except BaseException as error:
        report("case", name="loading", ok=False, message=reason(error))
    try:
        sys.stdout.flush()
    finally:
        report("done")
        os._exit(0)


main()
`;

/** The part of pytest that tests without fixtures use, so that they run on a bare interpreter. Lies beside the harness. */
export const PYTEST_STAND_IN = String.raw`
import math, re, unittest


class raises:
    def __init__(self, expected, match=None):
        self.expected, self.match, self.value = expected, match, None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if value is None:
            raise AssertionError("did not raise %r" % (self.expected,))
        self.type, self.value = kind, value
        if not isinstance(value, self.expected):
            return False
        if self.match is not None and not re.search(self.match, str(value)):
            raise AssertionError("the message %r does not match %r" % (str(value), self.match))
        return True


class approx:
    def __init__(self, expected, rel=1e-6, abs=1e-12, nan_ok=False):
        self.expected, self.rel, self.abs, self.nan_ok = expected, rel, abs, nan_ok

    def near(self, actual, expected):
        if isinstance(expected, dict):
            return actual.keys() == expected.keys() and all(self.near(actual[key], expected[key]) for key in expected)
        if isinstance(expected, (list, tuple)):
            return len(actual) == len(expected) and all(map(self.near, actual, expected))
        if not isinstance(expected, (int, float)):
            return actual == expected
        if expected != expected:
            return self.nan_ok and actual != actual
        return math.isclose(actual, expected, rel_tol=self.rel, abs_tol=self.abs)

    def __eq__(self, actual):
        return self.near(actual, self.expected)

    def __repr__(self):
        return "approx(%r)" % (self.expected,)


class Mark:
    def parametrize(self, names, rows, **options):
        if isinstance(names, str):
            names = [name.strip() for name in names.split(",")]
        rows = [tuple(row) if len(names) > 1 or isinstance(row, param) else (row,) for row in rows]

        def decorate(function):
            function.__parametrize__ = [*getattr(function, "__parametrize__", []), (names, rows)]
            return function

        return decorate

    def skipif(self, condition, reason=""):
        return unittest.skipIf(condition, reason)

    def skip(self, target=None, reason=""):
        return unittest.skip(reason)(target) if callable(target) else unittest.skip(reason)

    def __getattr__(self, name):
        return lambda *args, **options: args[0] if len(args) == 1 and callable(args[0]) else lambda target: target


class param(tuple):
    def __new__(cls, *values, **options):
        return super().__new__(cls, values)


def fail(reason=""):
    raise AssertionError(reason)


def skip(reason=""):
    raise unittest.SkipTest(reason)


def fixture(function=None, **options):
    return function if callable(function) else lambda target: target


def main(*args, **options):
    return 0


mark = Mark()
`;
