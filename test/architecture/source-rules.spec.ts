import { readFileSync, readdirSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const SRC = resolve(__dirname, '../../src');
const GENERATED = join('drivers', 'database', 'generated');
const KINDS =
  'module service controller dto mapper filter guard interceptor decorator repository port processor arm rule spec schema worker d'.split(
    ' ',
  );

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith(GENERATED))
  .map((file) => join(SRC, file));

/** Names and string literals used in the code; comments and texts between quotes do not count as names. */
const readsEnvironment = (text: string): boolean => {
  const source = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true);
  const isProcess = (node: ts.Expression): boolean => {
    if (ts.isIdentifier(node)) return node.text === 'process';
    return ts.isPropertyAccessExpression(node) && node.name.text === 'process';
  };
  const visit = (node: ts.Node): boolean => {
    if (ts.isPropertyAccessExpression(node) && node.name.text === 'env' && isProcess(node.expression)) return true;
    if (ts.isElementAccessExpression(node) && isProcess(node.expression)) return true;
    if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && node.initializer) {
      if (isProcess(node.initializer)) return true;
    }
    if (ts.isImportDeclaration(node) && /^['"](node:)?process['"]$/.test(node.moduleSpecifier.getText())) return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return visit(source);
};

const offenders = (breaks: (text: string, file: string) => boolean): string[] =>
  files.filter((file) => breaks(readFileSync(file, 'utf8'), file)).map((file) => relative(SRC, file));

describe('the environment', () => {
  it.each([
    'export const home = process.env.HOME;',
    "export const home = process.env['HOME'];",
    "export const home = process['env'].HOME;",
    'export const { env } = process;',
    'export const home = globalThis.process.env.HOME;',
    "import { env } from 'node:process';",
  ])('is recognised in %s', (text) => expect(readsEnvironment(text)).toBe(true));

  it('is not mistaken for a mention of it', () => {
    expect(readsEnvironment("// process.env\nexport const text = 'process.env'; process.exit(1);")).toBe(false);
  });

  it('is read by the configuration alone', () => {
    const readers = offenders(readsEnvironment).filter((file) => !file.endsWith('.spec.ts'));
    expect(readers.filter((file) => !file.startsWith(join('common', 'config')))).toEqual([]);
    expect(readers).not.toEqual([]);
  });
});

describe('source files', () => {
  it('are named noun.ts or noun.kind.ts, with a kind of the house', () => {
    const misnamed = offenders((_, file) => {
      const [noun, ...kinds] = basename(file, '.ts').split('.');
      return !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(noun ?? '') || kinds.some((kind) => !KINDS.includes(kind));
    });
    expect(misnamed).toEqual([]);
  });

  it('hold nothing together with forwardRef', () => {
    expect(offenders((text) => /\bforwardRef\s*\(/.test(text))).toEqual([]);
  });
});
