import type { Sample } from './sample';

export const sort: Sample = {
  name: 'sorting a list',
  asks: [/\bsort\w*\b/, /\b(?:lists?|arrays?|numbers|integers)\b/],
  words:
    'sort sorts sorting sorted list lists array arrays items elements values ascending order integers merge mergesort merge-sort',
  explanation:
    'A merge sort: halves are sorted and merged, in n log n steps. Equal items keep their order, and the list that was given is left as it was.',
  solutions: {
    python: {
      code: String.raw`from typing import List, TypeVar

T = TypeVar("T")


def sort_list(items: List[T]) -> List[T]:
    """Return the items in ascending order; equal items keep their order.

    Args:
        items: A list whose items can be compared with one another. It is not changed.

    Returns:
        A new, sorted list.

    Raises:
        TypeError: If items is not a list, or holds items that cannot be compared.
    """
    if not isinstance(items, list):
        raise TypeError(f"items must be a list, not {type(items).__name__}")
    runs = [[item] for item in items]
    while len(runs) > 1:
        merged = [_merge(left, right) for left, right in zip(runs[::2], runs[1::2])]
        runs = merged + runs[2 * len(merged):]
    return runs[0] if runs else []


def _merge(left: List[T], right: List[T]) -> List[T]:
    """Merge two sorted lists into one, taking from the left among equals."""
    merged: List[T] = []
    i = j = 0
    while i < len(left) and j < len(right):
        if right[j] < left[i]:
            merged.append(right[j])
            j += 1
        else:
            merged.append(left[i])
            i += 1
    return merged + left[i:] + right[j:]
`,
      tests: String.raw`def test_sort_list_numbers():
    assert sort_list([3, 1, 2]) == [1, 2, 3]
    assert sort_list([5, -1, 0, 3.5]) == [-1, 0, 3.5, 5]


def test_sort_list_short_lists():
    assert sort_list([]) == []
    assert sort_list([7]) == [7]


def test_sort_list_duplicates_and_sorted_input():
    assert sort_list([2, 1, 2, 1]) == [1, 1, 2, 2]
    assert sort_list([1, 2, 3]) == [1, 2, 3]
    assert sort_list([3, 2, 1]) == [1, 2, 3]


def test_sort_list_strings():
    assert sort_list(["pear", "apple", "fig"]) == ["apple", "fig", "pear"]


def test_sort_list_leaves_its_argument_alone():
    given = [3, 1, 2]
    sort_list(given)
    assert given == [3, 1, 2]


def test_sort_list_keeps_the_order_of_equal_items():
    result = sort_list([1, True, 0, False])
    assert [type(item) for item in result] == [int, bool, int, bool]


def test_sort_list_agrees_with_the_standard_library():
    for size in range(40):
        given = [(index * 7919) % 101 for index in range(size)]
        assert sort_list(given) == sorted(given)


def test_sort_list_refuses_what_is_not_a_list():
    for value in (None, 5, "text"):
        try:
            sort_list(value)
        except TypeError:
            continue
        raise AssertionError(f"{value!r} was accepted")
`,
    },
    javascript: {
      code: String.raw`/**
 * Returns the items in ascending order; equal items keep their order.
 *
 * @template T
 * @param {T[]} items Items that can be compared with <. The array is not changed.
 * @returns {T[]} A new, sorted array.
 * @throws {TypeError} If items is not an array.
 */
function sortList(items) {
  if (!Array.isArray(items)) throw new TypeError('items must be an array');
  let runs = items.map((item) => [item]);
  while (runs.length > 1) {
    const merged = [];
    for (let index = 0; index < runs.length; index += 2) merged.push(merge(runs[index], runs[index + 1] ?? []));
    runs = merged;
  }
  return runs[0] ?? [];
}

/**
 * Merges two sorted arrays into one, taking from the left among equals.
 *
 * @template T
 * @param {T[]} left
 * @param {T[]} right
 * @returns {T[]}
 */
function merge(left, right) {
  const merged = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) merged.push(right[j] < left[i] ? right[j++] : left[i++]);
  return [...merged, ...left.slice(i), ...right.slice(j)];
}
`,
      tests: String.raw`const assert = require('node:assert');

function test_sort_list_numbers() {
  assert.deepStrictEqual(sortList([10, 9, 1, 100]), [1, 9, 10, 100]);
  assert.deepStrictEqual(sortList([5, -1, 0, 3.5]), [-1, 0, 3.5, 5]);
}

function test_sort_list_short_lists() {
  assert.deepStrictEqual(sortList([]), []);
  assert.deepStrictEqual(sortList([7]), [7]);
}

function test_sort_list_duplicates_and_sorted_input() {
  assert.deepStrictEqual(sortList([2, 1, 2, 1]), [1, 1, 2, 2]);
  assert.deepStrictEqual(sortList([1, 2, 3]), [1, 2, 3]);
}

function test_sort_list_strings() {
  assert.deepStrictEqual(sortList(['pear', 'apple', 'fig']), ['apple', 'fig', 'pear']);
}

function test_sort_list_leaves_its_argument_alone() {
  const given = [3, 1, 2];
  sortList(given);
  assert.deepStrictEqual(given, [3, 1, 2]);
}

function test_sort_list_refuses_what_is_not_an_array() {
  for (const value of [null, 5, 'text', undefined]) assert.throws(() => sortList(value), TypeError);
}
`,
    },
  },
};
