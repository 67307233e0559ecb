import type { CommandRisk } from '../../../../contracts/direct';
import { type Assessment, found } from '../assessment';
import { type Call, callOf, hasOption } from '../call';
import type { Inquiry } from '../inquiry';

/**
 * One thing a command can be asked for. The pattern's words, in order: `word`, `this|that`, `get-*`, `*:drop` an operand; `+` any
 * one operand, `…` any number of them; `-f|--force` one of these options; `!-n|--dry-run` none of them.
 */
export type Rule = readonly [pattern: string, risk: CommandRisk, reason?: string];

/** What a command may do, by how it is called. */
export interface CommandRules {
  /** Parted by spaces. */
  names: string;
  /** Options whose value is a word of its own, parted by spaces. */
  takes?: string;
  /** The first rule that fits counts. */
  rules?: readonly Rule[];
  /** Looked at before the rules, for what a pattern cannot say. */
  judge?: (call: Call, inquiry: Inquiry) => Assessment | undefined;
  otherwise: CommandRisk;
  otherwiseReason?: string;
  /** It reads `--help` anywhere as code, a name or a search. */
  ignoresHelp?: boolean;
}

interface Pattern {
  operands: readonly (readonly string[])[];
  needs: readonly (readonly string[])[];
  forbids: readonly (readonly string[])[];
}

const compiled = new Map<string, Pattern>();

const patternOf = (text: string): Pattern => {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const words = text.split(' ').filter((word) => word !== '');
  const pattern = {
    operands: words.filter((word) => !/^!?-/.test(word)).map((word) => word.split('|')),
    needs: words.filter((word) => word.startsWith('-')).map((word) => word.split('|')),
    forbids: words.filter((word) => word.startsWith('!-')).map((word) => word.slice(1).split('|')),
  };
  compiled.set(text, pattern);
  return pattern;
};

const fits = (operand: string, wanted: string): boolean => {
  if (wanted === '+') return true;
  if (wanted.endsWith('*')) return operand.startsWith(wanted.slice(0, -1));
  if (wanted.startsWith('*')) return operand.endsWith(wanted.slice(1));
  return operand === wanted;
};

/** How far `…` looks: names that people chose come after the words of the command. */
const FAR = 6;

const operandsFit = (given: readonly string[], wanted: Pattern['operands'], from = 0): boolean => {
  const [first, ...rest] = wanted;
  if (first === undefined) return true;
  if (first[0] === '…') {
    for (let at = from; at < Math.min(given.length, FAR); at += 1) if (operandsFit(given, rest, at)) return true;
    return false;
  }
  const operand = given[from];
  return operand !== undefined && first.some((each) => fits(operand, each)) && operandsFit(given, rest, from + 1);
};

export const ruleFits = (call: Call, pattern: string): boolean => {
  const { operands, needs, forbids } = patternOf(pattern);
  return (
    operandsFit(call.operands, operands) &&
    needs.every((each) => hasOption(call, ...each)) &&
    !forbids.some((each) => hasOption(call, ...each))
  );
};

const asksForHelp = ({ args, options }: Call): boolean =>
  options.includes('--help') ||
  (args.length === 1 && options.includes('--version')) ||
  (args.length === 1 && /^(-h|-V|-v|-help|-version|help|version)$/.test(args[0] ?? ''));

export const assessByRules = (
  command: CommandRules,
  name: string,
  args: readonly string[],
  inquiry: Inquiry,
): Assessment => {
  const call = callOf(name, args, command.takes?.split(' '));
  if (command.ignoresHelp !== true && asksForHelp(call)) return found('safe');
  const judged = command.judge?.(call, inquiry);
  if (judged !== undefined) return judged;
  const rule = command.rules?.find(([pattern]) => ruleFits(call, pattern));
  if (rule === undefined)
    return found(command.otherwise, ...(command.otherwiseReason === undefined ? [] : [command.otherwiseReason]));
  const [, risk, reason] = rule;
  return found(risk, ...(reason === undefined ? [] : [reason]));
};
