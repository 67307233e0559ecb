import type { Issue } from '../../contracts/outcome';
import type { Candidate } from './candidate';
import type { LayerResult } from './layer';
import { blank, definitionsIn } from './source';

const PLACEHOLDER =
  /\b(?:TODO|FIXME|XXX)\b|\bNotImplementedError\b|(?:your|rest of the) (?:code|implementation)\b|lorem ipsum/i;
const LONG_LINE = 120;

/** Simple and deterministic: mean of completeness, clarity and consistency, each 0 to 1. Never an error. */
export const qualityLayer = ({ text, artifact, isBareSource = false }: Candidate): LayerResult => {
  const issues: Issue[] = [];
  const placeholder = PLACEHOLDER.exec(text)?.[0];
  if (placeholder !== undefined) {
    const message = `The output holds the placeholder "${placeholder}": something is left undone.`;
    issues.push({ severity: 'warning', type: 'incomplete_output', message });
  }
  const scores = artifact
    ? [
        average([
          placeholder === undefined,
          ...(isBareSource ? [] : [artifact.tests !== '', artifact.explanation !== '']),
        ]),
        average([shareOfLines(text, (line) => line.length <= LONG_LINE), documented(text, artifact.language)]),
        average([!mixesIndentation(text), bracketsMatch(blank(text, artifact.language))]),
      ]
    : [
        average([placeholder === undefined, text.trim().length > 1]),
        average([endsProperly(text)]),
        average([distinctSentences(text)]),
      ];
  return { name: 'quality', confidence: average(scores), issues };
};

const average = (values: readonly (number | boolean)[]): number =>
  values.reduce<number>((sum, value) => sum + Number(value), 0) / values.length;

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

const shareOfLines = (text: string, holds: (line: string) => boolean): number => {
  const lines = linesOf(text);
  return lines.length === 0 ? 0 : lines.filter(holds).length / lines.length;
};

/** Share of public definitions with documentation; code in a language that is not read counts as documented. */
const documented = (code: string, language: string): number => {
  const open = definitionsIn(code, language).filter(({ isPublic }) => isPublic);
  return open.length === 0 ? 1 : open.filter(({ isDocumented }) => isDocumented).length / open.length;
};

const mixesIndentation = (code: string): boolean => {
  const indents = linesOf(code).map((line) => line.slice(0, line.length - line.trimStart().length));
  return indents.some((indent) => indent.includes('\t')) && indents.some((indent) => /^ {2}/.test(indent));
};

const bracketsMatch = (code: string): boolean => {
  const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
  const open: string[] = [];
  for (const bracket of code.match(/[()[\]{}]/g) ?? []) {
    const opener = pairs[bracket];
    if (opener === undefined) open.push(bracket);
    else if (open.pop() !== opener) return false;
  }
  return open.length === 0;
};

/** Text cut off by a token limit ends in the middle of a sentence. */
const endsProperly = (text: string): boolean => /[.!?…:)\]}"'`*_|>\d]\s*$/.test(text);

const distinctSentences = (text: string): number => {
  const sentences = text.split(/(?<=[.!?])\s+/).map((sentence) => sentence.trim().toLowerCase());
  return new Set(sentences).size / sentences.length;
};
