/** Whether no two items are equal, as JSON goes; in linear time, where comparing each with each would take minutes. */
export const areUnique = (items: readonly unknown[]): boolean => {
  const seen = new Set<string>();
  return items.every((item) => seen.size < seen.add(JSON.stringify(item, inOrder)).size);
};

/** The order of properties means nothing. */
const inOrder = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
