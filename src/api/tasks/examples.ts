/** Requests shown in the documentation. Each one works as it stands. */
export const TASK_EXAMPLES = {
  short: {
    summary: 'A goal with two constraints',
    value: {
      goal: 'Write a Python function to calculate fibonacci numbers',
      constraints: ['Include docstring', 'Add unit tests'],
    },
  },
  full: {
    summary: 'Every field that matters',
    value: {
      goal: 'Write a Python function that validates email addresses',
      constraints: ['Include docstring', 'Add unit tests'],
      acceptance_criteria: ['The code is valid Python', 'All tests pass'],
      context: { language: 'python' },
      budget: { max_tokens: 20000, max_time_seconds: 120, max_cost_dollars: 0.5, max_retries: 2 },
      priority: 'high',
      deadline_seconds: 300,
      required_capabilities: ['code_generation'],
      metadata: { ticket: 'DEMO-1' },
    },
  },
  older: {
    summary: 'Constraints as an object, context as a text',
    value: {
      goal: 'Write a Python function to calculate the factorial of a number',
      constraints: { language: 'python', max_lines: 40 },
      context: 'Used in a maths course for beginners.',
      budget: { max_cost_usd: 0.25 },
    },
  },
};
