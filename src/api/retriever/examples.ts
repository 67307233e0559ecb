/** Requests shown in the documentation. Each one works as it stands. */
export const SEARCH_EXAMPLES = {
  openApi: {
    summary: 'Words and meaning, with filters and a synthesis',
    value: {
      query: 'When is the workshop open?',
      method: 'hybrid',
      limit: 5,
      filters: { source: ['handbook.md', 'faq.md'], date_from: '2024-01-01' },
      min_relevance_score: 0.3,
      include_citations: true,
    },
  },
  python: {
    summary: 'As the Python SDK asks',
    value: { query: 'opening hours', method: 'hybrid', max_results: 10, min_score: 0.5 },
  },
  typescript: { summary: 'As the TypeScript SDK asks', value: { query: 'opening hours', top_k: 3 } },
};
