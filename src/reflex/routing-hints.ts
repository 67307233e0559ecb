/** Which arm a text sounds like work for. Only a hint: who plans reads the text itself. */
export const ROUTING_HINTS: readonly { arm: string; pattern: RegExp; positives: string[]; negatives: string[] }[] = [
  {
    arm: 'coder',
    pattern:
      /\b(?:function|class|script|refactor|debug|bug|unit tests?|python|javascript|typescript|rust|golang|java|sql query|regex|code)\b/i,
    positives: ['Write a Python function', 'Refactor this class'],
    negatives: ['Write a poem', 'encode the message'],
  },
  {
    arm: 'retriever',
    pattern:
      /\b(?:search|look up|find (?:documents?|information|sources?|out)|who (?:is|was)|when (?:did|was|is)|where (?:is|was)|cite|sources?)\b/i,
    positives: ['Search the handbook', 'When was the bridge built?'],
    negatives: ['Write a poem'],
  },
  {
    arm: 'executor',
    pattern:
      /\b(?:run|execute|launch)\b.{0,40}\b(?:command|script|shell|program|tests?|query)\b|\bcurl\b|\bhttp request\b/i,
    positives: ['Run the shell command ls', 'Send an HTTP request'],
    negatives: ['I went for a run', 'run a bakery'],
  },
  {
    arm: 'judge',
    pattern: /\b(?:validate|verify|fact[- ]?check|is it true|review)\b/i,
    positives: ['Fact-check this claim', 'Verify the numbers'],
    negatives: ['Write a poem'],
  },
  {
    arm: 'planner',
    pattern: /\b(?:plan|roadmap|break (?:it |this )?down|step[- ]by[- ]step|project)\b/i,
    positives: ['Plan a launch', 'Break this down'],
    negatives: ['The plane is late'],
  },
];

export const routingHints = (text: string): string[] =>
  ROUTING_HINTS.filter(({ pattern }) => pattern.test(text)).map(({ arm }) => arm);
