/** A program with the tests that prove it. Tests run in the namespace of the code. */
export interface Solution {
  code: string;
  tests: string;
}

/** One goal the demonstration model really can do. */
export interface Sample {
  /** Name for people. */
  name: string;
  /** Each must occur in the goal. */
  asks: readonly RegExp[];
  /** Further words such a goal may hold. A word outside of these and the common ones asks for something else. */
  words: string;
  explanation: string;
  solutions: Readonly<Record<'python' | 'javascript', Solution>>;
}
