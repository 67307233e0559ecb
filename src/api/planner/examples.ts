/** Requests shown in the documentation. Each one works as it stands. */
export const PLAN_EXAMPLES = {
  code: {
    summary: 'A goal with constraints',
    value: {
      goal: 'Write a Python function to calculate fibonacci numbers',
      constraints: ['Include docstring', 'Add unit tests'],
      acceptance_criteria: ['All tests pass'],
      context: { language: 'python' },
    },
  },
};
