import { openSandbox } from '../drivers/sandbox/open-sandbox';
import { ThreadedSyntax } from '../drivers/syntax/threaded-syntax';
import { TestRunner } from './test-runner.service';
import type { TestRun } from '../contracts/outcome';

let runner: TestRunner;
const syntax = new ThreadedSyntax();
beforeAll(async () => void (runner = new TestRunner(await openSandbox(), syntax)));
afterAll(() => syntax.close());

const run = async (code: string, tests: string, wallMs = 20_000): Promise<TestRun> => {
  const artifact = { language: 'python', code, tests, explanation: '' };
  return (await runner.run(artifact, { signal: new AbortController().signal, wallMs })).testRun;
};
const counts = ({ passed, failed }: TestRun): number[] => [passed, failed];
const ADD = 'def add(a, b):\n    return a + b\n';

describe('a failing assert shows what it compared', () => {
  it.each([
    ['assert add(1, 2) == 4', 'got 3, expected 4'],
    ['assert 4 == add(1, 2)', 'got 3, expected 4'],
    ['assert add("a", "b") == "ba", "the order"', "the order: got 'ab', expected 'ba'"],
    ['assert add(1, 2) != 3', 'got 3, expected anything else'],
    ['assert add(1, 2) > 3', 'got 3, expected it to be > 3'],
    ['assert add(1, 2) in (1, 2)', 'got 3, expected it to be in (1, 2)'],
    ['assert add(0, 0)', 'got 0, expected something true'],
    ['assert not add(1, 0)', 'got 1, expected something false'],
    ['assert add(1, 1) == 2 and add(2, 2) == 5', 'got 4, expected 5'],
    ['assert add(0.1, 0.2) == pytest.approx(0.4)', 'got 0.30000000000000004, expected approx(0.4)'],
    ['assert add([0] * 500, [1]) == []', 'got [0, 0'],
  ])('%s', async (line, shown) => {
    const { failures } = await run(ADD, `import pytest\ndef test_it():\n    ${line}`);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toContain(`test_it: AssertionError: ${shown}`);
    expect(failures[0]).toContain('(tests.py, line 3: assert');
    expect(failures[0]?.length).toBeLessThan(1_000);
  });

  it('and evaluates each side once, from left to right, as far as the language does', async () => {
    const tests = `
seen = []
def mark(value):
    seen.append(value)
    return value
def test_once():
    assert mark(1) < mark(2)
    assert mark(0) == 0 or mark(9)
    assert mark(3) == 3 and mark(4) == 4, mark(99)
    assert 1 < mark(5) < mark(6)
    assert seen == [1, 2, 0, 3, 4, 5, 6], seen
class TestScope:
    assert mark(7) == 7
    def test_in_class(self): assert (lambda: mark(8))() == 8
`;
    const { failures } = await run(ADD, tests.replace('seen == [1', 'seen == [7, 1'));
    expect(failures).toEqual([]);
  });
});

