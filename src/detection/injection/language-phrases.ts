/**
 * How one language says the three commonest attacks. Each field is a list of alternatives, in plain spelling with accents; they
 * are folded like the text they are looked for in.
 */
export interface LanguagePhrases {
  language: string;
  /** "Ignore", "forget", "do not follow", as orders. */
  drop: string;
  /** "Previous", "above", "all", "your". */
  prior: string;
  /** "Instructions", "rules", "orders". */
  orders: string;
  /** "Everything that stands above", "what you were told"; where it is said in few ways. */
  everything?: string;
  /** "From now on you are", "you are no longer". */
  role: string;
  /** "Show", "tell me", "repeat". */
  show: string;
  /** "System prompt", "initial instructions", "your instructions". */
  hidden: string;
  /** An override, a change of role and a question for the prompt. */
  positives: readonly [override: string, role: string, prompt: string];
  negatives: readonly string[];
}
