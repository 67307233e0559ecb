import { email } from './email';
import { factorial } from './factorial';
import { fibonacci } from './fibonacci';
import { prime } from './prime';
import { reverse } from './reverse';
import type { Sample } from './sample';
import { sort } from './sort';

export const SAMPLES: readonly Sample[] = [fibonacci, email, factorial, prime, reverse, sort];

const COMMON = new Set(
  (
    'a an the this that which who it its i me my we us you please can could would will should need want like to for of in on with and or from by as at be is are if using use uses given ' +
    'write writes create creates implement implements build make develop code program develop give show provide produce define add include includes including have has having return returns returning take takes ' +
    'compute computes computing calculate calculates calculating calculation find finds get gets check checks test determine determines handle handles ' +
    'python python3 javascript js node nodejs node.js function functions method script snippet helper utility module ' +
    'number numbers integer whole natural non-negative positive negative value input inputs argument output result n x ' +
    'simple basic small short efficient clean readable robust good well documented well-documented reusable correct complete working tested ' +
    'docstring docstrings documentation jsdoc comments type hints annotations unit tests test cases error errors handling validation edge case ' +
    'invalid raise raises exception exceptions'
  ).split(' '),
);

/**
 * The sample a goal asks for. Every word has to be accounted for: *Fibonacci numbers* is a sample, *Fibonacci numbers as an
 * SVG chart* is not, and must not be answered as if it were.
 */
export const findSample = (goal: string): Sample | undefined => {
  const text = goal.toLowerCase().normalize('NFKC');
  const words = text.match(/[\p{L}\p{N}_]+(?:[.-][\p{L}\p{N}_]+)*/gu) ?? [];
  return SAMPLES.find(({ asks, words: own }) => {
    const known = new Set(own.split(' '));
    return asks.every((pattern) => pattern.test(text)) && words.every((word) => COMMON.has(word) || known.has(word));
  });
};

/** The language a sample is wanted in, if it is one the samples exist in. */
export const sampleLanguage = (goal: string, language: string | undefined): 'python' | 'javascript' | undefined => {
  const wanted =
    language?.toLowerCase() ?? (/\b(?:javascript|js|node(?:\.?js)?)\b/i.test(goal) ? 'javascript' : 'python');
  return wanted === 'python' || wanted === 'javascript' ? wanted : undefined;
};
