import type { Sample } from './sample';

export const email: Sample = {
  name: 'e-mail address validation',
  asks: [/\be-?mails?\b/, /\b(?:validat\w*|verif\w*|check\w*|valid)\b/],
  words:
    'email emails e-mail e-mails mail address addresses validate validates validating validation validator verify verifies verification valid format syntax regex regexp regular expression string strings whether input correct',
  explanation:
    'The part before the @ and the domain are checked against the common subset of RFC 5321 and 5322: lengths, dots, allowed characters, and labels of the domain. Whether the mailbox exists cannot be told from its name.',
  solutions: {
    python: {
      code: String.raw`import re

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_{|}~\x60-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_{|}~\x60-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_TOP_LEVEL = re.compile(r"[A-Za-z]{2,63}|xn--[A-Za-z0-9-]{2,59}")


def validate_email(address: str) -> bool:
    """Tell whether a text has the form of an e-mail address.

    Checks the form only: whether the mailbox exists cannot be told from it.
    Quoted local parts and address literals such as user@[192.0.2.1] are refused.

    Args:
        address: The text to check, without surrounding spaces.

    Returns:
        True if the text has the form of an e-mail address, else False.

    Raises:
        TypeError: If address is not a string.
    """
    if not isinstance(address, str):
        raise TypeError(f"address must be a string, not {type(address).__name__}")
    if len(address) > 254 or address.count("@") != 1:
        return False
    local, domain = address.split("@")
    if len(local) > 64 or not _LOCAL.fullmatch(local):
        return False
    *labels, top_level = domain.split(".")
    if not labels or not _TOP_LEVEL.fullmatch(top_level):
        return False
    return all(_LABEL.fullmatch(label) for label in labels)
`,
      tests: String.raw`def test_validate_email_accepts_usual_addresses():
    for address in ("user@example.com", "first.last@example.co.uk", "a@b.io", "USER@EXAMPLE.ORG"):
        assert validate_email(address) is True, address


def test_validate_email_accepts_special_characters_in_the_local_part():
    for address in ("user+tag@example.com", "o'brien@example.ie", "under_score-dash@example.com"):
        assert validate_email(address) is True, address


def test_validate_email_needs_exactly_one_at_sign():
    for address in ("", "example.com", "user@@example.com", "a@b@example.com"):
        assert validate_email(address) is False, address


def test_validate_email_needs_both_parts():
    for address in ("@example.com", "user@", "@"):
        assert validate_email(address) is False, address


def test_validate_email_refuses_misplaced_dots():
    for address in (".user@example.com", "user.@example.com", "us..er@example.com", "user@.com", "user@example..com"):
        assert validate_email(address) is False, address


def test_validate_email_refuses_bad_domains():
    for address in ("user@localhost", "user@-example.com", "user@example-.com", "user@exam_ple.com", "user@example.c", "user@example.123"):
        assert validate_email(address) is False, address


def test_validate_email_refuses_spaces_and_line_breaks():
    for address in ("us er@example.com", " user@example.com", "user@example.com\n", "user@exa mple.com"):
        assert validate_email(address) is False, address


def test_validate_email_limits_lengths():
    assert validate_email("a" * 64 + "@example.com") is True
    assert validate_email("a" * 65 + "@example.com") is False
    assert validate_email("a@" + ".".join(["b" * 63] * 4) + ".com") is False


def test_validate_email_refuses_what_is_not_a_string():
    for value in (None, 5, b"user@example.com"):
        try:
            validate_email(value)
        except TypeError:
            continue
        raise AssertionError(f"{value!r} was accepted")
`,
    },
    javascript: {
      code: String.raw`const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_{|}~\x60-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_{|}~\x60-]+)*$/;
const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
const TOP_LEVEL = /^(?:[A-Za-z]{2,63}|xn--[A-Za-z0-9-]{2,59})$/;

/**
 * Tells whether a text has the form of an e-mail address. Whether the mailbox exists cannot be told from it. Quoted local
 * parts and address literals such as user@[192.0.2.1] are refused.
 *
 * @param {string} address The text to check, without surrounding spaces.
 * @returns {boolean} True if the text has the form of an e-mail address.
 * @throws {TypeError} If address is not a string.
 */
function validateEmail(address) {
  if (typeof address !== 'string') throw new TypeError('address must be a string');
  const [local, domain, ...more] = address.split('@');
  if (address.length > 254 || domain === undefined || more.length > 0) return false;
  if (local.length > 64 || !LOCAL.test(local)) return false;
  const labels = domain.split('.');
  const topLevel = labels.pop();
  return labels.length > 0 && TOP_LEVEL.test(topLevel) && labels.every((label) => LABEL.test(label));
}
`,
      tests: String.raw`const assert = require('node:assert');

function all(expected, addresses) {
  for (const address of addresses) assert.strictEqual(validateEmail(address), expected, address);
}

function test_validate_email_accepts_usual_addresses() {
  all(true, ['user@example.com', 'first.last@example.co.uk', 'a@b.io', 'user+tag@example.com']);
}

function test_validate_email_needs_exactly_one_at_sign() {
  all(false, ['', 'example.com', 'user@@example.com', 'a@b@example.com', 'a@example.com@example.com']);
}

function test_validate_email_needs_both_parts() {
  all(false, ['@example.com', 'user@', '@']);
}

function test_validate_email_refuses_misplaced_dots() {
  all(false, ['.user@example.com', 'user.@example.com', 'us..er@example.com', 'user@.com', 'user@example..com']);
}

function test_validate_email_refuses_bad_domains() {
  all(false, ['user@localhost', 'user@-example.com', 'user@exam_ple.com', 'user@example.c', 'user@example.123']);
}

function test_validate_email_refuses_spaces_and_line_breaks() {
  all(false, ['us er@example.com', ' user@example.com', 'user@example.com\n']);
}

function test_validate_email_limits_lengths() {
  all(true, ['a'.repeat(64) + '@example.com']);
  all(false, ['a'.repeat(65) + '@example.com']);
  all(false, ['a@' + Array(4).fill('b'.repeat(63)).join('.') + '.com']);
}

function test_validate_email_refuses_what_is_not_a_string() {
  for (const value of [null, 5, undefined]) assert.throws(() => validateEmail(value), TypeError);
}
`,
    },
  },
};
