/** Requests shown in the documentation. Each one works as it stands; only the first can be done without a real model. */
export const CODE_EXAMPLES = {
  generate: {
    summary: 'Write a function with its tests',
    value: {
      request_type: 'generate',
      language: 'python',
      instruction: 'Write a Python function to calculate fibonacci numbers',
      constraints: ['Include docstring', 'Add unit tests'],
    },
  },
  debug: {
    summary: 'Mend a fault, in the words of the SDKs',
    value: {
      operation: 'debug',
      prompt: 'It fails for an empty list; it should return 0 then.',
      language: 'python',
      existing_code: 'def mean(values):\n    return sum(values) / len(values)\n',
      include_tests: true,
    },
  },
  explain: {
    summary: 'Explain code whose language is found out',
    value: {
      operation: 'explain',
      prompt: 'Explain what this does and when it fails',
      code: 'const last = (items) => items[items.length - 1];',
    },
  },
};
