const WORDS = 'zero one two three four five six seven eight nine ten'.split(' ');

/** A number as people write it: in figures, with commas, or up to ten in words. */
export const numberOf = (text: string): number => {
  const word = WORDS.indexOf(text.toLowerCase());
  return word >= 0 ? word : Number(text.replaceAll(',', ''));
};
