import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { newId } from './ids';
import { Secret } from './secret.service';

/** The id of a new line of the action log, and the proof that this server made it: columns `id` and `mark`. */
export interface ActionMark {
  id: string;
  /** 64 hex digits. */
  mark: string;
}

/**
 * Marks what this server writes into the action log. Lines are chained by hash a moment after they were written, by whoever has
 * the secret; a line that somebody else put into the table meanwhile must not be taken into the chain, and has no good mark.
 * The mark covers the id alone: most of a line is known to the database only when its statement runs.
 */
@Injectable()
export class ActionMarks {
  constructor(private readonly secret: Secret) {}

  /** One for each line. */
  next(): ActionMark {
    const id = newId();
    return { id, mark: this.of(id) };
  }

  isGood(id: string, mark: string | null): boolean {
    const expected = Buffer.from(this.of(id));
    const given = Buffer.from(mark ?? '');
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  private of(id: string): string {
    return this.secret.hash('action-mark', id);
  }
}
