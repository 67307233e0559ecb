/** One word for a shell, whatever it holds but NUL. */
export const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
