import { UserError } from '../../common/errors';
import type { ExecutionRequest } from '../../contracts/direct';
import { splitLine } from './split-line';

/** What is to be done, read from the request in one of its spellings. */
export type Order =
  | { kind: 'program'; runtime: 'python' | 'javascript'; source: string; args: string[] }
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

const programOf = (runtime: 'python' | 'javascript', request: ExecutionRequest): Order => {
  const { code, command, args } = request;
  if (code !== undefined) return { kind: 'program', runtime, source: code, args };
  // Here the command is the source, unless it only names the interpreter of the arguments.
  const name = command.trim();
  if (INTERPRETERS.includes(name) && args.length > 0) return { kind: 'command', name, args };
  return { kind: 'program', runtime, source: command, args };
};

/** Errors: `UserError` `validation_error`, and `resource_not_found` for a tool. */
export const orderOf = (request: ExecutionRequest): Order => {
  const { actionType } = request;
  if (actionType === 'python' || actionType === 'javascript') return programOf(actionType, request);
  if (actionType === 'tool') {
    throw new UserError(
      'resource_not_found',
      `There is no tool '${request.command.slice(0, 100)}': no tools are registered. Use shell, python or http.`,
    );
  }
  const [name, ...args] = wordsOf(request);
  if (name === 'curl' || name === 'wget' || actionType === 'shell') return { kind: 'command', name, args };
  return { kind: 'http', words: [name, ...args] };
};
