import { type Assessment, SAFE, found, worstOf } from './assessment';
import type { Inquiry } from './inquiry';
import { SHELLS, assessAwk, assessInput, assessInterpreter, assessShell, interpreterOf } from './interpreters';
import { asItLooks } from './look-alikes';
import { CLOUD_TOOLS } from './tools/cloud';
import { CONTAINER_TOOLS } from './tools/containers';
import { DATABASE_TOOLS } from './tools/databases';
import { FILE_TOOLS } from './tools/files';
import { GIT_TOOLS } from './tools/git';
import { NETWORK_TOOLS } from './tools/network';
import { PACKAGE_TOOLS } from './tools/packages';
import { LOOKING, WRITING } from './tools/plain';
import { SYSTEM_TOOLS } from './tools/system';
import { type Tool, assessTool } from './tools/tool';
import { isUnseen, shown, withoutMarkers } from './unseen';
import { unwrapped } from './unwrap';

const TOOLS = new Map<string, Tool>(
  [
    ...FILE_TOOLS,
    ...GIT_TOOLS,
    ...DATABASE_TOOLS,
    ...CONTAINER_TOOLS,
    ...CLOUD_TOOLS,
    ...PACKAGE_TOOLS,
    ...SYSTEM_TOOLS,
    ...NETWORK_TOOLS,
  ].flatMap((tool) => tool.names.split(' ').map((name) => [name, tool] as const)),
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
    return [...TOOLS.keys()].filter((name) => fits.test(name));
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
  const tool =
    TOOLS.get(name) ??
    TOOLS.get(name.replace(/^\.\//, '')) ??
    (name.startsWith('mkfs.') ? TOOLS.get('mkfs') : undefined);
  if (tool !== undefined) return assessTool(tool, name, args, inquiry);
  if (LOOKING.has(name)) return SAFE;
  if (args.length === 1 && /^(--version|--help)$/.test(args[0] ?? '')) return SAFE;
  return WRITING.has(name) ? found('writes') : unlisted(name, args);
};

/** `java -jar tool.jar …` is the tool. */
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
    return withoutMarkers(name) === '' || !TOOLS.has(withoutMarkers(name))
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
