import type { TaskRecord } from '../../contracts/record';
import type { TaskStatus } from '../../contracts/task';
import type { Family } from './family';

const GUIDE: Record<TaskStatus, string> = {
  accepted: 'accepted',
  planning: 'planning',
  executing: 'executing',
  validating: 'executing',
  completed: 'completed',
  failed: 'failed',
  // Its clients know no other end; the read says `cancelled: true` beside it.
  cancelled: 'failed',
};

const coarse = (first: string, running: string): Record<TaskStatus, string> => ({
  accepted: first,
  planning: running,
  executing: running,
  validating: running,
  completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
});

const WORDS: Record<Family, Record<TaskStatus, string>> = {
  sdk: coarse('queued', 'processing'),
  openapi: coarse('pending', 'processing'),
  guide: GUIDE,
  contract: coarse('accepted', 'running'),
};

/** All words a read of a family can carry. */
export const statusWords = (family: Family): string[] => {
  const words = new Set(Object.values(WORDS[family]));
  return family === 'guide' ? ['pending', ...words] : [...words];
};

/** A task's state in the words of a family. The guide's `pending` is a task held back before any work. */
export const statusWord = (
  { status, waitingFor }: Pick<TaskRecord, 'status' | 'waitingFor'>,
  family: Family,
): string => (family === 'guide' && status === 'accepted' && waitingFor !== null ? 'pending' : WORDS[family][status]);

const RUNNING = ['planning', 'executing', 'validating'] as const;

/** What people call states when they filter a list. A word of the server itself means that state, and what reads the same. */
const FILTERS = {
  accepted: ['accepted'],
  queued: ['accepted'],
  pending: ['accepted'],
  planning: ['planning'],
  executing: ['executing', 'validating'],
  validating: ['validating'],
  processing: RUNNING,
  running: RUNNING,
  in_progress: RUNNING,
  completed: ['completed'],
  failed: ['failed'],
  cancelled: ['cancelled'],
} as const satisfies Record<string, readonly TaskStatus[]>;

export type StatusFilter = keyof typeof FILTERS;
export const STATUS_FILTERS = Object.keys(FILTERS) as StatusFilter[];

export const statesNamed = (word: StatusFilter): readonly TaskStatus[] => FILTERS[word];
