import { SourceMap, type SourceMapPayload } from 'node:module';
import ts from 'typescript';

/**
 * Moves what the compiler printed back to the lines it was written in, so that a place in an error is one in the source. Lines
 * that belong to no written line, such as helpers, are joined to the one before: every statement ends in `;` or `}` there.
 */
export const alignLines = (code: string, sourceMap: string): string => {
  const map = new SourceMap(JSON.parse(sourceMap) as SourceMapPayload);
  const lines = code.trimEnd().split('\n');
  const written = lines.map((line, index) => writtenLine(map, line, index));
  const anchors = longestRise(written);
  const kept = withinLiterals(code);
  let out = '';
  let at = 0;
  for (const [index, line] of lines.entries()) {
    const target = written[index] ?? 0;
    const missing = anchors.has(index) && target > at ? target - at : 0;
    const breaks = index > 0 && kept.has(index) ? 1 : missing;
    out += breaks > 0 ? '\n'.repeat(breaks) + line : (index > 0 ? ' ' : '') + line;
    at += breaks;
  }
  return out;
};

/** The line, from 0, that a printed line was made of. */
const writtenLine = (map: SourceMap, line: string, index: number): number | undefined => {
  const entry = map.findEntry(index, Math.max(0, line.search(/\S/)));
  return 'generatedLine' in entry && entry.generatedLine === index ? entry.originalLine : undefined;
};

/** Indexes of a longest run of values that never falls: what a compiler hoists or appends is not among them. */
const longestRise = (values: readonly (number | undefined)[]): Set<number> => {
  const tails: number[] = [];
  const previous = new Map<number, number | undefined>();
  for (const [index, value] of values.entries()) {
    if (value === undefined) continue;
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) <= value) low = middle + 1;
      else high = middle;
    }
    previous.set(index, tails[low - 1]);
    tails[low] = index;
  }
  const rise = new Set<number>();
  for (let index = tails.at(-1); index !== undefined; index = previous.get(index)) rise.add(index);
  return rise;
};

/** Lines that begin within a text: their break is part of the program. */
const withinLiterals = (code: string): Set<number> => {
  const lines = new Set<number>();
  const file = ts.createSourceFile('printed.js', code, ts.ScriptTarget.ES2022, false, ts.ScriptKind.JS);
  const lineOf = (offset: number): number => file.getLineAndCharacterOfPosition(offset).line;
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateExpression(node) || ts.isStringLiteralLike(node)) {
      for (let line = lineOf(node.getStart(file)) + 1; line <= lineOf(node.end); line += 1) lines.add(line);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return lines;
};
