/** `fixtures.py`: gives tests in pytest's style what they ask for by the names of their arguments, and multiplies them. */
export const PYTEST_FIXTURES = String.raw`
import asyncio, collections, contextlib, functools, inspect, io, itertools, logging, pathlib, tempfile, types, unittest, unittest.mock
import pytest

Captured = collections.namedtuple("Captured", "out err")


class Capture:
    def __init__(self):
        self.streams = io.StringIO(), io.StringIO()

    def readouterr(self):
        texts = [stream.getvalue() for stream in self.streams]
        for stream in self.streams:
            stream.seek(0)
            stream.truncate()
        return Captured(*texts)

    @contextlib.contextmanager
    def disabled(self):
        yield


class Log(logging.Handler):
    def __init__(self):
        super().__init__(0)
        self.records = []

    def emit(self, record):
        self.records.append(record)

    def clear(self):
        self.records.clear()

    messages = property(lambda self: [record.getMessage() for record in self.records])
    text = property(lambda self: "".join("%s %s\n" % (record.levelname, record.getMessage()) for record in self.records))
    record_tuples = property(lambda self: [(record.name, record.levelno, record.getMessage()) for record in self.records])

    def set_level(self, level, logger=None):
        logging.getLogger(logger).setLevel(level)

    @contextlib.contextmanager
    def at_level(self, level, logger=None):
        target = logging.getLogger(logger)
        before = target.level
        target.setLevel(level)
        try:
            yield
        finally:
            target.setLevel(before)


def capsys():
    capture = Capture()
    with contextlib.redirect_stdout(capture.streams[0]), contextlib.redirect_stderr(capture.streams[1]):
        yield capture


def caplog():
    log, root = Log(), logging.getLogger()
    before = root.level
    root.addHandler(log)
    try:
        yield log
    finally:
        root.removeHandler(log)
        root.setLevel(before)


def tmp_path():
    return pathlib.Path(tempfile.mkdtemp())


def tmp_path_factory():
    return types.SimpleNamespace(mktemp=lambda name, numbered=True: pathlib.Path(tempfile.mkdtemp(prefix=name)))


def monkeypatch():
    patch = pytest.MonkeyPatch()
    try:
        yield patch
    finally:
        patch.undo()


GIVEN = {"capsys": capsys, "capfd": capsys, "caplog": caplog, "tmp_path": tmp_path, "tmpdir": tmp_path, "tmp_path_factory": tmp_path_factory, "monkeypatch": monkeypatch}


def needs(function):
    """Names of the arguments it cannot be called without; what mock.patch hands over stands first and is not among them."""
    parameters = inspect.signature(function).parameters.values()
    names = [p.name for p in parameters if p.default is p.empty and p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
    patched = [one for one in getattr(function, "patchings", []) if one.new is unittest.mock.DEFAULT and not one.attribute_name]
    return [name for name in names if name != "self"][len(patched):]


def bound(function, instance):
    return function.__get__(instance) if "self" in inspect.signature(function).parameters else function


def call_hook(hook):
    if callable(hook):
        settled(hook(*[None] * len(needs(hook))))


def settled(value):
    return asyncio.run(value) if inspect.iscoroutine(value) else value


def fixtures_in(names):
    marked = [value for value in names.values() if hasattr(value, "__fixture__")]
    return {function.__fixture__["name"]: function for function in marked}


def rows_of(marked):
    """Sets of arguments a test is to be called with: a label, values by name, values that reach a fixture as request.param."""
    runs = [([], {}, {}, [])]
    for names, rows, through in [one for target in marked for one in getattr(target, "__parametrize__", [])]:
        runs = [
            (
                [*label, row.id if row.id is not None else ", ".join(map(repr, row))[:80]],
                {**values, **{name: value for name, value in zip(names, row) if name not in through}},
                {**params, **{name: value for name, value in zip(names, row) if name in through}},
                [*marks, *row.marks],
            )
            for label, values, params, marks in runs
            for row in rows
        ]
    return runs


class Fixtures:
    """What the tests of a module have, by name. What is wider than one test is made once and torn down in the end."""

    def __init__(self, module):
        self.module, self.known = module, {**GIVEN, **fixtures_in(module)}
        self.shared, self.closing = {}, contextlib.ExitStack()
        call_hook(module.get("setup_module"))
        self.closing.callback(call_hook, module.get("teardown_module"))

    def close(self):
        self.closing.close()

    def cases_of_class(self, name, cls):
        if getattr(cls, "__unittest_skip__", False):
            return
        call_hook(getattr(cls, "setup_class", None))
        self.closing.callback(call_hook, getattr(cls, "teardown_class", None))
        members = {key: value for base in reversed(cls.__mro__) for key, value in vars(base).items()}
        for key, method in members.items():
            if key.startswith("test") and callable(getattr(cls, key)):
                function = getattr(cls, key) if isinstance(method, (staticmethod, classmethod)) else method
                for label, body, xfail in self.cases(key, function, cls, {**self.known, **fixtures_in(members)}):
                    yield name + "." + label, body, xfail

    def cases(self, name, function, owner=None, known=None):
        """(label, body, xfail) of every run of a test; owner is the class it is a method of."""
        known = known or self.known
        marked = [function] if owner is None else [function, owner]
        always = [key for key, one in known.items() if getattr(one, "__fixture__", {}).get("autouse")]
        used = [use for target in marked for use in getattr(target, "__uses__", [])]
        for label, values, params, marks in rows_of(marked):
            asked = [key for key in dict.fromkeys([*always, *used, *needs(function)]) if key not in values]
            many = self.multiplying(asked, known, params)
            for choice in itertools.product(*([(key, value) for value in known[key].__fixture__["params"]] for key in many)):
                probe = lambda: None
                for mark in marks:
                    probe = mark(probe)
                run = types.SimpleNamespace(name=name, function=function, owner=owner, asked=asked, known=known, values=dict(values),
                                            params={**params, **dict(choice)}, skipped=getattr(probe, "__unittest_skip__", False))
                xfail = next((target.__xfail__ for target in (probe, *marked) if hasattr(target, "__xfail__")), None)
                parts = [*label, *(repr(value)[:80] for _, value in choice)]
                yield name + ("[%s]" % ", ".join(map(str, parts)) if parts else ""), functools.partial(self.call, run), xfail

    def multiplying(self, asked, known, params):
        """Names of the fixtures with params that a test rests on, directly or through others."""
        seen, waiting = {}, list(asked)
        while waiting:
            key = waiting.pop(0)
            if key in known and key not in seen:
                seen[key] = key not in params and getattr(known[key], "__fixture__", {}).get("params")
                waiting += needs(known[key])
        return [key for key, values in seen.items() if values]

    def call(self, run):
        if run.skipped:
            raise unittest.SkipTest()
        run.instance = run.owner and run.owner()
        hook = self.module.get if run.owner is None else lambda key: getattr(run.instance, key, None)
        kind = "function" if run.owner is None else "method"
        with contextlib.ExitStack() as stack:
            stack.callback(call_hook, hook("teardown_" + kind))
            call_hook(hook("setup_" + kind))
            for name in run.asked:
                run.values[name] = self.get(name, run, stack)
            arguments = {name: run.values[name] for name in needs(run.function)}
            settled(bound(run.function, run.instance)(**arguments))

    def get(self, name, run, stack):
        if name in run.values:
            return run.values[name]
        if name not in run.known:
            raise TypeError("needs the fixture %r, which does not exist here" % name)
        function = run.known[name]
        is_wide = getattr(function, "__fixture__", {}).get("scope", "function") != "function"
        place = (name, repr(run.params.get(name)))
        if is_wide and place in self.shared:
            return self.shared[place]
        closing = self.closing if is_wide else stack
        request = types.SimpleNamespace(param=run.params.get(name), node=types.SimpleNamespace(name=run.name), instance=run.instance,
                                        addfinalizer=closing.callback, getfixturevalue=lambda other: self.get(other, run, stack))
        arguments = {key: request if key == "request" else self.get(key, run, stack) for key in needs(function)}
        value = settled(bound(function, run.instance)(**arguments))
        if inspect.isgenerator(value):
            generator, value = value, next(value)
            closing.callback(next, generator, None)
        run.values[name] = value
        if is_wide:
            self.shared[place] = value
        return value
`;
