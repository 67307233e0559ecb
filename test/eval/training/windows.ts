import { fold } from '../../../src/detection/core/fold';
import {
  HALF_WINDOW,
  MOST_FEATURES,
  wordEnd,
  wordFeatures,
  wordHash,
  wordStart,
} from '../../../src/detection/injection/classifier/features';

/** Buckets of the windows of a text, cut exactly as the classifier cuts them. */
export const windowsOf = (text: string): Int32Array[] => {
  const folded = fold(text).text;
  const features = new Int32Array(MOST_FEATURES);
  const blocks: number[][] = [];
  let previous = 0;
  let words = 0;
  for (let at = wordStart(folded, 0); at < folded.length;) {
    const end = wordEnd(folded, at);
    const hash = wordHash(folded, at, end);
    const count = wordFeatures(folded, at, end, hash, previous, features);
    if (words % HALF_WINDOW === 0) blocks.push([]);
    blocks.at(-1)?.push(...features.subarray(0, count));
    previous = hash;
    words++;
    at = wordStart(folded, end);
  }
  return blocks.length === 1
    ? blocks.map((block) => Int32Array.from(block))
    : blocks.slice(1).map((block, i) => Int32Array.from([...(blocks[i] ?? []), ...block]));
};
