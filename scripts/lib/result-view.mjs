// Prints what a task came to, for people.
import { styleText } from 'node:util';
import { seconds } from './progress.mjs';

const plain = !process.stdout.isTTY || (process.env.NO_COLOR ?? '') !== '';
const paint = (style, text) => (plain ? text : styleText(style, text));
const heading = (text) => `\n${paint('bold', text)}`;
const listing = (text) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${paint('dim', '│')} ${line}`)
    .join('\n');

const MARKS = { passed: ['green', '✔'], failed: ['red', '✖'], unknown: ['yellow', '?'] };
const criterion = ({ criterion: text, state, explanation }) => {
  const [style, mark] = MARKS[state] ?? MARKS.unknown;
  return `  ${paint(style, mark)} ${text}${explanation ? paint('dim', ` · ${explanation}`) : ''}`;
};

const testLine = (run) => {
  if (run === undefined) return 'not run';
  if (!run.ran) return `not run: ${run.reason ?? 'no reason was given'}`;
  return `${run.passed} passed, ${run.failed} failed (${run.engine}, ${seconds(run.duration_ms)})`;
};

const fact = (name, value) => `  ${paint('dim', name.padEnd(12))}${value}`;

/** The lines that show a task as `GET /api/v1/tasks/{id}` returns it. */
export const describeTask = ({ result, metadata, confidence, error, status, duration_ms: duration }) => {
  const lines = [];
  if (error) lines.push(heading('The task failed'), `  ${paint('red', error)}`);
  else if (status !== 'completed') lines.push(heading(`The task ended as ${status}`));
  if (result) {
    lines.push(heading(result.code ? `Result (${result.language ?? 'code'})` : 'Result'), listing(result.output));
    if (result.tests) lines.push(heading('Tests'), listing(result.tests));
    lines.push(heading(`Verdict: ${result.validation_passed ? 'passed' : 'not passed'}`));
    lines.push(...result.criteria.map(criterion));
  }
  lines.push(heading('In numbers'));
  if (result) lines.push(fact('tests', testLine(result.test_run)));
  if (confidence !== null) lines.push(fact('confidence', confidence.toFixed(2)));
  if (metadata) {
    lines.push(fact('cost', `${metadata.cost_usd.toFixed(4)} USD`), fact('tokens', metadata.tokens_used));
  }
  if (duration !== null) lines.push(fact('duration', seconds(duration)));
  if (result) lines.push(fact('model', result.model ?? 'none'));
  for (const warning of result?.warnings ?? []) lines.push(paint('yellow', `  ! ${warning}`));
  return lines.join('\n');
};
