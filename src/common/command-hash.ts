import type { ExecutionRequest } from '../contracts/direct';
import { sha256 } from './ids';

/** SHA-256 of command and arguments, or of the interpreter, its source and the arguments, joined by single spaces; hex. */
export const commandHash = ({ command, args, code }: Pick<ExecutionRequest, 'command' | 'args' | 'code'>): string =>
  sha256([command, ...(code === undefined ? [] : [code]), ...args].filter((word) => word !== '').join(' '));
