import type { Sample } from './sample';

export const reverse: Sample = {
  name: 'reversing a string',
  asks: [/\brevers\w*\b/, /\bstrings?\b|\btext\b/],
  words: 'reverse reverses reversing reversed reversal string strings text characters order input',
  explanation:
    'The text is read from its end. Characters are code points; letters made of several, as with combining accents, are not kept together.',
  solutions: {
    python: {
      code: String.raw`def reverse_string(text: str) -> str:
    """Return the text with its characters in the opposite order.

    Characters are code points: a letter followed by a combining accent is two.

    Args:
        text: Any string, also an empty one.

    Returns:
        A new string of the same length.

    Raises:
        TypeError: If text is not a string.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a string, not {type(text).__name__}")
    return text[::-1]
`,
      tests: String.raw`def test_reverse_string_words():
    assert reverse_string("hello") == "olleh"
    assert reverse_string("Hello, World!") == "!dlroW ,olleH"


def test_reverse_string_short_texts():
    assert reverse_string("") == ""
    assert reverse_string("a") == "a"
    assert reverse_string("ab") == "ba"


def test_reverse_string_palindrome():
    assert reverse_string("level") == "level"


def test_reverse_string_keeps_spaces_and_line_breaks():
    assert reverse_string(" a\nb") == "b\na "


def test_reverse_string_beyond_ascii():
    assert reverse_string("añ😀") == "😀ña"


def test_reverse_string_twice_gives_the_text_again():
    text = "The quick brown fox"
    assert reverse_string(reverse_string(text)) == text


def test_reverse_string_refuses_what_is_not_a_string():
    for value in (None, 12, ["a", "b"]):
        try:
            reverse_string(value)
        except TypeError:
            continue
        raise AssertionError(f"{value!r} was accepted")
`,
    },
    javascript: {
      code: String.raw`/**
 * Returns the text with its characters in the opposite order. Characters are code points, so that emoji stay whole.
 *
 * @param {string} text Any string, also an empty one.
 * @returns {string} A new string of the same length.
 * @throws {TypeError} If text is not a string.
 */
function reverseString(text) {
  if (typeof text !== 'string') throw new TypeError('text must be a string');
  return [...text].reverse().join('');
}
`,
      tests: String.raw`const assert = require('node:assert');

function test_reverse_string_words() {
  assert.strictEqual(reverseString('hello'), 'olleh');
  assert.strictEqual(reverseString('Hello, World!'), '!dlroW ,olleH');
}

function test_reverse_string_short_texts() {
  assert.strictEqual(reverseString(''), '');
  assert.strictEqual(reverseString('a'), 'a');
}

function test_reverse_string_palindrome() {
  assert.strictEqual(reverseString('level'), 'level');
}

function test_reverse_string_beyond_ascii() {
  assert.strictEqual(reverseString('añ😀'), '😀ña');
}

function test_reverse_string_refuses_what_is_not_a_string() {
  for (const value of [null, 12, undefined, ['a']]) assert.throws(() => reverseString(value), TypeError);
}
`,
    },
  },
};
