import { z } from 'zod';
import { canonicalLanguage, languageOfSource } from '../../common/languages';
import type { ValidationRequest } from '../../contracts/direct';
import type { JsonValue } from '../../contracts/json';
import type { Candidate } from './candidate';

const CODE_OBJECT = z.object({
  code: z.string().min(1),
  language: z.string().exactOptional(),
  tests: z.string().default(''),
  explanation: z.string().default(''),
});

/** A text that is nothing but one block of Markdown. */
const FENCED = /^\s*```([\w+#.-]*)[^\n]*\n([\s\S]*?)\n?```\s*$/;

/** What a caller handed over for judgement: code (a string of it, or an object as the coder makes them) or anything else as text. */
export const candidateOfOutput = ({ output, language }: Pick<ValidationRequest, 'output' | 'language'>): Candidate => {
  const object = CODE_OBJECT.safeParse(output).data;
  if (object) {
    const known = language ?? object.language ?? languageOfSource(object.code) ?? '';
    return { text: object.code, artifact: { ...object, language: canonicalLanguage(known) } };
  }
  if (typeof output !== 'string') return { text: JSON.stringify(output, null, 2) };
  const [, tag = '', block] = FENCED.exec(output) ?? [];
  const code = block ?? output;
  const known = language ?? languageOfSource(code) ?? (tag === '' ? undefined : tag);
  if (known === undefined) return { text: output };
  const artifact = { code, language: canonicalLanguage(known), tests: '', explanation: '' };
  return { text: code, artifact, isBareSource: true };
};

/** What is longer is no name of anything; in a list it would stand before every item. */
const LONGEST_NAME = 100;

/** The prose of an output, for what is to be read as claims: the text itself, or every text and figure in it with its name. */
export const proseOf = (value: JsonValue | undefined, name = ''): string => {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => proseOf(item, name)).join('\n');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([key, item]) => proseOf(item, key.slice(0, LONGEST_NAME).replace(/_+/g, ' ').trim()))
      .filter((text) => text !== '')
      .join('\n');
  }
  const text = String(value);
  // A sentence speaks for itself; a bare word or figure means something only with its name.
  return name === '' || text.trim().split(/\s+/).length > 3 ? text : `${name}: ${text}`;
};
