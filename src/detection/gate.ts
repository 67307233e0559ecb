/** ASCII without upper case, digits as one symbol. What lies beyond shares these symbols: a gate may err towards "possible". */
const SYMBOLS = 128;
const FOLD = Uint8Array.from({ length: 0x10000 }, (_, code) => {
  if (code >= SYMBOLS) return code % SYMBOLS;
  if (code >= 0x41 && code <= 0x5a) return code + 0x20;
  return code >= 0x30 && code <= 0x39 ? 0x30 : code;
});

const symbolsOf = (literal: string): number[] =>
  Array.from({ length: literal.length }, (_, i) => FOLD[literal.charCodeAt(i)] ?? 0);

/**
 * Decides in one pass over a text which of many things can possibly be in it: an Aho-Corasick automaton over the literals
 * each of them needs. Letters match in either case and a digit in a literal matches any digit. Something that needs no
 * literal is always possible.
 *
 * Construction is for boot; a call is linear in the text's length and allocates one byte per thing.
 */
export const buildGate = (needs: readonly (readonly string[])[]): ((text: string) => Uint8Array) => {
  const rows: Int32Array[] = [new Int32Array(SYMBOLS)];
  const found: number[][] = [[]];
  const always = Uint8Array.from(needs, (literals) => (literals.length === 0 ? 1 : 0));

  needs.forEach((literals, thing) => {
    for (const literal of literals) {
      let state = 0;
      for (const symbol of symbolsOf(literal)) {
        const next = rows[state]?.[symbol] ?? 0;
        if (next !== 0) {
          state = next;
          continue;
        }
        rows.push(new Int32Array(SYMBOLS));
        found.push([]);
        const row = rows[state];
        if (row) row[symbol] = rows.length - 1;
        state = rows.length - 1;
      }
      found[state]?.push(thing);
    }
  });

  const table = new Int32Array(rows.length * SYMBOLS);
  rows.forEach((row, state) => table.set(row, state * SYMBOLS));
  const fallback = new Int32Array(rows.length);
  const queue = Array.from(rows[0] ?? []).filter((state) => state !== 0);
  for (const state of queue) {
    const back = fallback[state] ?? 0;
    found[state]?.push(...(found[back] ?? []));
    for (let symbol = 0; symbol < SYMBOLS; symbol++) {
      const next = table[state * SYMBOLS + symbol] ?? 0;
      const viaBack = table[back * SYMBOLS + symbol] ?? 0;
      if (next === 0) table[state * SYMBOLS + symbol] = viaBack;
      else {
        fallback[next] = viaBack;
        queue.push(next);
      }
    }
  }
  const reports = Uint8Array.from(found, (things) => (things.length === 0 ? 0 : 1));

  return (text) => {
    const possible = Uint8Array.from(always);
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      state = table[state * SYMBOLS + (FOLD[text.charCodeAt(i)] ?? 0)] ?? 0;
      if (reports[state] === 1) for (const thing of found[state] ?? []) possible[thing] = 1;
    }
    return possible;
  };
};
