import { UserError } from './errors';

/** A place in a list, newest first: the last one that was shown. */
export interface Place {
  createdAt: string;
  id: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Exactly as we write it: Date.parse alone would take a bare '1'. */
const isInstant = (text: string): boolean => {
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString() === text;
};

export const encodeCursor = ({ createdAt, id }: Place): string =>
  Buffer.from(`${createdAt} ${id}`).toString('base64url');

/** @throws UserError `validation_error` when the text is not a cursor of ours. */
export const decodeCursor = (cursor: string): Place => {
  const [createdAt = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  if (!isInstant(createdAt) || !UUID.test(id)) {
    throw new UserError('validation_error', 'cursor: this is not a value that an earlier page gave as next_cursor.', {
      details: { field: 'cursor', constraint: 'next_cursor of an earlier page' },
    });
  }
  return { createdAt, id };
};

/**
 * A page of a list, and the cursor to the next one; null on the last. One row more than the page holds is asked for: it tells
 * whether there is another. Errors: those of `decodeCursor`.
 */
export const readPage = async <T extends { id: string }>(
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  read: (window: { limit: number; after?: Place }) => Promise<T[]>,
  createdAt: (row: T) => Date,
): Promise<{ rows: T[]; nextCursor: string | null }> => {
  const found = await read({ limit: limit + 1, ...(cursor !== undefined && { after: decodeCursor(cursor) }) });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const isMore = found.length > limit && last !== undefined;
  return { rows, nextCursor: isMore ? encodeCursor({ createdAt: createdAt(last).toISOString(), id: last.id }) : null };
};
