/** How long answers are kept, and what counts as asking the same. */
export abstract class AnswerSettings {
  /** Seconds; 0 keeps and finds nothing. */
  abstract readonly ttlSeconds: number;
  /**
   * Least cosine, .5 to 1, at which another wording counts as the same question; 0 compares no wordings. With the built-in
   * embedder of 7,262 different questions none is taken for another at .90; with one telling word exchanged .5 to 15 % are at
   * .95 and at most .7 % at .98, which is the value to begin with.
   */
  abstract readonly similarity: number;
}
