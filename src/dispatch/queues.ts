import type { Priority } from '../contracts/task';

const ARM_PREFIX = 'arm.';
export const armQueue = (arm: string): string => `${ARM_PREFIX}${arm}`;
export const armOfQueue = (queue: string): string | undefined =>
  queue.startsWith(ARM_PREFIX) ? queue.slice(ARM_PREFIX.length) : undefined;

/** BullMQ serves lower numbers first. */
export const QUEUE_PRIORITY: Record<Priority, number> = { critical: 1, high: 2, medium: 3, low: 4 };
