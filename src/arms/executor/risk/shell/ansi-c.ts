const LETTERS: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const ESCAPE = /\\(?:x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8})|(0?[0-7]{1,3})|c(.)|([\s\S]))/g;

/** Decodes the escapes of `$'…'`, `printf` and `echo -e`. A number that is no character is left out. */
export const unescapeAnsiC = (text: string): string =>
  text.replace(
    ESCAPE,
    (_, hex?: string, short?: string, long?: string, octal?: string, control?: string, letter = '') => {
      const digits = hex ?? short ?? long;
      if (control !== undefined) return String.fromCharCode(control.charCodeAt(0) & 31);
      if (digits === undefined && octal === undefined) return LETTERS[letter as string] ?? (letter as string);
      const code = digits === undefined ? parseInt(octal ?? '', 8) : parseInt(digits, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
