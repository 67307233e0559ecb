import { UserError } from '../../common/errors';
import { type FieldIssue, InvalidRequest } from './invalid-request';
import { echoText, echoValue } from './echo';

/** Deeper than any request of ours by far, and shallow enough for every recursive reader behind us. */
const MAX_DEPTH = 32;
/** PostgreSQL stores neither the NUL character nor half of a surrogate pair. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

type Path = (string | number)[];

const textProblem = (text: string): string | undefined => {
  const match = UNSTORABLE.exec(text);
  if (match === null) return undefined;
  return match[0] === '\0'
    ? 'contains the NUL character (\\u0000), which cannot be stored; remove it'
    : 'contains half of a surrogate pair, which is not valid Unicode; send well-formed text';
};

const issue = (path: Path, type: string, problem: string, value: unknown): FieldIssue => {
  const field = path.map((part) => (typeof part === 'string' ? echoText(part) : part));
  const name = field.length === 0 ? 'the body' : field.join('.');
  return { type, path: field, message: `${name} ${problem}`, input: echoValue(value, name), constraint: type };
};

/** What is wrong with a single key or value, apart from what it contains. */
const problemOf = (value: unknown, path: Path): FieldIssue | undefined => {
  const key = path.at(-1);
  if (key === '__proto__' || (key === 'prototype' && path.at(-2) === 'constructor')) {
    return issue(path, 'forbidden_key', 'is a name that is not allowed in JSON objects here; rename it', null);
  }
  const keyProblem = typeof key === 'string' ? textProblem(key) : undefined;
  if (keyProblem !== undefined) return issue(path, 'invalid_text', `has a name that ${keyProblem}`, null);
  const problem = typeof value === 'string' ? textProblem(value) : undefined;
  if (problem !== undefined) return issue(path, 'invalid_text', problem, value);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return issue(path, 'finite_number', 'is too large for a number', value);
  }
  if (path.length > MAX_DEPTH) {
    return issue(path.slice(0, 2), 'too_deep', `is nested deeper than ${MAX_DEPTH} levels; flatten it`, '[object]');
  }
  return undefined;
};

/**
 * Finds the first thing in parsed JSON that cannot be stored or handled safely. Goes no deeper than is allowed, whatever was
 * sent, and keeps one path for all: nobody has shown a key yet when a body is read.
 */
const findProblem = (value: unknown, path: Path = []): FieldIssue | undefined => {
  const problem = problemOf(value, path);
  if (problem !== undefined || typeof value !== 'object' || value === null) return problem;
  const within = (key: string | number, item: unknown): FieldIssue | undefined => {
    path.push(key);
    const found = findProblem(item, path);
    path.pop();
    return found;
  };
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) {
      const found = within(at, value[at]);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  for (const [key, item] of Object.entries(value)) {
    const found = within(key, item);
    if (found !== undefined) return found;
  }
  return undefined;
};

const decode = (body: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new InvalidRequest('body', [
      { type: 'json_invalid', path: [], message: 'The body is not valid UTF-8', input: null, constraint: 'UTF-8' },
    ]);
  }
};

/** V8's message without the excerpt of the body it quotes. */
const reason = (error: unknown): string =>
  error instanceof Error ? error.message.replace(/,? "[\s\S]*| \.\.\.[\s\S]*$/, '').trim() : 'it cannot be read';

/**
 * Reads a JSON body. An empty one is `undefined`: several clients declare JSON and send nothing.
 * @throws InvalidRequest for text that is not JSON, or that holds what cannot be stored or handled safely.
 */
export const parseJsonBody = (body: Buffer): unknown => {
  const text = decode(body);
  if (text.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InvalidRequest('body', [
      {
        type: 'json_invalid',
        path: [],
        message: `The body is not valid JSON: ${reason(error)}`,
        input: null,
        constraint: 'valid JSON',
      },
    ]);
  }
  const problem = findProblem(value);
  if (problem !== undefined) throw new InvalidRequest('body', [problem]);
  return value;
};

/** What is wrong with a compressed body: what it unfolds to has no bound that could be checked beforehand. */
export const encodedBodyFault = (body: Buffer, encoding: string | undefined): UserError | undefined => {
  if (body.length === 0 || encoding === undefined || /^\s*(identity)?\s*$/i.test(encoding)) return undefined;
  return new UserError(
    'unsupported_media_type',
    `The body was sent with Content-Encoding: ${echoText(encoding)}; compressed bodies are not accepted. Send it as plain JSON.`,
    { details: { field: 'Content-Encoding', provided: echoText(encoding) } },
  );
};

/** What is wrong with a body of any other content type. Nothing sent is fine, whatever it is called. */
export const otherBodyFault = (body: Buffer, contentType: string | undefined): UserError | undefined => {
  if (body.length === 0) return undefined;
  const given = contentType === undefined ? 'without a Content-Type' : `as ${echoText(contentType)}`;
  return new UserError(
    'unsupported_media_type',
    `The body was sent ${given}; send it as Content-Type: application/json.`,
  );
};
