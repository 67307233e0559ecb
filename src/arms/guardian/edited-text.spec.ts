import fc from 'fast-check';
import { Detection, type Match } from '../../detection/detection.service';
import { EditedText } from './edited-text';

const detection = new Detection();
const holesFor = (text: string, word: RegExp, placeholder: string): Match[] =>
  Array.from(text.matchAll(word), (hit) => ({
    detector: 'word',
    kind: 'word',
    label: undefined,
    severity: 'low',
    start: hit.index,
    end: hit.index + hit[0].length,
    value: hit[0],
    confidence: 1,
    placeholder,
    isExample: false,
  }));

describe('EditedText', () => {
  it('knows where what is left stood, after several edits', () => {
    const words = fc.array(fc.constantFrom('aa', 'bbb', 'keep', 'other', 'c'), { maxLength: 12 });
    fc.assert(
      fc.property(words, fc.constantFrom('', '<1>', '<longer>'), (given, placeholder) => {
        const text = given.join(' ');
        const once = EditedText.of(text).without(holesFor(text, /aa|c/g, placeholder), detection);
        const twice = once.without(holesFor(once.text, /bbb/g, '#'), detection);
        for (const { index, 0: found } of twice.text.matchAll(/keep|other/g)) {
          const { start, end } = twice.origin(index, index + found.length);
          expect(text.slice(start, end)).toBe(found);
        }
      }),
    );
  });

  it('widens a place that touches a replacement to all that it stands for', () => {
    const text = 'my secret word';
    const edited = EditedText.of(text).without(holesFor(text, /secret/g, '[X]'), detection);
    expect(edited.text).toBe('my [X] word');
    expect(edited.origin(0, 5)).toEqual({ start: 0, end: 9 });
    expect(edited.origin(4, 11)).toEqual({ start: 3, end: 14 });
    expect(edited.origin(3, 6)).toEqual({ start: 3, end: 9 });
  });
});
