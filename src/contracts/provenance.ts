import type { JsonObject } from './json';

/** A line of the action log. */
export interface ActionRecord {
  id: string;
  /** `task-<uuid>`; empty for what concerns no task. */
  taskId: string;
  armId: string;
  type: string;
  details: JsonObject;
  result: JsonObject;
  timestamp: Date;
  /** Place in the chain and hash over the line and the one before; null until it is chained, within a second or two. */
  position: number | null;
  previousHash: string | null;
  hash: string | null;
}

/** What can be wrong with the chain of the action log. */
export const CHAIN_FAULTS = [
  /** A line is not what it was. */
  'changed_row',
  'missing_row',
  /** A genuine line does not follow the one before it. */
  'wrong_order',
  /** The last lines are gone. */
  'truncated_end',
  /** The row that holds the ends of the chain is gone or not signed by this server. */
  'forged_head',
  /** A line that this server did not write, or not there. */
  'forged_row',
  /** This machine has seen more, or something else: an older state was put back. */
  'set_back',
  /** A line that was kept out of the chain. */
  'unsealed_row',
] as const;

export interface ChainFault {
  kind: (typeof CHAIN_FAULTS)[number];
  /** Where in the chain; null for what has no place in it. */
  position: number | null;
  /** Id of the line; null when there is none. */
  id: string | null;
  /** For people. */
  message: string;
}

export interface ChainReport {
  intact: boolean;
  rowsChecked: number;
  /** Lines of the chain that are there but come before its start: accepted as they were, and checked no more. */
  rowsAccepted: number;
  /** Lines just written, which have no place yet. */
  rowsWaiting: number;
  /** Position of the first and the last line that was to be checked; `first` is one above `last` when there is none. */
  first: number;
  last: number;
  /** In the order of the chain, what has no place in it last; at most 20. */
  faults: ChainFault[];
  faultCount: number;
  durationMs: number;
}
