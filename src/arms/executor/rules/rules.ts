import type { ArgumentRule } from './argument.rule';
import { findRule } from './find.rule';
import { gitRule } from './git.rule';

const RULES = new Map<string, ArgumentRule>([
  ['find', findRule],
  ['git', gitRule],
]);

/**
 * Why a command may not be run with these arguments, or nothing. `curl` and `wget` are not here: they are carried out by our own
 * client, which knows only the options it serves. A command without a rule can do no more than the sandbox lets it.
 */
export const argumentFault = (command: string, args: readonly string[]): string | undefined =>
  RULES.get(command)?.(args);
