/** Requests shown in the documentation. Each one works as it stands. */
export const CHECK_EXAMPLES = {
  text: {
    summary: 'Everything in a text',
    value: { text: 'Mail john.smith@acme-corp.com about SSN 123-45-6789', check_types: ['all'] },
  },
  content: {
    summary: 'As the Python SDK asks',
    value: { content: 'Call 555-123-4567', check_types: ['pii', 'injection', 'harmful_content'], sanitize: true },
  },
  plain: { summary: 'As the TypeScript SDK asks', value: { content: "SELECT * FROM users WHERE name='' OR '1'='1'" } },
};
