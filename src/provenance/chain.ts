/**
 * The action log as a chain. Each line is hashed together with the hash of the line before it, under a key that only the server
 * has: whoever can write to the database alone can change, remove, move or add lines, and cannot make the hashes fit again.
 *
 * Lines are chained a moment after they were written (`Sealer`), not by the statements that write them: a chain has one end, and
 * statements that all had to lock it would wait for one another. What happens to a line within that moment is not found, except
 * that a line nobody of us wrote is not taken in (`ActionMarks`).
 *
 * What is hashed is a JSON array of the columns in PostgreSQL's own spelling: `jsonb` as text is canonical (keys sorted and
 * unique, one spelling of each number as it was given, no insignificant space), so nothing is lost by reading it into another
 * language's numbers, and it stays the same over a dump and a restore. The time is UTC with microseconds.
 */
export const NO_HASH = '0'.repeat(64);

/** Keyed hash, 64 hex digits. */
export type Sign = (text: string) => string;

/** Every column of a line but those that chain it, as text. */
export interface Line {
  id: string;
  seq: string;
  task_id: string;
  arm_id: string;
  action_type: string;
  action_details: string;
  result: string;
  at: string;
  mark: string | null;
}

export interface Link {
  /** From 1, without gaps. */
  position: number;
  previous_hash: string | null;
  hash: string | null;
}

/** A line and its place. */
export type SealedLine = Line & Link;

export interface Place {
  position: number;
  hash: string;
}

/** What is known of the chain as a whole. */
export interface Chain {
  end: Place;
  /** The place before the first line that is checked: earlier ones were removed for their age, or accepted as they were. */
  start: Place;
  /** Lines up to this position may be there although they come before the start; 0 when there are none. */
  acceptedPosition: number;
}

export const EMPTY_CHAIN: Chain = {
  end: { position: 0, hash: NO_HASH },
  start: { position: 0, hash: NO_HASH },
  acceptedPosition: 0,
};

export const lineHash = (sign: Sign, previousHash: string, line: Line): string =>
  sign(
    JSON.stringify([
      'line',
      previousHash,
      line.id,
      line.seq,
      line.task_id,
      line.arm_id,
      line.action_type,
      line.action_details,
      line.result,
      line.at,
      line.mark,
    ]),
  );

/** Over both ends, so that neither can be moved to where the lines would fit again. */
export const chainSignature = (sign: Sign, { end, start, acceptedPosition }: Chain): string =>
  sign(JSON.stringify(['chain', end.position, end.hash, start.position, start.hash, acceptedPosition]));

/** The given lines as the next ones of the chain, and the chain's new end. */
export const seal = (sign: Sign, end: Place, lines: Line[]): { links: (Link & { id: string })[]; end: Place } => {
  let { position, hash } = end;
  const links = lines.map((line) => {
    const previous = hash;
    position += 1;
    hash = lineHash(sign, previous, line);
    return { id: line.id, position, previous_hash: previous, hash };
  });
  return { links, end: { position, hash } };
};
