import type { Sample } from './sample';

export const fibonacci: Sample = {
  name: 'Fibonacci numbers',
  asks: [/\bfibonacci\b/],
  words: 'fibonacci sequence series nth term terms first position index generate generates generator list',
  explanation:
    'The numbers are built up from below, so the n-th takes n additions and constant memory. fibonacci gives one number, fibonacci_sequence the first ones as a list.',
  solutions: {
    python: {
      code: String.raw`from typing import List


def fibonacci(n: int) -> int:
    """Return the n-th Fibonacci number, counting from fibonacci(0) == 0.

    Args:
        n: Position in the sequence, 0 or greater.

    Returns:
        The Fibonacci number at position n.

    Raises:
        TypeError: If n is not an integer.
        ValueError: If n is negative.
    """
    _require_count("n", n)
    current, following = 0, 1
    for _ in range(n):
        current, following = following, current + following
    return current


def fibonacci_sequence(count: int) -> List[int]:
    """Return the first Fibonacci numbers as a list.

    Args:
        count: How many numbers to return, 0 or greater.

    Returns:
        A list of count numbers that starts with 0, 1, 1, 2.

    Raises:
        TypeError: If count is not an integer.
        ValueError: If count is negative.
    """
    _require_count("count", count)
    numbers: List[int] = []
    current, following = 0, 1
    while len(numbers) < count:
        numbers.append(current)
        current, following = following, current + following
    return numbers


def _require_count(name: str, value: int) -> None:
    """Refuse anything but an integer of 0 or more."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} must be an integer, not {type(value).__name__}")
    if value < 0:
        raise ValueError(f"{name} must be 0 or greater, not {value}")
`,
      tests: String.raw`def test_fibonacci_base_cases():
    assert fibonacci(0) == 0
    assert fibonacci(1) == 1
    assert fibonacci(2) == 1


def test_fibonacci_known_values():
    assert fibonacci(10) == 55
    assert fibonacci(30) == 832040


def test_fibonacci_each_is_the_sum_of_the_two_before():
    for n in range(2, 60):
        assert fibonacci(n) == fibonacci(n - 1) + fibonacci(n - 2)


def test_fibonacci_large_values_are_exact():
    assert fibonacci(100) == 354224848179261915075


def test_fibonacci_sequence():
    assert fibonacci_sequence(0) == []
    assert fibonacci_sequence(1) == [0]
    assert fibonacci_sequence(8) == [0, 1, 1, 2, 3, 5, 8, 13]


def test_fibonacci_refuses_negative_numbers():
    for function in (fibonacci, fibonacci_sequence):
        try:
            function(-1)
        except ValueError:
            continue
        raise AssertionError("a negative number was accepted")


def test_fibonacci_refuses_what_is_not_an_integer():
    for value in (1.5, "3", None, True):
        try:
            fibonacci(value)
        except TypeError:
            continue
        raise AssertionError(f"{value!r} was accepted")
`,
    },
    javascript: {
      code: String.raw`/**
 * Returns the n-th Fibonacci number, counting from fibonacci(0) === 0n.
 *
 * @param {number} n Position in the sequence, 0 or greater.
 * @returns {bigint} The number, exact at any size.
 * @throws {TypeError} If n is not an integer.
 * @throws {RangeError} If n is negative.
 */
function fibonacci(n) {
  requireCount('n', n);
  let [current, following] = [0n, 1n];
  for (let position = 0; position < n; position += 1) {
    [current, following] = [following, current + following];
  }
  return current;
}

/**
 * Returns the first Fibonacci numbers.
 *
 * @param {number} count How many, 0 or greater.
 * @returns {bigint[]} Numbers starting with 0n, 1n, 1n, 2n.
 * @throws {TypeError} If count is not an integer.
 * @throws {RangeError} If count is negative.
 */
function fibonacciSequence(count) {
  requireCount('count', count);
  const numbers = [];
  let [current, following] = [0n, 1n];
  while (numbers.length < count) {
    numbers.push(current);
    [current, following] = [following, current + following];
  }
  return numbers;
}

/**
 * Refuses anything but an integer of 0 or more.
 *
 * @param {string} name
 * @param {number} value
 * @returns {void}
 */
function requireCount(name, value) {
  if (!Number.isInteger(value)) throw new TypeError(name + ' must be an integer');
  if (value < 0) throw new RangeError(name + ' must be 0 or greater');
}
`,
      tests: String.raw`const assert = require('node:assert');

function test_fibonacci_base_cases() {
  assert.strictEqual(fibonacci(0), 0n);
  assert.strictEqual(fibonacci(1), 1n);
  assert.strictEqual(fibonacci(2), 1n);
}

function test_fibonacci_known_values() {
  assert.strictEqual(fibonacci(10), 55n);
  assert.strictEqual(fibonacci(30), 832040n);
}

function test_fibonacci_large_values_are_exact() {
  assert.strictEqual(fibonacci(100), 354224848179261915075n);
}

function test_fibonacci_sequence() {
  assert.deepStrictEqual(fibonacciSequence(0), []);
  assert.deepStrictEqual(fibonacciSequence(8), [0n, 1n, 1n, 2n, 3n, 5n, 8n, 13n]);
}

function test_fibonacci_refuses_negative_numbers() {
  assert.throws(() => fibonacci(-1), RangeError);
  assert.throws(() => fibonacciSequence(-1), RangeError);
}

function test_fibonacci_refuses_what_is_not_an_integer() {
  for (const value of [1.5, '3', null, undefined]) assert.throws(() => fibonacci(value), TypeError);
}
`,
    },
  },
};
