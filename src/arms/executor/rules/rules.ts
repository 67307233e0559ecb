import type { ArgumentRule } from './argument.rule';
import { findRule } from './find.rule';
import { gitRule } from './git.rule';
import { grepRule } from './grep.rule';
import { digRule, nmapRule } from './network.rule';
import { tailRule } from './tail.rule';

const RULES = new Map<string, ArgumentRule>([
  ['find', findRule],
  ['git', gitRule],
  ['grep', grepRule],
  ['tail', tailRule],
  ['dig', digRule],
  ['nmap', nmapRule],
]);

/**
 * Why a command may not be run with these arguments, or nothing. `curl` and `wget` are not here: they are carried out by our own
 * client, which knows only the options it serves. A command without a rule can do no more than the
 * sandbox lets it: `cat`, `head`, `ls` and `grep` see its own small /proc and /dev, and a flood from a device is cut by the limits;
 * `python3` is asked for with a capability of its own.
 */
export const argumentFault = (command: string, args: readonly string[]): string | undefined =>
  RULES.get(command)?.(args);
