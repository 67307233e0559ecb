/** A program's words, told apart into options and operands the way most programs do it. */
export interface Call {
  name: string;
  args: readonly string[];
  operands: readonly string[];
  /** As they were written, without values that came as words of their own. */
  options: readonly string[];
  /** Values that came as words of their own, with their option. */
  values: readonly (readonly [option: string, value: string])[];
  /** Short options that take a value: what follows them in one word is no option. */
  shortWithValue: string;
}

const nameOf = (option: string): string => option.split('=', 1)[0] ?? option;

/** @param takes options whose value is a word of its own, with their dashes */
export const callOf = (name: string, args: readonly string[], takes: readonly string[] = []): Call => {
  const operands: string[] = [];
  const options: string[] = [];
  const values: (readonly [string, string])[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      operands.push(...args.slice(at + 1));
      break;
    }
    if (!arg.startsWith('-') || arg === '-') {
      operands.push(arg);
      continue;
    }
    options.push(arg);
    const last = arg.startsWith('--') ? arg : `-${arg.at(-1) ?? ''}`;
    if ((takes.includes(arg) || takes.includes(last)) && !arg.includes('=')) values.push([arg, args[(at += 1)] ?? '']);
  }
  const shortWithValue = takes.flatMap((option) => (/^-\w$/.test(option) ? [option.charAt(1)] : [])).join('');
  return { name, args, operands, options, values, shortWithValue };
};

/** Letters of joined short options, up to the first that takes a value. */
const letters = (word: string, shortWithValue: string): string => {
  let end = 1;
  while (end < word.length && !shortWithValue.includes(word.charAt(end))) end += 1;
  return word.slice(1, end + 1);
};

/** Shorter beginnings of long options are not taken for them. */
const SHORTEST_BEGINNING = 4;

const isOption = (word: string, wanted: string, shortWithValue: string): boolean => {
  const [, value] = wanted.split('=', 2);
  if (value !== undefined) return word === wanted;
  const name = nameOf(word);
  if (wanted.startsWith('--')) {
    return name === wanted || (name.length >= SHORTEST_BEGINNING && name.startsWith('--') && wanted.startsWith(name));
  }
  if (wanted.length > 2) return name === wanted;
  return /^-[^-]/.test(word) && letters(word, shortWithValue).includes(wanted.charAt(1));
};

/**
 * Whether one of the options is there: `-f` also among joined letters, `--force` also by its beginning, `-name` as a whole,
 * `--mode=x` with this value.
 */
export const hasOption = ({ options, values, shortWithValue }: Call, ...wanted: readonly string[]): boolean =>
  wanted.some(
    (each) =>
      options.some((word) => isOption(word, each, shortWithValue)) ||
      values.some(([option, value]) => `${option}=${value}` === each),
  );

/** Values of an option, joined on, after `=`, or as the next word. */
export const valuesOf = ({ args }: Call, ...wanted: readonly string[]): string[] =>
  args.flatMap((arg, index) => {
    if (wanted.includes(arg)) return args.slice(index + 1, index + 2);
    const [, value] = /^--[^=]+=(.*)$/s.exec(arg) ?? [];
    if (value !== undefined) return wanted.includes(nameOf(arg)) ? [value] : [];
    return wanted.some((each) => /^-\w$/.test(each) && arg.startsWith(each)) ? [arg.slice(2)] : [];
  });