describe('tests in the style of pytest', () => {
  it('get fixtures: built in, of their own, with teardown, of any scope, resting on others, for every test', async () => {
    const tests = `
import os, logging, pytest
torn = []
@pytest.fixture
def number(): return 2
@pytest.fixture
def doubled(number):
    yield number * 2
    torn.append("doubled")
@pytest.fixture(scope="module")
def shared(): return []
@pytest.fixture(params=[1, 10], name="factor")
def _factor(request): return request.param
@pytest.fixture(autouse=True)
def always(monkeypatch): monkeypatch.setenv("ALWAYS", "on")
def test_own(doubled): assert add(doubled, 0) == 4
def test_torn(): assert torn == ["doubled"]
def test_shared_one(shared): shared.append(1)
def test_shared_two(shared): assert shared == [1]
def test_factor(factor, number): assert factor * number in (2, 20)
def test_always(): assert os.environ["ALWAYS"] == "on"
def test_capsys(capsys):
    print("hello")
    assert capsys.readouterr().out == "hello\\n"
def test_tmp_path(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
def test_caplog(caplog):
    with caplog.at_level(logging.INFO): logging.getLogger("a").info("said %s", 1)
    assert "said 1" in caplog.text and caplog.records[0].levelname == "INFO"
def test_monkeypatch(monkeypatch):
    monkeypatch.setattr("os.getcwd", lambda: "/elsewhere")
    monkeypatch.setattr(os, "sep", "#")
    monkeypatch.setitem(os.environ, "HERE", "1")
    monkeypatch.delenv("ABSENT", raising=False)
    assert (os.getcwd(), os.sep, os.environ["HERE"]) == ("/elsewhere", "#", "1")
def test_undone(): assert (os.getcwd(), os.sep, "HERE" in os.environ) == ("/box", "/", False)
class TestInClass:
    @pytest.fixture
    def three(self): return 3
    def setup_method(self): self.ready = True
    def test_three(self, three, number): assert self.ready and add(three, number) == 5
`;
    const result = await run(ADD, tests);
    expect(result.failures).toEqual([]);
    expect(counts(result)).toEqual([13, 0]);
  });

  it('get arguments from marks, with names of their own, and are skipped or let fail', async () => {
    const tests = `
import pytest
from unittest.mock import patch
@pytest.mark.parametrize("a, b, total", [(1, 2, 3), pytest.param(1, 1, 3, id="wrong")], ids=["right", "unused"])
def test_rows(a, b, total): assert add(a, b) == total
@pytest.mark.parametrize("b", [1, 2])
@pytest.mark.parametrize("a", [1, pytest.param(5, marks=pytest.mark.skip(reason="x"))])
def test_cross(a, b): assert add(a, b) < 4
@pytest.mark.parametrize("a", [1, 2], ids=lambda value: "n%d" % value)
class TestMarked:
    def test_one(self, a): assert a == 1
@pytest.mark.xfail(reason="known")
def test_known(): assert False
@pytest.mark.xfail(strict=True)
def test_strict(): assert True
def test_skip(): pytest.skip("no")
@pytest.mark.skip
class TestSkipped:
    def test_never(self): assert False
def test_fail(): pytest.fail("said so")
def test_missing(nowhere): pass
@patch("os.getcwd", return_value="/m")
def test_mock(mocked):
    import os
    assert os.getcwd() == "/m" and mocked.called
`;
    const { passed, failures } = await run(ADD, tests);
    expect(failures).toEqual([
      expect.stringMatching(/^test_rows\[wrong\]: AssertionError: got 2, expected 3/),
      expect.stringMatching(/^TestMarked.test_one\[n2\]: AssertionError: got 2, expected 1/),
      expect.stringMatching(/^test_strict: AssertionError: was expected to fail/),
      expect.stringMatching(/^test_fail: AssertionError: said so/),
      expect.stringMatching(/^test_missing: TypeError: needs the fixture 'nowhere', which does not exist here/),
    ]);
    expect(passed).toBe(6);
  });

  it('compare nearly and wait for errors and warnings as pytest does', async () => {
    const tests = `
import math, pytest, warnings
def test_near():
    assert 1 + 1e-7 == pytest.approx(1)
    assert not 1 + 1e-5 == pytest.approx(1)
    assert 1.05 == pytest.approx(1, abs=0.1)
    assert not 1000.2 == pytest.approx(1000, abs=0.1)
    assert [0.1 + 0.2, None] == pytest.approx([0.3, None])
    assert {"a": 0.30000001} == pytest.approx({"a": 0.3}, rel=1e-3)
    assert math.nan == pytest.approx(math.nan, nan_ok=True)
    assert not "a" == pytest.approx(1)
    assert not math.inf == pytest.approx(1)
def test_raises():
    with pytest.raises((TypeError, ValueError), match="operand") as caught: add(1, "a")
    assert caught.type is TypeError and "operand" in str(caught.value)
    assert pytest.raises(TypeError, add, 1, "a").type is TypeError
    with pytest.warns(UserWarning, match="old"): warnings.warn("old one")
def test_other_error():
    with pytest.raises(ValueError): add(1, "a")
def test_no_error():
    with pytest.raises(ValueError): add(1, 1)
def test_no_warning():
    with pytest.warns(UserWarning): pass
`;
    const { passed, failures } = await run(ADD, tests);
    expect(passed).toBe(2);
    expect(failures).toEqual([
      expect.stringMatching(/^test_other_error: TypeError/),
      expect.stringMatching(/^test_no_error: AssertionError: did not raise/),
      expect.stringMatching(/^test_no_warning: AssertionError: did not warn/),
    ]);
  });
});

