/**
 * Runs the tests in `tests.py` against `solution.py`. Reads a secret line from standard input before any of that code is loaded
 * and reports on standard output in lines that begin with the secret: `{"event": "start" | "case" | "done", …}`.
 *
 * Tests are `test*` functions, `Test*` classes, `unittest.TestCase`, or, when there is none of these, the script itself, which
 * passes if it ends by itself after at least one `assert` was reached. They run in the order they are written in.
 */
export const PYTHON_HARNESS = String.raw`
import ast, asyncio, builtins, importlib.util, inspect, io, json, math, os, sys, traceback, types, unittest, unittest.mock
import asserts, fixtures, pytest


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


class Pristine:
    """Sets back what a program may have patched, so that it is judged by helpers it has not touched."""

    def __init__(self, targets):
        self.kept = [(target, dict(vars(target))) for target in targets]

    def restore(self):
        for target, names in self.kept:
            for name in [name for name in vars(target) if name not in names]:
                delattr(target, name)
            for name, value in names.items():
                if vars(target).get(name) is not value:
                    setattr(target, name, value)


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


def borrow_solution(tree, solution):
    """Lets 'from anything import name' mean the solution, if there is no such module and the solution has the names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            module = (node.module or "solution").split(".")[0]
            known = all(alias.name == "*" or hasattr(solution, alias.name) for alias in node.names)
            if known and (node.level or (module not in sys.modules and not importlib.util.find_spec(module))):
                node.module, node.level = "solution", 0


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


def classes_of(module):
    return [value for value in vars(module).values() if inspect.isclass(value) and value.__module__ == module.__name__]


def main():
    report = reporter()
    here = os.getcwd()
    sys.argv = ["tests.py"]
    sys.path.insert(0, here)
    sys.modules["__main__"] = types.ModuleType("__main__")
    unittest.main = lambda *args, **kwargs: None
    loader = unittest.TestLoader()
    language = Pristine([builtins, math])
    modules = unittest.case, unittest.suite, unittest.loader, unittest.result, pytest, asserts, fixtures
    helpers = Pristine([target for module in modules for target in (module, *classes_of(module))])

    def attempt(name, body, xfail=None):
        report("start", name=name)
        helpers.restore()
        try:
            result = body()
            if inspect.iscoroutine(result):
                asyncio.run(result)
            if xfail == "strict":
                raise AssertionError("was expected to fail")
        except unittest.SkipTest:
            return
        except BaseException as error:
            failed = xfail != "may fail" or not isinstance(error, Exception)
            report("case", name=name, ok=not failed, message=reason(error) if failed else None)
        else:
            report("case", name=name, ok=True)

    def run_all(cases):
        for label, body, xfail in cases:
            attempt(label, body, xfail)

    def run():
        with open("tests.py", encoding="utf-8") as file:
            tree = ast.parse(file.read(), "tests.py")
        with open("solution.py", encoding="utf-8") as file:
            solution = load(os.path.join(here, "solution.py"), "solution", file.read(), {})
        language.restore()
        helpers.restore()
        names = {key: value for key, value in vars(solution).items() if not key.startswith("__")}
        borrow_solution(tree, solution)
        path = os.path.join(here, "tests.py")
        reached = []
        has_cases = any(map(is_case, tree.body))
        has_asserts = any(isinstance(node, ast.Assert) for node in ast.walk(tree))
        code = ast.fix_missing_locations(asserts.ShowValues().visit(tree))
        names.update(__asserted__=lambda: reached.append(True), __explain__=asserts.explain)

        if not has_cases and has_asserts:

            def script():
                load(path, "__main__", code, names)
                if not reached:
                    raise AssertionError("no assert was reached")

            attempt("script", script)
            return

        tests = load(path, "tests", code, names)
        known = fixtures.Fixtures(vars(tests))
        for name, value in list(vars(tests).items()):
            if inspect.isclass(value) and issubclass(value, unittest.TestCase):
                if not value.__module__.startswith("unittest"):
                    helpers.restore()
                    unittest.TestSuite([loader.loadTestsFromTestCase(value)]).run(Results(report))
            elif inspect.isclass(value) and name.startswith("Test"):
                run_all(known.cases_of_class(name, value))
            elif inspect.isfunction(value) and name.startswith("test"):
                run_all(known.cases(name, value))
        known.close()

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
