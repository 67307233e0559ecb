import { UserError } from './errors';

/** A place in the list of tasks: the last one that was shown. */
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
