import { dirname, join } from 'node:path';
import type * as TreeSitter from '@vscode/tree-sitter-wasm';
import { GRAMMARS } from './grammars';
import type { SyntaxFault, SyntaxVerdict } from './syntax.port';

type Node = TreeSitter.Node;
type Language = TreeSitter.Language;

const PACKAGE = '@vscode/tree-sitter-wasm';
const languages = new Map<string, Language>();

/** The program that parses, and one grammar; each is loaded once. */
const load = async (file: string): Promise<{ treeSitter: typeof TreeSitter; language: Language }> => {
  const treeSitter = await import('@vscode/tree-sitter-wasm');
  await treeSitter.Parser.init();
  const path = join(dirname(require.resolve(PACKAGE)), `tree-sitter-${file}.wasm`);
  const language = languages.get(file) ?? (await treeSitter.Language.load(path));
  languages.set(file, language);
  return { treeSitter, language };
};

/** `language` is a key of `GRAMMARS`. */
export const checkByGrammar = async (source: string, name: string): Promise<SyntaxVerdict> => {
  const grammar = GRAMMARS[name];
  if (grammar === undefined) return { unchecked: `there is no grammar for ${name}` };
  const { treeSitter, language } = await load(grammar.file);
  const { prefix, doubt } = grammar;
  const added = prefix === undefined || prefix.unless.test(source) ? '' : prefix.text;
  const parser = new treeSitter.Parser();
  try {
    const tree = parser.setLanguage(language).parse(added + source);
    if (tree === null) return { unchecked: 'the parser gave no answer' };
    try {
      if (!tree.rootNode.hasError) return { ok: true };
      if (doubt?.when.test(source)) return { unchecked: doubt.because };
      return { fault: firstFault(tree.rootNode, source, added.length) };
    } finally {
      tree.delete();
    }
  } finally {
    parser.delete();
  }
};

/** The first node, going down, that is wrong or missing itself. */
const faultyNode = (root: Node): Node => {
  let node = root;
  while (!node.isError && !node.isMissing) {
    // Not by `nextSibling`, which passes over nodes without width, as missing ones are.
    const child = node.children.find((one) => one !== null && (one.hasError || one.isMissing));
    if (!child) return node;
    node = child;
  }
  return node;
};

const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const MAX_SHOWN = 40;

const firstFault = (root: Node, source: string, shift: number): SyntaxFault => {
  const node = faultyNode(root);
  const at = ({ startPosition: { row, column } }: Node): Pick<SyntaxFault, 'line' | 'column'> => ({
    line: row + 1,
    column: column + 1 - (row === 0 ? shift : 0),
  });
  if (node.isMissing) {
    const opened = node.parent?.children.find((one) => one && PAIRS[one.type] === node.type);
    const counterpart = opened ? ` for the ${JSON.stringify(opened.type)} in line ${opened.startPosition.row + 1}` : '';
    return {
      message: `missing ${node.isNamed ? plainName(node) : JSON.stringify(node.type)}${counterpart}`,
      ...at(node),
    };
  }
  const unclosed = lastUnclosed(node);
  if (unclosed) {
    return {
      message: `${JSON.stringify(unclosed.type)} is never closed, or what follows it is wrong`,
      ...at(unclosed),
    };
  }
  const text = source.slice(Math.max(0, node.startIndex - shift), node.endIndex - shift).trim();
  const shown = JSON.stringify(text.split('\n', 1)[0]?.slice(0, MAX_SHOWN));
  if (text === '') return { message: 'something is missing', ...at(node) };
  const isOpenEnded = node.childCount > 1 && source.slice(node.endIndex - shift).trim() === '';
  return { message: isOpenEnded ? `what begins with ${shown} is not complete` : `unexpected ${shown}`, ...at(node) };
};

/** Names of a grammar as people say them: `type_identifier` → `type identifier`. */
const plainName = (node: Node): string => node.type.replaceAll('_', ' ');

/** The last bracket directly within a faulty stretch that nothing in it closes. */
const lastUnclosed = (node: Node): Node | undefined => {
  const open: Node[] = [];
  for (const child of node.children) {
    if (child && child.type in PAIRS) open.push(child);
    else if (child?.type === PAIRS[open.at(-1)?.type ?? '']) open.pop();
  }
  return open.at(-1);
};
