import type { ScriptLimits } from './script.port';

/** What goes to the thread, and what comes back: JSON stays text on the way, so that it is read once. */
export interface ScriptRequest extends ScriptLimits {
  source: string;
  /** JSON. */
  input: string;
}

export interface ScriptAnswer {
  /** JSON; absent when the program ended otherwise. */
  value?: string;
  error?: string;
  limit?: 'wall' | 'memory' | 'output';
  logs: string;
  truncated: boolean;
}
