import { type Assessment, SAFE, found, worstOf } from '../assessment';
import type { Inquiry } from '../inquiry';
import { isTemporary } from '../paths';
import { assessSql } from '../sql';
import { overwriting } from '../commands/files';
import { DECODED, FETCHED, isUnseen, shown } from '../unseen';
import { type CallSite, callsIn } from './calls';
import { EFFECTS, type Effect } from './effects';
import type { Language } from './language';
import { type Token, tokensOf } from './tokens';

type Ask = Pick<Inquiry, 'line' | 'words' | 'source'>;

const effectOf = ({ name }: CallSite): Effect | undefined => {
  const parts = name.split('.');
  return EFFECTS.get(parts.slice(-2).join('.')) ?? EFFECTS.get(parts.at(-1) ?? '');
};

/** Names that mean a command or code only when they stand by themselves: `pattern.exec(text)` is another thing. */
const ALONE = new Set([
  'exec',
  'eval',
  'compile',
  'system',
  'spawn',
  'assert',
  'load',
  'rmdir',
  'execute',
  'raw',
  'query',
  'Function',
]);

const FILE_MODES = /^[rbtU]*[wax]/;

const opened = ({ texts, name }: CallSite): Assessment => {
  const [path = '', mode = '', perlPath = ''] = texts;
  if (/^\s*>/.test(mode)) return overwriting(perlPath);
  if (/^\s*\|?\s*-?$/.test(mode) && /^\||\|$/.test(path)) return SAFE;
  return FILE_MODES.test(mode) && name !== 'os.open' ? overwriting(path) : SAFE;
};

const deleted = ({ name, texts }: CallSite): Assessment => {
  const [path] = texts;
  if (path !== undefined && isTemporary(path)) return found('writes', `${name} deletes temporary files.`);
  return found(
    'destructive',
    `${shown(name)} deletes${path === undefined || isUnseen(path) ? '' : ` ${shown(path)}`}.`,
  );
};

const commanded = ({ name, texts, isList }: CallSite, ask: Ask): Assessment => {
  const [first] = texts;
  if (first === undefined) return found('unknown', `${shown(name)} runs a command that cannot be known.`);
  // A name and its arguments, a list of words, or a line.
  const hasWords =
    isList ||
    (/spawn|execv|execl|execFile|create_subprocess_exec|Command|^system$|capture|execa/.test(name) && texts.length > 1);
  const words =
    /^os\.(execl|execv|spawn)/.test(name) && texts.length > 2 ? texts.slice(name.includes('spawn') ? 2 : 1) : texts;
  return worstOf([
    found('unknown', `${shown(name)} runs another program.`),
    hasWords ? ask.words(words) : ask.line(first),
  ]);
};

const coded = ({ name, texts }: CallSite, language: Language, ask: Ask): Assessment => {
  const [code] = texts;
  if (code === undefined) return SAFE;
  if (code.includes(FETCHED) || code.includes(DECODED))
    return found('destructive', `${shown(name)} runs code that nobody can see.`);
  return worstOf([
    found('unknown', `${shown(name)} runs code that is made while it runs.`),
    ask.source(language, code),
  ]);
};

const assessCall = (call: CallSite, language: Language, ask: Ask): Assessment => {
  const last = call.name.split('.').at(-1) ?? '';
  if (last === 'open' || call.name === 'fopen') return opened(call);
  const effect = effectOf(call);
  if (effect === undefined) return SAFE;
  if (call.isMethod && ALONE.has(last) && effect !== 'sql') return SAFE;
  switch (effect) {
    case 'delete':
      return deleted(call);
    case 'overwrite':
      return found('destructive', `${call.name} takes the content of a file.`);
    case 'write':
      return overwriting(call.texts[0] ?? 'a file');
    case 'command':
      return commanded(call, ask);
    case 'code':
      return last === 'exec' && language !== 'python' && language !== 'javascript'
        ? commanded(call, ask)
        : coded(call, language, ask);
    case 'network':
      return call.texts.includes('DELETE')
        ? found('destructive', 'A request with the method DELETE has a server delete something.')
        : found('network', `${call.name} talks to other machines.`);
    case 'sql':
      return worstOf(
        call.texts
          .slice(0, 1)
          .filter((text) => !isUnseen(text))
          .map(assessSql),
      );
    case 'rights':
      return found('writes', `${call.name} changes rights.`);
    case 'end':
      return found('writes', `${call.name} ends a process.`);
  }
};

