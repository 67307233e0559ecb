/** Text as PostgreSQL can store it: no NUL character, no half of a surrogate pair. Both become U+FFFD. */
export const storableText = (text: string): string => text.replaceAll('\u0000', '\uFFFD').toWellFormed();

/** JSON for a jsonb column; every string in it is made storable. */
export const storableJson = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) => (typeof item === 'string' ? storableText(item) : item));
