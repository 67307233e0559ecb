import type { Sample } from './sample';

export const factorial: Sample = {
  name: 'factorial',
  asks: [/\bfactorials?\b/],
  words: 'factorial factorials n',
  explanation:
    'The product is built up in a loop, so the depth of the call stack does not limit n, and it is exact at any size.',
  solutions: {
    python: {
      code: String.raw`def factorial(n: int) -> int:
    """Return the product of all whole numbers from 1 to n; factorial(0) is 1.

    Args:
        n: A whole number, 0 or greater.

    Returns:
        The factorial of n, exact at any size.

    Raises:
        TypeError: If n is not an integer.
        ValueError: If n is negative.
    """
    if isinstance(n, bool) or not isinstance(n, int):
        raise TypeError(f"n must be an integer, not {type(n).__name__}")
    if n < 0:
        raise ValueError(f"n must be 0 or greater, not {n}")
    product = 1
    for factor in range(2, n + 1):
        product *= factor
    return product
`,
      tests: String.raw`def test_factorial_of_zero_and_one():
    assert factorial(0) == 1
    assert factorial(1) == 1


def test_factorial_known_values():
    assert factorial(5) == 120
    assert factorial(10) == 3628800


def test_factorial_grows_by_its_argument():
    for n in range(1, 50):
        assert factorial(n) == n * factorial(n - 1)


def test_factorial_large_values_are_exact():
    assert factorial(25) == 15511210043330985984000000
    assert factorial(2000) > 10 ** 5000


def test_factorial_refuses_negative_numbers():
    try:
        factorial(-1)
    except ValueError:
        return
    raise AssertionError("a negative number was accepted")


def test_factorial_refuses_what_is_not_an_integer():
    for value in (2.0, "5", None, True):
        try:
            factorial(value)
        except TypeError:
            continue
        raise AssertionError(f"{value!r} was accepted")
`,
    },
    javascript: {
      code: String.raw`/**
 * Returns the product of all whole numbers from 1 to n; factorial(0) is 1n.
 *
 * @param {number} n A whole number, 0 or greater.
 * @returns {bigint} The factorial of n, exact at any size.
 * @throws {TypeError} If n is not an integer.
 * @throws {RangeError} If n is negative.
 */
function factorial(n) {
  if (!Number.isInteger(n)) throw new TypeError('n must be an integer');
  if (n < 0) throw new RangeError('n must be 0 or greater');
  let product = 1n;
  for (let factor = 2n; factor <= BigInt(n); factor += 1n) product *= factor;
  return product;
}
`,
      tests: String.raw`const assert = require('node:assert');

function test_factorial_of_zero_and_one() {
  assert.strictEqual(factorial(0), 1n);
  assert.strictEqual(factorial(1), 1n);
}

function test_factorial_known_values() {
  assert.strictEqual(factorial(5), 120n);
  assert.strictEqual(factorial(10), 3628800n);
}

function test_factorial_large_values_are_exact() {
  assert.strictEqual(factorial(25), 15511210043330985984000000n);
}

function test_factorial_refuses_negative_numbers() {
  assert.throws(() => factorial(-1), RangeError);
}

function test_factorial_refuses_what_is_not_an_integer() {
  for (const value of [2.5, '5', null, undefined]) assert.throws(() => factorial(value), TypeError);
}
`,
    },
  },
};
