import type { Workbench } from '../../dispatch/arm.port';
import type { Passage } from '../../memory/library.port';

/**
 * Passages as they may be shown to a model and handed back: whoever stored a document, its orders are nobody's. Sources and
 * metadata are looked at too, because prompts and answers carry them.
 */
export const safe = (passages: readonly Passage[], workbench: Workbench): Passage[] =>
  workbench.untrusted({ passages: passages.map((passage) => ({ ...passage })) }).passages;
