import type { Sample } from './sample';

export const prime: Sample = {
  name: 'prime check',
  asks: [
    /\bprimes?\b|\bprimality\b/,
    /\b(?:check\w*|test\w*|whether|if|determin\w*|is|primality|detect\w*|verif\w*)\b/,
  ],
  words:
    'prime primes primality checker checking checks tests testing whether determine determines detect is_prime isprime verify verifies',
  explanation:
    'After 2 and 3 only divisors of the form 6k ± 1 up to the square root are tried, since every other one has been ruled out.',
  solutions: {
    python: {
      code: String.raw`def is_prime(n: int) -> bool:
    """Tell whether n is a prime number.

    Args:
        n: Any integer; numbers below 2 are not prime.

    Returns:
        True if n has no divisors but 1 and itself, else False.

    Raises:
        TypeError: If n is not an integer.
    """
    if isinstance(n, bool) or not isinstance(n, int):
        raise TypeError(f"n must be an integer, not {type(n).__name__}")
    if n < 4:
        return n >= 2
    if n % 2 == 0 or n % 3 == 0:
        return False
    divisor = 5
    while divisor * divisor <= n:
        if n % divisor == 0 or n % (divisor + 2) == 0:
            return False
        divisor += 6
    return True
`,
      tests: String.raw`def test_is_prime_small_primes():
    assert [n for n in range(30) if is_prime(n)] == [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]


def test_is_prime_numbers_below_two_are_not():
    for n in (1, 0, -1, -7):
        assert is_prime(n) is False


def test_is_prime_squares_of_primes_are_not():
    for n in (4, 9, 25, 49, 121, 169, 961):
        assert is_prime(n) is False


def test_is_prime_agrees_with_trial_division():
    for n in range(2, 2000):
        assert is_prime(n) == all(n % divisor for divisor in range(2, n))


def test_is_prime_large_numbers():
    assert is_prime(1000003) is True
    assert is_prime(1000003 * 1000033) is False


def test_is_prime_refuses_what_is_not_an_integer():
    for value in (7.0, "7", None, True):
        try:
            is_prime(value)
        except TypeError:
            continue
        raise AssertionError(f"{value!r} was accepted")
`,
    },
    javascript: {
      code: String.raw`/**
 * Tells whether n is a prime number.
 *
 * @param {number} n Any safe integer; numbers below 2 are not prime.
 * @returns {boolean} True if n has no divisors but 1 and itself.
 * @throws {TypeError} If n is not a safe integer.
 */
function isPrime(n) {
  if (!Number.isSafeInteger(n)) throw new TypeError('n must be a safe integer');
  if (n < 4) return n >= 2;
  if (n % 2 === 0 || n % 3 === 0) return false;
  for (let divisor = 5; divisor * divisor <= n; divisor += 6) {
    if (n % divisor === 0 || n % (divisor + 2) === 0) return false;
  }
  return true;
}
`,
      tests: String.raw`const assert = require('node:assert');

function test_is_prime_small_primes() {
  const primes = Array.from({ length: 30 }, (_, n) => n).filter(isPrime);
  assert.deepStrictEqual(primes, [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]);
}

function test_is_prime_numbers_below_two_are_not() {
  for (const n of [1, 0, -1, -7]) assert.strictEqual(isPrime(n), false);
}

function test_is_prime_squares_of_primes_are_not() {
  for (const n of [4, 9, 25, 49, 121, 169, 961]) assert.strictEqual(isPrime(n), false);
}

function test_is_prime_large_numbers() {
  assert.strictEqual(isPrime(1000003), true);
  assert.strictEqual(isPrime(1000003 * 1000033), false);
}

function test_is_prime_refuses_what_is_not_an_integer() {
  for (const value of [7.5, '7', null, undefined, NaN]) assert.throws(() => isPrime(value), TypeError);
}
`,
    },
  },
};
