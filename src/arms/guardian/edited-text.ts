import type { Detection, Match } from '../../detection/detection.service';

interface Edit {
  /** Where the replacement stands now, and how long it is. */
  at: number;
  length: number;
  /** What it stands for, in the text before. */
  start: number;
  end: number;
}

/** A text in which pieces have been replaced, that still knows where things stood in the text as it was given. */
export class EditedText {
  private constructor(
    readonly text: string,
    private readonly edits: readonly Edit[],
    private readonly before: EditedText | undefined,
  ) {}

  static of(text: string): EditedText {
    return new EditedText(text, [], undefined);
  }

  /** With its placeholder in place of every hole; the holes come from this text. */
  without(holes: readonly Match[], detection: Detection): EditedText {
    const edits: Edit[] = [];
    let shift = 0;
    const text = detection.replace(this.text, holes, ({ start, end, placeholder }) => {
      edits.push({ at: start + shift, length: placeholder.length, start, end });
      shift += placeholder.length - (end - start);
      return placeholder;
    });
    return edits.length === 0 ? this : new EditedText(text, edits, this);
  }

  /** The place in the given text of a place in this one; what touches a replacement covers all that it stands for. */
  origin(start: number, end: number): { start: number; end: number } {
    if (!this.before) return { start, end };
    return this.before.origin(this.back(start, 'start'), this.back(end, 'end'));
  }

  private back(place: number, side: 'start' | 'end'): number {
    const isPast = ({ at }: Edit): boolean => (side === 'start' ? at <= place : at < place);
    const last = this.edits.findLast(isPast);
    if (!last) return place;
    const beyond = place - (last.at + last.length);
    if (beyond > 0 || (beyond === 0 && side === 'start')) return last.end + beyond;
    return last[side];
  }
}
