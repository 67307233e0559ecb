/** Requests shown in the documentation. Each one works as it stands, without a real model too. */
export const VALIDATE_EXAMPLES = {
  layers: {
    summary: 'Layers by name',
    value: {
      output: { name: 'Ada', age: 36 },
      validation_types: ['schema', 'quality'],
      expected_schema: {
        type: 'object',
        required: ['name', 'age'],
        properties: { name: { type: 'string' }, age: { type: 'integer', minimum: 0 } },
      },
    },
  },
  code: {
    summary: 'Code by its criteria, quality and syntax',
    value: {
      output: 'def add(a: int, b: int) -> int:\n    """Add two numbers."""\n    return a + b\n',
      output_type: 'python_code',
      acceptance_criteria: ['Includes a docstring', 'Has type hints'],
    },
  },
  hallucination: {
    summary: 'A summary held against what it was made from',
    value: {
      output: 'The Eiffel Tower was completed in 1889. It was painted green in 2019.',
      validation_types: ['hallucination'],
      context: { article: 'The Eiffel Tower stands in Paris. It was completed in 1889.' },
    },
  },
  proposals: {
    summary: 'The better of two answers',
    value: {
      instruction: 'Name the capital of France in one word',
      proposals: ['Paris', 'The capital of France is the city of Paris.'],
      criteria: ['Exactly 1 word'],
    },
  },
  criteria: {
    summary: 'A text by criteria alone',
    value: { output: 'Paris is the capital of France.', criteria: ['Mentions "Paris"'] },
  },
};
