import type { Gated } from './shared-gate';

/**
 * Jailbreaks that ask for a persona rarely hold one telling phrase; they pile up traits that hardly meet in honest text.
 * Each trait counts once, however often it occurs.
 */
export interface Trait extends Gated {
  id: string;
  weight: number;
  pattern: RegExp;
}
