import { type Assessment, SAFE, found, worstOf } from './assessment';
import { callOf, valuesOf } from './call';
import type { Inquiry } from './inquiry';
import { assessInput } from './interpreters';
import { UNKNOWN } from './unseen';
import { WRAPPERS, type Wrapper } from './wrappers';

const BY_NAME = new Map<string, Wrapper[]>();
for (const wrapper of WRAPPERS)
  for (const name of wrapper.names.split(' ')) BY_NAME.set(name, [...(BY_NAME.get(name) ?? []), wrapper]);

const listOf = (words: string | undefined): string[] => words?.split(' ') ?? [];
const ASSIGNMENT = /^[A-Za-z_]\w*=/;

/** Where the command begins after the wrapper's options, settings and operands. */
const commandAt = (wrapper: Wrapper, args: readonly string[]): number => {
  const takes = listOf(wrapper.takes);
  let operands = wrapper.operands ?? 0;
  let at = 0;
  for (; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      if (operands === 0 || wrapper.subcommands !== undefined)
        return (
          at + 1 + (args[at + 1] === undefined ? 0 : Math.max(0, wrapper.subcommands === undefined ? operands : 0))
        );
      continue;
    }
    if (/^-./.test(arg)) {
      const last = arg.startsWith('--') ? arg : `-${arg.at(-1) ?? ''}`;
      const isWhole = arg.startsWith('--') || arg.length === 2;
      if (takes.includes(arg) || (!isWhole && takes.includes(last) && !takes.includes(arg.slice(0, 2)))) at += 1;
    } else if (ASSIGNMENT.test(arg) && operands === 0) continue;
    else if (operands > 0) operands -= 1;
    else return at;
  }
  return at;
};

/** More than these are stood for by one that is not known. */
const MOST_ADDED = 100;

const firstOf = (words: readonly string[]): string[] =>
  words.length > MOST_ADDED ? [...words.slice(0, MOST_ADDED), UNKNOWN] : words.length > 0 ? [...words] : [UNKNOWN];

const REPLACES = /^(?:-I|-i|--replace=?)(.*)$/;

/** The text that `-I` has replaced by each line. */
const markOf = (name: string, args: readonly string[]): string | undefined => {
  const at = args.findIndex((arg) => REPLACES.test(arg));
  if (at < 0) return name === 'parallel' ? '{}' : undefined;
  const joined = REPLACES.exec(args[at] ?? '')?.[1] ?? '';
  return joined !== '' ? joined : args[at] === '-I' ? args[at + 1] : '{}';
};

/** The commands that `xargs` and `parallel` make of one and of what they read: a word is added, or a line put in. */
const completed = (command: readonly string[], mark: string | undefined, input = UNKNOWN): string[][] => {
  if (mark === undefined || !command.some((word) => word.includes(mark)))
    return [[...command, ...firstOf(input.split(/\s+/).filter((word) => word !== ''))]];
  const lines = firstOf(input.split('\n').filter((line) => line !== ''));
  return lines.map((line) => command.map((word) => word.replaceAll(mark, line)));
};

const TWO_WORDS = /^(compose|container|pod|pip|tool)$/;

/** The assessment of the command within a wrapper; undefined when the program is none. */
export const unwrapped = (name: string, args: readonly string[], inquiry: Inquiry): Assessment | undefined => {
  const wrapper = BY_NAME.get(name)?.find(({ subcommands }) => {
    if (subcommands === undefined) return true;
    return subcommandAt(args, listOf(subcommands)) !== undefined;
  });
  if (wrapper === undefined) return undefined;
  const begin = wrapper.subcommands === undefined ? 0 : (subcommandAt(args, listOf(wrapper.subcommands)) ?? 0) + 1;
  return within(wrapper, name, args.slice(begin), inquiry);
};

/** Where one of the subcommands stands: behind options, and `compose` and its like. */
const subcommandAt = (args: readonly string[], subcommands: readonly string[]): number | undefined => {
  const at = args.findIndex(
    (arg, index) =>
      !arg.startsWith('-') &&
      !TWO_WORDS.test(arg) &&
      !/^-[a-zA-Z]$|^--(context|host|namespace|kubeconfig|profile|project|file)$/.test(args[index - 1] ?? ''),
  );
  return at >= 0 && subcommands.includes(args[at] ?? '') ? at : undefined;
};

const within = (wrapper: Wrapper, name: string, args: readonly string[], inquiry: Inquiry): Assessment => {
  const begin = commandAt(wrapper, args);
  const own = args.slice(0, begin);
  if (
    listOf(wrapper.lookups).some(
      (option) =>
        own.includes(option) ||
        (/^-\w$/.test(option) &&
          own.some((arg) => /^-[a-zA-Z]+$/.test(arg) && arg.includes(option.charAt(1)) && name === 'command')),
    )
  )
    return SAFE;
  const remote = wrapper.isRemote === true ? [found('network', `${name} works on another machine.`)] : [];
  const call = callOf(name, args, listOf(wrapper.lineOptions));
  const lines = wrapper.lineOptions === undefined ? [] : valuesOf(call, ...listOf(wrapper.lineOptions));
  if (lines.length > 0)
    return worstOf([
      ...remote,
      ...lines.map((line) =>
        name.endsWith('env') ? inquiry.line([line, ...args.slice(begin)].join(' ')) : inquiry.line(line),
      ),
    ]);
  const command = args.slice(begin);
  if (command.length === 0) {
    if (wrapper.readsScript === true && inquiry.input !== undefined)
      return worstOf([...remote, assessInput(name, inquiry)]);
    if (wrapper.addsInput === true)
      return name === 'parallel' && inquiry.input !== undefined ? assessInput(name, inquiry) : SAFE;
    return remote[0] ?? (wrapper.subcommands === undefined ? SAFE : found('unknown', 'What it starts is not known.'));
  }
  if (wrapper.addsInput === true) return withInput(wrapper, args, command, inquiry);
  if (wrapper.isLine === true) return worstOf([...remote, inquiry.line(command.join(' '))]);
  return worstOf([...remote, inquiry.words(command)]);
};

const withInput = (
  wrapper: Wrapper,
  args: readonly string[],
  command: readonly string[],
  inquiry: Inquiry,
): Assessment => {
  const stop = command.findIndex((word) => /^:::+\+?$/.test(word));
  const own = stop < 0 ? command : command.slice(0, stop);
  const given = stop < 0 ? inquiry.input : command.slice(stop + 1).join('\n');
  if (wrapper.isLine === true && own.length === 0)
    return worstOf(firstOf((given ?? '').split('\n')).map((line) => inquiry.line(line)));
  const name = wrapper.isLine === true ? 'parallel' : 'xargs';
  return worstOf(
    completed(own, markOf(name, args.slice(0, args.length - command.length)), given).map((words) =>
      wrapper.isLine === true ? inquiry.line(words.join(' ')) : inquiry.words(words, ''),
    ),
  );
};
