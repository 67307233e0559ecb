import type { JsonValue } from '../../contracts/json';

interface LocatedText {
  /** Where it stands, e.g. `passages.0.content`; the empty string for a bare value. A key is found under `….(key)`. */
  path: string;
  text: string;
}

/** Every string in a JSON value, keys included. Without recursion, so that no depth of nesting can hurt. */
export const textsOf = (value: JsonValue | undefined): LocatedText[] => {
  const found: LocatedText[] = [];
  const open: { path: string; value: JsonValue | undefined }[] = [{ path: '', value }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { path, value: inner } = next;
    if (typeof inner === 'string') found.push({ path, text: inner });
    if (typeof inner !== 'object' || inner === null) continue;
    const prefix = path === '' ? '' : `${path}.`;
    for (const [key, child] of Object.entries(inner).reverse()) {
      open.push({ path: prefix + key, value: child });
      if (!Array.isArray(inner)) open.push({ path: `${prefix}(key)`, value: key });
    }
  }
  return found;
};
