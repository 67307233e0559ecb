import { type Statement, readStatement } from './statement';

/** Claims looked at in one text; what lies beyond is left unjudged, and that is said. */
export const MOST_CLAIMS = 30;

const CODE_BLOCK = /```[\s\S]*?(?:```|$)/g;
const MARKDOWN = /^[ \t]*(?:#{1,6}[ \t]+|[-*+][ \t]+|\d{1,3}[.)][ \t]+|>[ \t]?)/;
const ABBREVIATIONS = /(?:^|[\s(])(?:e\.g|i\.e|etc|cf|vs|ca|approx|Dr|Mr|Mrs|Ms|St|Prof|No|Inc|Ltd|Jr|Sr|\p{Lu})\.$/u;

/** The sentences of a text, without its Markdown and its blocks of code. */
export const sentencesOf = (text: string): string[] =>
  text
    .replace(CODE_BLOCK, '\n')
    .split('\n')
    .flatMap((line) =>
      sentencesOfLine(
        line
          .replace(MARKDOWN, '')
          .replace(/[*_`]{1,3}/g, '')
          .trim(),
      ),
    );

const sentencesOfLine = (line: string): string[] => {
  const sentences: string[] = [];
  let open = '';
  for (const piece of line.split(/(?<=[.!?]["')\]]?)\s+/)) {
    open = open === '' ? piece : `${open} ${piece}`;
    if (ABBREVIATIONS.test(piece)) continue;
    sentences.push(open);
    open = '';
  }
  return (open === '' ? sentences : [...sentences, open]).filter((sentence) => sentence !== '');
};

/** Too short to state anything. */
const LEAST_STEMS = 2;
const isClaim = ({ text, stems, numbers }: Statement): boolean =>
  !text.endsWith('?') && !text.endsWith(':') && stems.size + numbers.size >= LEAST_STEMS;

/** What a text states, in order and without repetition. */
export const claimsIn = (text: string): Statement[] =>
  [...new Set(sentencesOf(text))].map(readStatement).filter(isClaim);

/** Claims that can be looked up: they name something, or give a figure. */
export const isCheckable = ({ names, numbers }: Statement): boolean => names.size > 0 || numbers.size > 0;
