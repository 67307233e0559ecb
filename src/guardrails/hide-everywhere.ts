import { newId } from '../common/ids';
import type { JsonValue } from '../contracts/json';
import type { Detection, Match } from '../detection/detection.service';
import { mapTexts } from './map-texts';

/** So few values are tried one by one, which is quick where none stands: in each line of a long prompt, say. */
const FEW = 256;

/** A value that must not be left anywhere, with what stands for it. */
export type Hidden = Pick<Match, 'value' | 'kind' | 'label' | 'placeholder'>;

/** A match of no length at the end: it hides nothing where it stands, and says which value is looked for. */
const soughtAt = (end: number, { value, kind, label, placeholder }: Hidden): Match => ({
  detector: 'known_value',
  kind,
  label,
  severity: 'low',
  start: end,
  end,
  value,
  confidence: 1,
  // What is left and right of a value that is removed could make up another one.
  placeholder: placeholder === '' ? '*' : placeholder,
  isExample: false,
});

/**
 * Hides values wherever they stand in a JSON value, keys included: what words near by gave away in one text stands alone in the
 * next. Undefined when none stands anywhere. Values of fewer than six characters stay, as they do in `Detection.replace`. All
 * texts are searched as one, so that many values in many texts take no longer than one text of that length.
 */
export const hideEverywhere = <T extends JsonValue>(
  root: T,
  hidden: readonly Hidden[],
  detection: Pick<Detection, 'replace'>,
  standIn: (hole: Match) => string,
): T | undefined => {
  const texts: string[] = [];
  mapTexts(root, (text) => {
    texts.push(text);
    return text;
  });
  // Nobody can have written it into a text.
  const separator = `\0${newId()}\0`;
  const joined = texts.join(separator);
  const present = hidden.length > FEW ? hidden : hidden.filter(({ value }) => joined.includes(value));
  if (present.length === 0) return undefined;
  const sought = present.map((one) => soughtAt(joined.length, one));
  const left = detection.replace(joined, sought, (hole) => (hole.value === '' ? '' : standIn(hole)));
  if (left === joined) return undefined;
  const pieces = left.split(separator).values();
  return mapTexts(root, () => pieces.next().value ?? '') as T;
};
