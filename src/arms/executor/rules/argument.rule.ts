/** Why these arguments are refused, or nothing. Rules look at words only: no shell ever sees them. */
export type ArgumentRule = (args: readonly string[]) => string | undefined;

/** `--name=value` is an option of this name. */
export const optionName = (arg: string): string => arg.split('=', 1)[0] ?? arg;

/** Refuses words of a table, each with its reason. */
export const refusing =
  (words: Readonly<Record<string, string>>): ArgumentRule =>
  (args) => {
    const bad = args.find((arg) => Object.hasOwn(words, optionName(arg)));
    return bad === undefined ? undefined : `${optionName(bad)}: ${words[optionName(bad)] ?? ''}`;
  };

/** Refuses every option that no pattern takes: for programs whose options do almost anything. */
export const servingOnly =
  (served: readonly RegExp[], help: string): ArgumentRule =>
  (args) => {
    const bad = args.find((arg) => /^[-+]/.test(arg) && !served.some((pattern) => pattern.test(arg)));
    return bad === undefined ? undefined : `${optionName(bad).slice(0, 40)}: not among the options served (${help})`;
  };

/** The words before `--`, behind which nothing is an option. */
export const beforeDashes = (args: readonly string[]): readonly string[] => {
  const end = args.indexOf('--');
  return end < 0 ? args : args.slice(0, end);
};
