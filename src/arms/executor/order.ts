import { UserError } from '../../common/errors';
import type { ExecutionRequest } from '../../contracts/direct';
import { splitLine } from './split-line';

export type ProgramRuntime = 'python' | 'javascript' | 'typescript';

/** What is to be done, read from the request in one of its spellings. */
export type Order =
  | { kind: 'program'; runtime: ProgramRuntime; source: string; args: string[] }
  | { kind: 'script'; source: string }
  | { kind: 'tool'; name: string }
  | { kind: 'command'; name: string; args: string[] }
  | { kind: 'http'; words: string[] };

const INTERPRETERS = ['python', 'python3', 'node'];

const badCommand = (message: string): UserError =>
  new UserError('validation_error', message, { details: { field: 'command', constraint: 'one command' } });

/** Name and arguments; a whole line is taken apart when no arguments come with it. */
const wordsOf = ({ command, args }: ExecutionRequest): [string, ...string[]] => {
  if (args.length > 0) return [command.trim(), ...args];
  const words = splitLine(command);
  if (words === undefined) throw badCommand('command: a quote in it is never closed; close it, or use args.');
  const [name, ...rest] = words;
  if (name === undefined) throw badCommand('command must name a command.');
  return [name, ...rest];
};

const programOf = (runtime: ProgramRuntime, { code, command, args }: ExecutionRequest): Order => {
  if (code !== undefined) return { kind: 'program', runtime, source: code, args };
  // Here the command is the source, unless it only names the interpreter of the arguments.
  const name = command.trim();
  if (runtime !== 'typescript' && INTERPRETERS.includes(name) && args.length > 0)
    return { kind: 'command', name, args };
  return { kind: 'program', runtime, source: command, args };
};

const scriptOf = ({ actionType, code, command }: ExecutionRequest): Order => {
  if (actionType === 'javascript') return { kind: 'script', source: code ?? command };
  throw new UserError(
    'validation_error',
    'engine: quickjs runs javascript only; leave engine out, or send javascript.',
    {
      details: { field: 'engine', constraint: 'quickjs with javascript' },
    },
  );
};

/** Errors: `UserError` `validation_error`. */
export const orderOf = (request: ExecutionRequest): Order => {
  const { actionType } = request;
  if (actionType === 'tool') return { kind: 'tool', name: request.command.trim() };
  if (request.engine === 'quickjs') return scriptOf(request);
  if (actionType === 'python' || actionType === 'javascript' || actionType === 'typescript') {
    return programOf(actionType, request);
  }
  const [name, ...args] = wordsOf(request);
  if (name === 'curl' || name === 'wget' || actionType === 'shell') return { kind: 'command', name, args };
  return { kind: 'http', words: [name, ...args] };
};
