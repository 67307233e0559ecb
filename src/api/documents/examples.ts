/** Requests shown in the documentation. Each one works as it stands. */
export const DOCUMENT_EXAMPLES = {
  two: {
    summary: 'Two short documents',
    value: {
      documents: [
        {
          id: 'opening-hours',
          content: 'The workshop is open from Monday to Friday, 9 to 17 h.',
          source: 'handbook.md',
        },
        { content: 'Parking is free on weekends.', metadata: { section: 'visitors' } },
      ],
    },
  },
};
