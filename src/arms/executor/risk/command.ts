import { type Assessment, SAFE, found, worstOf } from './assessment';
import type { Inquiry } from './inquiry';
import { SHELLS, assessAwk, assessInput, assessInterpreter, assessShell, interpreterOf } from './interpreters';
import { asItLooks } from './look-alikes';
import { ACCOUNT_COMMANDS } from './commands/accounts';
import { CLOUD_COMMANDS } from './commands/cloud';
import { CONTAINER_COMMANDS } from './commands/containers';
import { DATABASE_COMMANDS } from './commands/databases';
import { DISK_COMMANDS } from './commands/disks';
import { FILE_COMMANDS } from './commands/files';
import { FIREWALL_COMMANDS } from './commands/firewall';
import { GIT_COMMANDS } from './commands/git';
import { NETWORK_COMMANDS } from './commands/network';
import { PACKAGE_COMMANDS } from './commands/packages';
import { LOOKING, WRITING } from './commands/plain';
import { PROCESS_COMMANDS } from './commands/processes';
import { SERVICE_COMMANDS } from './commands/services';
import { SYSTEM_COMMANDS } from './commands/system';
import { type CommandRules, assessByRules } from './commands/command-rules';
import { isUnseen, shown, withoutMarkers } from './unseen';
import { unwrapped } from './unwrap';

const COMMANDS = new Map<string, CommandRules>(
  [
    ...FILE_COMMANDS,
    ...GIT_COMMANDS,
    ...DATABASE_COMMANDS,
    ...CONTAINER_COMMANDS,
    ...CLOUD_COMMANDS,
    ...PACKAGE_COMMANDS,
    ...DISK_COMMANDS,
    ...SERVICE_COMMANDS,
    ...ACCOUNT_COMMANDS,
    ...FIREWALL_COMMANDS,
    ...PROCESS_COMMANDS,
    ...SYSTEM_COMMANDS,
    ...NETWORK_COMMANDS,
  ].flatMap((rules) => rules.names.split(' ').map((name) => [name, rules] as const)),
);

const LOSING_VERB =
  /^(delete|destroy|remove|rm|unregister|deregister|purge|drop|wipe|nuke|terminate|uninstall|erase|flush|prune|truncate)(-|:|$)|[:-](delete|destroy|drop|purge|wipe)$/i;

/** The program's own name: without its folder and what Windows puts behind it. */
const programName = (word: string): string =>
  asItLooks(word.split(/[/\\]/).at(-1) ?? '').replace(/\.exe$|(?<=.)@[\w.^~-]+$/i, '');

/** What may stand behind `/bin/r?`. */
const globbed = (pattern: string): string[] => {
  if (!/[?*[]/.test(pattern) || pattern.length > 40 || pattern === '[') return [];
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
  try {
    const fits = new RegExp(`^${source}$`);
    return [...COMMANDS.keys()].filter((name) => fits.test(name));
  } catch {
    return [];
  }
};

const RECURSIVE_FORCE = /^-(?=[a-zA-Z]*[rR])(?=[a-zA-Z]*f)[a-zA-Z]+$/;

const withHiddenName = (word: string, args: readonly string[]): Assessment => {
  if (args.some((arg) => RECURSIVE_FORCE.test(arg)) && args.some((arg) => !arg.startsWith('-')))
    return found('destructive', 'A program whose name is hidden is given the options -r and -f.');
  return found('unknown', `Nobody can tell which program ${shown(word)} is.`);
};

const unlisted = (name: string, args: readonly string[]): Assessment => {
  const verb = args
    .filter((arg) => !arg.startsWith('-'))
    .slice(0, 2)
    .find((arg) => LOSING_VERB.test(arg));
  return verb === undefined
    ? found('unknown', `What ${shown(name)} does is not known.`)
    : found('destructive', `By its words ${shown(name)} ${shown(verb)} takes something away.`);
};

const assessNamed = (name: string, args: readonly string[], inquiry: Inquiry): Assessment => {
  if (SHELLS.has(name)) return assessShell(name, args, inquiry);
  if (/^([gmn]?awk)$/.test(name)) return assessAwk(args, inquiry);
  const interpreter = interpreterOf(name);
  if (interpreter !== undefined) return assessInterpreter(name, interpreter, args, inquiry);
  if (name === 'java') return javaProgram(args, inquiry);
  if (name === 'eval') return evaluated(args, inquiry);
  if (name === 'source' || name === '.') return assessShell('bash', args, inquiry);
  if (name === 'trap') return /^(-|$)/.test(args[0] ?? '') ? SAFE : inquiry.line(args[0] ?? '');
  if (name === 'alias') return worstOf(args.map((arg) => inquiry.line(arg.replace(/^[^=]*=?/, ''))));
  if (name === 'at' || name === 'batch')
    return inquiry.input === undefined ? found('writes') : worstOf([found('writes'), assessInput(name, inquiry)]);
  if (name === 'crontab' && args[0] === '-') return found('writes', 'crontab - replaces the plan of jobs.');
  const rules =
    COMMANDS.get(name) ??
    COMMANDS.get(name.replace(/^\.\//, '')) ??
    (name.startsWith('mkfs.') ? COMMANDS.get('mkfs') : undefined);
  if (rules !== undefined) return assessByRules(rules, name, args, inquiry);
  if (LOOKING.has(name)) return SAFE;
  if (args.length === 1 && /^(--version|--help)$/.test(args[0] ?? '')) return SAFE;
  return WRITING.has(name) ? found('writes') : unlisted(name, args);
};

/** `java -jar rules.jar …` is the rules. */
const javaProgram = (args: readonly string[], inquiry: Inquiry): Assessment => {
  const at = args.indexOf('-jar');
  const [file, ...rest] = at < 0 ? [] : args.slice(at + 1);
  return file === undefined
    ? found('unknown', 'It runs a Java program.')
    : inquiry.words([file.replace(/\.jar$/, ''), ...rest]);
};

const evaluated = (args: readonly string[], inquiry: Inquiry): Assessment =>
  assessShell('eval', ['-c', args.join(' ')], inquiry);

/** What a command may do, from its words; wrappers are taken off first. */
export const assessCommand = (words: readonly string[], inquiry: Inquiry): Assessment => {
  const [first, ...args] = words;
  if (first === undefined || first === '') return SAFE;
  const name = programName(first);
  const rest = unwrapped(name, args, inquiry);
  if (rest !== undefined) return rest;
  if (isUnseen(name))
    return withoutMarkers(name) === '' || !COMMANDS.has(withoutMarkers(name))
      ? withHiddenName(first, args)
      : assessNamed(withoutMarkers(name), args, inquiry);
  const candidates = globbed(name);
  if (candidates.length > 0) return worstOf(candidates.map((each) => assessNamed(each, args, inquiry)));
  const assessment = assessNamed(name, args, inquiry);
  if (
    name ===
      first
        .split(/[/\\]/)
        .at(-1)
        ?.replace(/\.exe$/i, '') ||
    assessment.risk === 'unknown'
  )
    return assessment;
  return worstOf([assessment, found('unknown', 'The name is written with letters that only look like it.')]);
};