/** Perl and awk delete and run by words that need no parentheses. */
const bareWords = (language: Language, tokens: readonly Token[]): Assessment[] => {
  const names = tokens.flatMap((token) => (token.kind === 'name' ? [token.text] : []));
  const assessments: Assessment[] = [];
  if (
    (language === 'perl' || language === 'ruby' || language === 'php') &&
    names.some((name) => /^(unlink|rmtree|rm_rf|remove_tree|rmdir)$/.test(name))
  )
    assessments.push(found('destructive', 'The program deletes files.'));
  if (names.filter((name) => name === 'fork').length > 0 && names.some((name) => /^(while|loop|for)$/.test(name)))
    assessments.push(found('destructive', 'It starts itself again and again until the machine stands still.'));
  return assessments;
};

const awkPipes = (tokens: readonly Token[], ask: Ask): Assessment[] =>
  tokens.flatMap((token, at) => {
    const next = tokens[at + 1];
    if (
      token.kind === 'mark' &&
      /^>>?$/.test(token.text) &&
      next?.kind === 'string' &&
      tokens.some(({ text }) => /^printf?$/.test(text))
    )
      return [overwriting(next.text)];
    if (token.text === '|' && next?.kind === 'string') return [ask.line(next.text)];
    return [];
  });

/** `getattr` with a built name and `globals()[…]` hide what is called. */
const HIDING = new Set([
  'b64decode',
  'fromhex',
  'unhexlify',
  'atob',
  'rot13',
  'decompress',
  'fromCharCode',
  'base64_decode',
  'str_rot13',
  'gzinflate',
  'decode64',
  'unpack1',
]);

const decodedText = (calls: readonly CallSite[]): string[] =>
  calls.flatMap(({ name, texts }) => {
    const last = name.split('.').at(-1) ?? '';
    const [text] = texts;
    if (text === undefined || isUnseen(text)) return [];
    if (/^(b64decode|atob|base64_decode|decode64)$/.test(last)) return [Buffer.from(text, 'base64').toString('utf8')];
    if (/^(fromhex|unhexlify)$/.test(last)) return [Buffer.from(text, 'hex').toString('utf8')];
    return last === 'from' && texts[1] === 'base64' ? [Buffer.from(text, 'base64').toString('utf8')] : [];
  });

/** What a program may do, from the calls outside its comments and strings; strings that are handed to a shell are lines. */
export const assessProgram = (language: Language, source: string, ask: Ask): Assessment => {
  const tokens = tokensOf(language, source);
  const calls = callsIn(language, tokens);
  const assessments = [...calls.map((call) => assessCall(call, language, ask)), ...bareWords(language, tokens)];
  if (language === 'awk') assessments.push(...awkPipes(tokens, ask));
  if (language === 'applescript')
    assessments.push(
      ...tokens
        .filter(({ kind }, at) => kind === 'string' && tokens[at - 1]?.text === 'script')
        .map(({ text }) => ask.line(text)),
    );
  const runsSomething = calls.some(
    (call) =>
      /^(code|command)$/.test(effectOf(call) ?? '') && !(call.isMethod && ALONE.has(call.name.split('.').at(-1) ?? '')),
  );
  if (runsSomething && calls.some(({ name }) => HIDING.has(name.split('.').at(-1) ?? '') || name === 'Buffer.from')) {
    const texts = decodedText(calls);
    assessments.push(
      ...texts
        .flatMap((text) => [ask.source(language, text), ask.line(text)])
        .filter(({ risk }) => risk === 'destructive'),
    );
    if (texts.length === 0) assessments.push(found('destructive', 'The program decodes something and runs it.'));
  }
  return worstOf(assessments);
};
