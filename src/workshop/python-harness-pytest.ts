/** `pytest.py`: the part of pytest that tests of single functions use, so that they run on a bare interpreter. */
export const PYTEST_STAND_IN = String.raw`
import contextlib, fnmatch, importlib, os, re, sys, unittest, warnings as _warnings


class raises:
    """Also 'raises(Error, function, *arguments)'."""

    def __new__(cls, expected, function=None, *args, match=None, **kwargs):
        self = super().__new__(cls)
        self.expected, self.pattern, self.type, self.value, self.tb = expected, match, None, None, None
        if function is None:
            return self
        with self:
            function(*args, **kwargs)
        return self

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if value is None:
            raise AssertionError("did not raise %r" % (self.expected,))
        self.type, self.value, self.tb = kind, value, trace
        if not isinstance(value, self.expected):
            return False
        if self.pattern is not None:
            self.match(self.pattern)
        return True

    def match(self, pattern):
        if not re.search(pattern, str(self.value)):
            raise AssertionError("the message %r does not match %r" % (str(self.value), pattern))
        return True


@contextlib.contextmanager
def warns(expected=Warning, match=None):
    with _warnings.catch_warnings(record=True) as caught:
        _warnings.simplefilter("always")
        yield caught
    fitting = [one for one in caught if issubclass(one.category, expected)]
    if not any(match is None or re.search(match, str(one.message)) for one in fitting):
        raise AssertionError("did not warn of %r%s" % (expected, "" if match is None else " that matches %r" % match))


class approx:
    def __init__(self, expected, rel=None, abs=None, nan_ok=False):
        self.expected, self.rel, self.abs, self.nan_ok = expected, rel, abs, nan_ok

    def near(self, actual, expected):
        if isinstance(expected, dict):
            return actual.keys() == expected.keys() and all(self.near(actual[key], expected[key]) for key in expected)
        if isinstance(expected, (list, tuple)):
            return len(actual) == len(expected) and all(map(self.near, actual, expected))
        if isinstance(expected, bool) or not hasattr(expected, "__abs__") or not hasattr(actual, "__abs__"):
            return actual == expected
        if actual == expected:
            return True
        if expected != expected:
            return self.nan_ok and actual != actual
        size = abs(expected)
        if size == float("inf"):
            return False
        # As pytest has it: relative to what is expected, unless an absolute tolerance alone was given.
        relative = 0 if self.rel is None and self.abs is not None else float(size) * (1e-6 if self.rel is None else self.rel)
        return float(abs(actual - expected)) <= max(relative, 1e-12 if self.abs is None else self.abs)

    def __eq__(self, actual):
        try:
            return self.near(actual, self.expected)
        except (AttributeError, KeyError, TypeError):
            return False

    def __repr__(self):
        return "approx(%r)" % (self.expected,)


class param(tuple):
    def __new__(cls, *values, id=None, marks=()):
        self = super().__new__(cls, values)
        self.id, self.marks = id, marks if isinstance(marks, (list, tuple)) else [marks]
        return self


class Mark:
    def parametrize(self, names, rows, ids=None, indirect=False, **options):
        if isinstance(names, str):
            names = [name.strip() for name in names.split(",") if name.strip()]
        rows = [row if isinstance(row, param) else param(*row) if len(names) > 1 else param(row) for row in rows]
        for index, row in enumerate(rows):
            if row.id is None and ids is not None:
                row.id = ids(*row) if callable(ids) and len(row) == 1 else None if callable(ids) else list(ids)[index]
        through = set(names) if indirect is True else set(indirect or ())

        def decorate(target):
            target.__parametrize__ = [*getattr(target, "__parametrize__", []), (names, rows, through)]
            return target

        return decorate

    def usefixtures(self, *names):
        def decorate(target):
            target.__uses__ = [*getattr(target, "__uses__", []), *names]
            return target

        return decorate

    def skipif(self, condition, reason=""):
        return unittest.skipIf(condition, reason)

    def skip(self, target=None, reason=""):
        return unittest.skip(reason)(target) if callable(target) else unittest.skip(reason)

    def xfail(self, target=None, reason="", strict=False, **options):
        def decorate(target):
            target.__xfail__ = "strict" if strict else "may fail"
            return target

        return decorate(target) if callable(target) else decorate

    def __getattr__(self, name):
        return lambda *args, **options: args[0] if len(args) == 1 and callable(args[0]) else lambda target: target


class MonkeyPatch:
    def __init__(self):
        self.undoing = contextlib.ExitStack()

    def setattr(self, target, name, *value, raising=True):
        if isinstance(target, str):
            module, _, attribute = target.rpartition(".")
            target, name, value = self.found(module), attribute, (name,)
        if raising and not hasattr(target, name):
            raise AttributeError("%r has no attribute %r" % (target, name))
        self.restore_later(vars(target) if isinstance(target, type) else None, target, name)
        setattr(target, name, *value)

    def delattr(self, target, name=None, raising=True):
        if isinstance(target, str):
            module, _, name = target.rpartition(".")
            target = self.found(module)
        if raising or hasattr(target, name):
            self.restore_later(None, target, name)
            delattr(target, name)

    def found(self, path):
        try:
            return importlib.import_module(path)
        except ImportError:
            outer, _, name = path.rpartition(".")
            if not outer:
                raise
            return getattr(self.found(outer), name)

    def restore_later(self, own, target, name):
        if own is not None and name in own:
            self.undoing.callback(setattr, target, name, own[name])
        elif own is None and hasattr(target, name):
            self.undoing.callback(setattr, target, name, getattr(target, name))
        else:
            self.undoing.callback(lambda: hasattr(target, name) and delattr(target, name))

    def setitem(self, mapping, key, value):
        if key in mapping:
            self.undoing.callback(mapping.__setitem__, key, mapping[key])
        else:
            self.undoing.callback(mapping.pop, key, None)
        mapping[key] = value

    def delitem(self, mapping, key, raising=True):
        if raising or key in mapping:
            self.undoing.callback(mapping.__setitem__, key, mapping[key])
            del mapping[key]

    def setenv(self, name, value, prepend=None):
        if prepend and name in os.environ:
            value = "%s%s%s" % (value, prepend, os.environ[name])
        self.setitem(os.environ, name, str(value))

    def delenv(self, name, raising=True):
        self.delitem(os.environ, name, raising)

    def syspath_prepend(self, path):
        self.undoing.callback(setattr, sys, "path", list(sys.path))
        sys.path.insert(0, str(path))

    def chdir(self, path):
        self.undoing.callback(os.chdir, os.getcwd())
        os.chdir(path)

    @contextlib.contextmanager
    def context(self):
        inner = MonkeyPatch()
        try:
            yield inner
        finally:
            inner.undo()

    def undo(self):
        self.undoing.close()


def fixture(function=None, scope="function", params=None, autouse=False, ids=None, name=None):
    def decorate(target):
        target.__fixture__ = {"scope": scope, "params": params, "autouse": autouse, "name": name or target.__name__}
        return target

    return decorate(function) if callable(function) else decorate


def fail(reason="", pytrace=True, msg=None):
    raise AssertionError(msg or reason)


def skip(reason="", allow_module_level=False, msg=None):
    raise unittest.SkipTest(msg or reason)


def xfail(reason=""):
    raise unittest.SkipTest(reason)


def importorskip(name, minversion=None, reason=None):
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise unittest.SkipTest(reason or str(error))


def exit(reason="", returncode=None):
    raise SystemExit(returncode)


def main(*args, **options):
    return 0


class Named:
    """Stands for types that only annotations use."""

    def __class_getitem__(cls, item):
        return cls


CaptureFixture = LogCaptureFixture = FixtureRequest = TempPathFactory = ExceptionInfo = Item = Config = Named
mark = Mark()
`;
