/** A function or class as far as it can be told without a full parser. */
export interface Definition {
  name: string;
  kind: 'function' | 'class';
  /** What stands between the parentheses of a function. */
  parameters: string;
  /** Return annotation, empty if there is none. */
  returns: string;
  /** Body with comments and strings blanked. */
  body: string;
  isDocumented: boolean;
  /** Text of the documentation comment before it (JSDoc), empty in Python. */
  comment: string;
  isPublic: boolean;
}

const PYTHON_QUIET = /#[^\n]*|"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?/g;
const SCRIPT_QUIET =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|`(?:\\[\s\S]|[^`\\])*`?|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?/g;

const isScript = (language: string): boolean => language === 'javascript' || language === 'typescript';

/** The code with comments and strings turned into spaces, every position kept, so that words in them are not read as code. */
export const blank = (code: string, language: string): string => {
  const quiet = language === 'python' ? PYTHON_QUIET : SCRIPT_QUIET;
  return code.replace(quiet, (text) => text.replace(/[^\n]/g, ' '));
};

/** Functions and classes in Python, JavaScript and TypeScript; an empty list for other languages. */
export const definitionsIn = (code: string, language: string): Definition[] => {
  if (language === 'python') return pythonDefinitions(code);
  return isScript(language) ? scriptDefinitions(code) : [];
};

/** Index just behind the bracket that closes the one at `open`. */
const closing = (code: string, open: number): number => {
  let depth = 0;
  for (let at = open; at < code.length; at += 1) {
    const char = code.charAt(at);
    if ('([{'.includes(char)) depth += 1;
    else if (')]}'.includes(char) && (depth -= 1) === 0) return at + 1;
  }
  return code.length;
};

const pythonDefinitions = (code: string): Definition[] => {
  const plain = blank(code, 'python');
  return [...plain.matchAll(/^([ \t]*)(?:async[ \t]+)?(def|class)[ \t]+(\w+)[ \t]*(\()?/gm)].map((match) => {
    const [whole, indent = '', keyword, name = '', paren] = match;
    const afterName = match.index + whole.length;
    const afterParameters = paren === undefined ? afterName : closing(plain, afterName - 1);
    const colon = plain.indexOf(':', afterParameters);
    const start = colon < 0 ? plain.length : colon + 1;
    const end = start + blockLength(plain.slice(start), indent.length);
    return {
      name,
      kind: keyword === 'class' ? 'class' : 'function',
      parameters: paren === undefined ? '' : plain.slice(afterName, afterParameters - 1),
      returns: plain
        .slice(afterParameters, start - 1)
        .replace('->', '')
        .trim(),
      body: plain.slice(start, end),
      isDocumented: /^\s*(?:#[^\n]*\s*)*[rRuU]?(?:"|')/.test(code.slice(start, end)),
      comment: '',
      isPublic: !name.startsWith('_') && indent === '',
    };
  });
};

/** Length of the indented block that follows a header, itself indented by `indent`. */
const blockLength = (rest: string, indent: number): number => {
  let length = 0;
  for (const [index, line] of rest.split('\n').entries()) {
    const outside = index > 0 && line.trim() !== '' && line.length - line.trimStart().length <= indent;
    if (outside) break;
    length += line.length + 1;
  }
  return length;
};

const SCRIPT_HEADS =
  /(^|\n)([ \t]*)(?:export[ \t]+(?:default[ \t]+)?)?(?:(?:async[ \t]+)?function[ \t]*\*?[ \t]*([\w$]+)|class[ \t]+([\w$]+)|(?:const|let|var)[ \t]+([\w$]+)[^=\n]*=[ \t]*(?:async[ \t]*)?(?=function\b|\([^\n]*=>|[\w$]+[ \t]*=>))/g;

const scriptDefinitions = (code: string): Definition[] => {
  const plain = blank(code, 'javascript');
  return [...plain.matchAll(SCRIPT_HEADS)].map((match) => {
    const [whole, newline = '', indent = '', named, className, assigned] = match;
    const head = match.index + newline.length;
    const afterHead = match.index + whole.length;
    const paren = plain.indexOf('(', afterHead);
    const afterParameters = className !== undefined || paren < 0 ? afterHead : closing(plain, paren);
    const brace = plain.indexOf('{', afterParameters);
    const line = plain.indexOf('\n', afterParameters);
    const inBraces = brace >= 0 && (line < 0 || brace <= line);
    const end = inBraces ? closing(plain, brace) : line < 0 ? plain.length : line;
    const comment = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/.exec(code.slice(0, head))?.[0] ?? '';
    const name = named ?? className ?? assigned ?? '';
    return {
      name,
      kind: className === undefined ? 'function' : 'class',
      parameters: className === undefined && paren >= 0 ? plain.slice(paren + 1, afterParameters - 1) : '',
      returns: /^\s*:\s*([^={]+)/.exec(plain.slice(afterParameters, inBraces ? brace : end))?.[1]?.trim() ?? '',
      body: plain.slice(inBraces ? brace : afterParameters, end),
      isDocumented: comment !== '',
      comment,
      isPublic: !/^[_#]/.test(name) && indent === '',
    };
  });
};

/** The parameters of a function as they are written, without the one that stands for the object itself. */
export const parametersOf = (list: string): string[] => {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at <= list.length; at += 1) {
    const char = list.charAt(at);
    if ('([{<'.includes(char) && char !== '') depth += 1;
    else if (')]}'.includes(char) && char !== '') depth -= 1;
    else if (char === '>' && list.charAt(at - 1) !== '=') depth -= 1;
    else if (at === list.length || (char === ',' && depth === 0)) {
      parts.push(list.slice(from, at).trim());
      from = at + 1;
    }
  }
  return parts.filter((part) => part !== '' && !/^(?:self|cls|this|[*/])$/.test(part));
};

/** Whether one of the functions can come back to itself, directly or through others. */
export const isRecursive = (code: string, language: string): boolean => {
  const functions = definitionsIn(code, language).filter(({ kind }) => kind === 'function');
  const calls = new Map(functions.map(({ name, body }) => [name, calledIn(body, functions)]));
  return functions.some(({ name }) => {
    const reached = new Set(calls.get(name) ?? []);
    for (const next of reached) for (const further of calls.get(next) ?? []) reached.add(further);
    return reached.has(name);
  });
};

/** A call on another object, as `items.append(…)` within `append`, is no call of the function itself. */
const calledIn = (body: string, functions: readonly Definition[]): string[] =>
  functions
    .map(({ name }) => name)
    .filter((name) =>
      new RegExp(`(?:(?<![.\\w$])|\\b(?:self|cls|this)\\.)${name.replaceAll('$', '\\$')}\\s*\\(`).test(
        withoutHeads(body),
      ),
    );

const withoutHeads = (body: string): string => body.replace(/\b(?:def|function\*?|class)\s+[\w$]+/g, '');
