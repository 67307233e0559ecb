const NAMES = new Map([
  ['py', 'python'],
  ['python3', 'python'],
  ['js', 'javascript'],
  ['node', 'javascript'],
  ['node.js', 'javascript'],
  ['nodejs', 'javascript'],
  ['jsx', 'javascript'],
  ['mjs', 'javascript'],
  ['cjs', 'javascript'],
  ['ts', 'typescript'],
  ['tsx', 'typescript'],
  ['mts', 'typescript'],
  ['golang', 'go'],
  ['c++', 'cpp'],
  ['c#', 'csharp'],
  ['cs', 'csharp'],
  ['rs', 'rust'],
  ['rb', 'ruby'],
  ['sh', 'bash'],
  ['shell', 'bash'],
  ['pwsh', 'powershell'],
  ['ps1', 'powershell'],
  ['kt', 'kotlin'],
]);

/** One name per programming language, in lower case: `JS` → `javascript`. */
export const canonicalLanguage = (name: string): string => {
  const plain = name.trim().toLowerCase();
  return NAMES.get(plain) ?? plain;
};

/** How a program begins, and what it holds besides. Both have to be there: prose that quotes a line of code is no program. */
const SOURCE: readonly (readonly [language: string, begins: RegExp, holds: RegExp])[] = [
  ['php', /^<\?php/, /./],
  ['bash', /^#!.*\b(?:ba|z|k|da)?sh\b/, /./],
  ['python', /^#!.*python/, /./],
  ['javascript', /^#!.*\bnode\b/, /./],
  ['go', /^(?:\/\/|\/\*|package )/, /^package \w+[\s\S]*^(?:func|type|var|const) /m],
  ['rust', /^(?:\/\/|#!?\[|use |pub |fn |struct |enum |impl |mod )/, /\bfn \w+\s*(?:<[^>]*>)?\([^)]*\)[^{;]*\{/],
  ['cpp', /^(?:\/\/|\/\*|#include|using namespace)/, /^#include\s*[<"]/m],
  ['csharp', /^(?:\/\/|\/\*|using |namespace |public |internal )/, /^using System|^namespace [\w.]+|\bConsole\.Write/m],
  [
    'java',
    /^(?:\/\/|\/\*|package |import |public |class |@|final |abstract )/,
    /\bpublic (?:static |final |abstract )*(?:class|interface|enum|void|[A-Z]\w*|int|boolean)\b|^import java/m,
  ],
  [
    'sql',
    /^(?:--|select|insert|update|delete|create|alter|with)\b/i,
    /^(?:select\s[\s\S]+\sfrom\s+[\w.`\"]*[\w`\"]\s*(?:;|$|where|join|group|order|limit)|insert into |update \w+\s+set |delete from |(?:create|alter) (?:table|view|index) )/im,
  ],
  [
    'python',
    /^(?:#|"""|'''|@|async def |def |class |import |from |if |for |while |try:|with |print\(|[\w.]+(?:: ?[\w[\], .]+)? = )/,
    /^\s*(?:async )?def \w+\(.*|^\s*class \w+[^{]*:\s*$|^(?:from [\w.]+ )?import [\w.*, ]+$|^print\(/m,
  ],
  [
    'typescript',
    /^(?:\/\/|\/\*|import |export |interface |type |declare |abstract |async |function |class |const |let |enum )/,
    /^(?:export )?(?:interface \w+|type \w+(?:<[^>]*>)? =|enum \w+)|[\w)\]]\??: ?(?:string|number|boolean|unknown|any|void|Promise<)/m,
  ],
  [
    'javascript',
    /^(?:\/\/|\/\*|['"]use strict|import |export |async |function|class |const |let |var |module\.|console\.|\()/,
    /\bfunction\*?\s*\w*\s*\(|=>|^(?:export )?(?:const|let|var) [\w${[]|\brequire\(|\bconsole\.\w+\(|^(?:export )?class \w+/m,
  ],
  ['ruby', /^(?:#|require |def |class |module )/, /^\s*def \w+[\s\S]*^\s*end\s*$/m],
];

/** So much of a text is looked at, in characters: enough to tell, and no pattern takes long on it. */
const BEGINNING = 4_000;

/** The language a program is written in, told by its marks; nothing for prose and for what bears none. */
export const languageOfSource = (text: string): string | undefined => {
  const source = text.trimStart().slice(0, BEGINNING);
  return SOURCE.find(([, begins, holds]) => begins.test(source) && holds.test(source))?.[0];
};
