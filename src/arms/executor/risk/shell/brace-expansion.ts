/** A word that makes more is left as it is. */
const MOST_WORDS = 64;

/** Where the brace that opens at `from` closes, and its commas at the top; undefined when it does not expand. */
const bracesAt = (text: string, from: number): { end: number; commas: number[] } | undefined => {
  const commas: number[] = [];
  let open = 0;
  for (let at = from; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '{') open += 1;
    else if (char === '}' && (open -= 1) === 0) return commas.length > 0 ? { end: at, commas } : undefined;
    else if (char === ',' && open === 1) commas.push(at);
  }
  return undefined;
};

/** `a{b,c}` → `ab`, `ac`. A word of more than a thousand characters is left as it is. */
export const expandBraces = (word: string): string[] => {
  if (word.length > 1_000) return [word];
  let done: string[] = [''];
  let rest = word;
  for (;;) {
    const from = rest.indexOf('{');
    const braces = from < 0 ? undefined : bracesAt(rest, from);
    if (braces === undefined) return done.map((text) => text + rest);
    const { end, commas } = braces;
    const stops = [...commas, end];
    const inner = stops.flatMap((stop, index) => expandBraces(rest.slice((stops[index - 1] ?? from) + 1, stop)));
    const head = rest.slice(0, from);
    if (done.length * inner.length > MOST_WORDS) return [word];
    done = done.flatMap((text) => inner.map((each) => text + head + each));
    rest = rest.slice(end + 1);
  }
};
