const CODE = `def fibonacci(n: int) -> int:
    """Return the n-th Fibonacci number, counted from fibonacci(0) == 0.

    Args:
        n: Position in the sequence, 0 or more.

    Raises:
        TypeError: If n is not an integer.
        ValueError: If n is negative.
    """
    if isinstance(n, bool) or not isinstance(n, int):
        raise TypeError("n must be an integer")
    if n < 0:
        raise ValueError("n must be 0 or more")
    current, following = 0, 1
    for _ in range(n):
        current, following = following, current + following
    return current
`;

const TESTS = `def test_first_numbers():
    assert [fibonacci(n) for n in range(10)] == [0, 1, 1, 2, 3, 5, 8, 13, 21, 34]


def test_large_number():
    assert fibonacci(90) == 2880067194370816120


def test_negative_is_refused():
    try:
        fibonacci(-1)
    except ValueError:
        return
    raise AssertionError("a negative position must be refused")


def test_other_types_are_refused():
    for wrong in ("3", 2.5, None, True):
        try:
            fibonacci(wrong)
        except TypeError:
            continue
        raise AssertionError(f"{wrong!r} must be refused")
`;

const INTENT = {
  requiredCapabilities: ['code_generation', 'test_generation', 'python_execution'],
  constraints: [],
  complexity: 'simple',
  language: 'python',
  confidence: 0.9,
};

const PLAN = {
  steps: [
    {
      step: 1,
      action: 'Write the function with a docstring, type hints and unit tests',
      requiredArm: 'coder',
      acceptanceCriteria: ['Code is valid Python', 'Tests are included'],
      dependsOn: [],
      estimatedDurationSeconds: 10,
    },
    {
      step: 2,
      action: 'Run the unit tests in the sandbox',
      requiredArm: 'executor',
      acceptanceCriteria: ['The tests were run', 'All tests pass'],
      dependsOn: [1],
      estimatedDurationSeconds: 5,
    },
    {
      step: 3,
      action: 'Verify the outcome against the acceptance criteria',
      requiredArm: 'judge',
      acceptanceCriteria: ['Every criterion was checked', 'No test fails'],
      dependsOn: [1, 2],
      estimatedDurationSeconds: 5,
    },
  ],
  rationale: 'Code is written once, proven by its own tests, and then judged.',
  confidence: 0.9,
  complexityScore: 0.2,
};

interface CriteriaQuestion {
  criteria: { number: number; criterion: string }[];
  untrusted: { code?: string; output?: string };
}

/** Every criterion is met, with the first line of the output as evidence. */
const allPassed = ({ criteria, untrusted }: CriteriaQuestion): object => ({
  results: criteria.map(({ number }) => ({
    number,
    state: 'passed',
    evidence: (untrusted.code ?? untrusted.output ?? '').split('\n')[0],
    explanation: 'The output shows it.',
  })),
});

/** What the fake model says by itself: enough to take the Fibonacci goal through the whole pipeline, its tests really pass. */
export const defaultAnswer = ({ purpose, user }: { purpose: string; user: unknown }): string | object => {
  switch (purpose) {
    case 'intent':
      return INTENT;
    case 'plan':
      return PLAN;
    case 'code':
      return {
        code: CODE,
        tests: TESTS,
        explanation:
          'Adds the last two numbers n times, which takes linear time and constant space. Other input is refused.',
        language: 'python',
      };
    case 'criteria':
      return allPassed(user as CriteriaQuestion);
    default:
      return 'The passages say what was asked for [1].';
  }
};
