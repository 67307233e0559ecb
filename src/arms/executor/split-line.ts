/** A part of a word: within quotes (where `\` keeps only `"` and itself from having a meaning), escaped, or plain. */
const PART = /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)|([^\s'"\\]+)/gsy;

/**
 * The words of a command line, parted by white space. Quotes keep a word together, and nothing else has a meaning: `|`, `;`,
 * `$x` and `*` are plain text. Undefined when a quote is never closed.
 */
export const splitLine = (line: string): string[] | undefined => {
  const words: string[] = [];
  let at = 0;
  let open = false;
  while (at < line.length) {
    if (/\s/.test(line.charAt(at))) {
      open = false;
      at += 1;
      continue;
    }
    PART.lastIndex = at;
    const match = PART.exec(line);
    if (match === null) return undefined;
    const [, single, double, escaped, plain] = match;
    const text = single ?? double?.replace(/\\(["\\])/g, '$1') ?? escaped ?? plain ?? '';
    if (open) words.push(`${words.pop() ?? ''}${text}`);
    else words.push(text);
    open = true;
    at = PART.lastIndex;
  }
  return words;
};
