import ts from 'typescript';
import type { SyntaxFault } from './syntax.port';

/** CommonJS for the Node that runs here, each file by itself; decorators as frameworks still use them. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  esModuleInterop: true,
  isolatedModules: true,
  experimentalDecorators: true,
  jsx: ts.JsxEmit.React,
  allowJs: true,
  // So that lines can be joined.
  removeComments: true,
  sourceMap: true,
};

export interface Compiled {
  /** As the compiler prints it: types gone, lines moved. */
  code: string;
  /** JSON. */
  sourceMap: string;
  /** The first one; none where it can be parsed. */
  fault?: SyntaxFault;
  /** How far the text is in order, in characters; all of it without a fault. */
  clean: number;
}

/** Parses one file and prints it as JavaScript. What types say is not looked at. `RangeError` where it is nested too deeply. */
export const compileScript = (source: string, extension: 'ts' | 'tsx' | 'js'): Compiled => {
  // A line for the shell is no JavaScript once it stands within a function.
  const input = source.replace(/^#!.*/, '');
  const compiled = ts.transpileModule(input, {
    compilerOptions: OPTIONS,
    reportDiagnostics: true,
    fileName: `source.${extension}`,
  });
  const [first] = (compiled.diagnostics ?? [])
    .filter(({ category }) => category === ts.DiagnosticCategory.Error)
    .sort((a, b) => (a.start ?? 0) - (b.start ?? 0));
  const code = compiled.outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, '');
  const result = { code, sourceMap: compiled.sourceMapText ?? '{}' };
  if (first === undefined) return { ...result, clean: input.length };
  return { ...result, fault: faultOf(first), clean: first.start ?? 0 };
};

const faultOf = ({ file, start = 0, messageText }: ts.Diagnostic): SyntaxFault => {
  const message = ts.flattenDiagnosticMessageText(messageText, ' ').replace(/\.$/, '');
  const place = file?.getLineAndCharacterOfPosition(start);
  return { message, ...(place && { line: place.line + 1, column: place.character + 1 }) };
};
