import { ActionMarks } from './action-marks.service';
import { newId } from './ids';
import { Secret } from './secret.service';

const marksOf = (OCTO_SECRET: string): ActionMarks => new ActionMarks(Secret.load({ OCTO_SECRET, DATA_DIR: '' }));

describe('ActionMarks', () => {
  const marks = marksOf('a secret of at least 32 characters');

  it('know what they have made, and nothing else', () => {
    const { id, mark } = marks.next();
    expect(mark).toMatch(/^[0-9a-f]{64}$/);
    expect(marks.isGood(id, mark)).toBe(true);
    expect(marks.isGood(newId(), mark)).toBe(false);
    expect(marks.isGood(id, marks.next().mark)).toBe(false);
    for (const other of [null, '', 'é'.repeat(64), mark.slice(1), `${mark}0`])
      expect(marks.isGood(id, other)).toBe(false);
    expect(marksOf('another secret of at least 32 characters').isGood(id, mark)).toBe(false);
  });
});