describe('wrong code does not pass for right', () => {
  const TESTS = `
import unittest, pytest
def test_plain(): assert add(1, 1) == 2
def test_length(): assert len([add(1, 1)]) == 2
def test_raises():
    with pytest.raises(ValueError): add(1, 1)
def test_near(): assert add(1, 1) == pytest.approx(2)
class TestUnit(unittest.TestCase):
    def test_equal(self): self.assertEqual(add(1, 1), 2)
    def test_error(self):
        with self.assertRaises(ValueError): add(1, 1)
`;
  it.each([
    ['by sys.exit at the end', 'import atexit, sys, os\natexit.register(os._exit, 0)'],
    ['by a trap at the exit', 'import atexit\natexit.register(print, "passed")'],
    ['by patching unittest', 'import unittest\nunittest.TestCase.assertEqual = lambda *a: None'],
    [
      'by patching what waits for errors',
      'import unittest.case\nunittest.case._AssertRaisesContext.__exit__ = lambda *a: True',
    ],
    [
      'by patching the harness',
      'import __main__\nfor name in ("Results", "Pristine"): vars(__main__).pop(name, None)\n__main__.reason = lambda *a: None',
    ],
    ['by running no test', 'import unittest\nunittest.TestSuite.run = unittest.TestCase.run = lambda *a: None'],
    [
      'by patching pytest',
      'import pytest\npytest.raises.__exit__ = lambda *a: True\npytest.approx.near = lambda *a: True',
    ],
    ['by replacing pytest', 'import pytest, contextlib\npytest.raises = lambda *a: contextlib.suppress()'],
    [
      'by patching builtins',
      'import builtins\nbuiltins.len = lambda x: 2\nbuiltins.AssertionError = type("E", (BaseException,), {})',
    ],
    [
      'by patching while it is called',
      'import pytest, unittest',
      'pytest.raises.__exit__ = lambda *a: True; unittest.TestCase.assertEqual = lambda *a: None',
    ],
    ['by patching the explanation', 'import asserts, sys\nasserts.explain = lambda *a: sys.exit(0)'],
    ['by emptying the finder of cases', 'import fixtures\nfixtures.Fixtures.cases = lambda *a: []'],
    [
      'by finding no tests in classes',
      'import unittest\nunittest.defaultTestLoader.loadTestsFromTestCase = lambda c: unittest.TestSuite()',
    ],
  ])('%s', async (_, code, inside = 'pass') => {
    const result = await run(`${code}\ndef add(a, b):\n    ${inside}\n    return 5`, TESTS);
    expect(result.passed).toBe(0);
    expect(result.failed).toBeGreaterThanOrEqual(6);
  });

  it.each([
    [
      'a thread that ends the process',
      'import os, threading, time\nthreading.Thread(target=lambda: (time.sleep(0.3), os._exit(0)), daemon=True).start()',
      'import time\ndef test_a(): time.sleep(30)',
    ],
    ['a signal', 'import os, signal', 'def test_a(): os.kill(os.getpid(), signal.SIGKILL)'],
    [
      'a closed output',
      'import os',
      'def test_a():\n    for fd in range(1, 20):\n        try: os.close(fd)\n        except OSError: pass',
    ],
    ['a replaced program', 'import os, sys', 'def test_a(): os.execv(sys.executable, [sys.executable, "-c", ""])'],
  ])('by %s', async (_, code, tests) => {
    const result = await run(code, tests);
    expect(counts(result)).toEqual([0, 1]);
    expect(result.failures[0]).toContain('the program stopped before its tests were done');
  });
});
