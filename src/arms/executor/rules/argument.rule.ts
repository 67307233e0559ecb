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
