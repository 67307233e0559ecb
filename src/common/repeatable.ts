import { AsyncLocalStorage } from 'node:async_hooks';
import { newId, sha256 } from './ids';

interface Series {
  seed: string;
  drawn: number;
}

const series = new AsyncLocalStorage<Series>();

/** The form of a random UUID: version 4, variant 10. */
const asUuid = (hex: string): string => {
  const variant = ((parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, variant + hex.slice(17, 20)];
  return [...parts, hex.slice(20, 32)].join('-');
};

/**
 * Within `work`, `repeatableId` draws the same ids in the same order whenever the seed is the same. So work that a crash cut
 * off and that is done over finds what it had already stored, instead of storing it twice.
 */
export const repeatably = <T>(seed: string, work: () => Promise<T>): Promise<T> => series.run({ seed, drawn: 0 }, work);

/** A UUID for a row that must not be made twice: the next of its series, or a random one outside of `repeatably`. */
export const repeatableId = (): string => {
  const current = series.getStore();
  if (current === undefined) return newId();
  current.drawn += 1;
  return asUuid(sha256(`${current.seed}:${current.drawn}`));
};
