/** `{ a: 'αа' }` as a map from each look-alike to the letter it is drawn like. */
const invert = (table: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(table).flatMap(([letter, likes]) => Array.from(likes, (like) => [like, letter] as const)));

/**
 * Letters of the Latin script that Unicode does not decompose: with a stroke, without a dot, ligatures, small capitals. They
 * are Latin in any word, so they are folded in any word.
 */
export const LATIN_VARIANTS: ReadonlyMap<string, string> = invert({
  a: 'ᴀɑ',
  b: 'ƀʙᴃ',
  c: 'ƈᴄꞓ',
  d: 'đɖɗᴅ',
  e: 'ɇᴇɛ',
  f: 'ƒꜰ',
  g: 'ǥɡɢ',
  h: 'ħʜɦ',
  i: 'ıɨɪɩ',
  j: 'ȷɉᴊ',
  k: 'ƙᴋ',
  l: 'łƚʟɫ',
  m: 'ᴍɱ',
  n: 'ɲɴŋƞ',
  o: 'øɵᴏ',
  p: 'ƥᴘ',
  q: 'ɋꞯ',
  r: 'ɍʀɼ',
  s: 'ꜱʂ',
  t: 'ŧᴛƭ',
  u: 'ʉᴜ',
  v: 'ʋᴠ',
  w: 'ᴡⱳ',
  y: 'ɏʏƴ',
  z: 'ƶᴢʐ',
  ss: 'ß',
  ae: 'æ',
  oe: 'œ',
});

/** Lower-case letters of other scripts drawn like Latin ones (Unicode TR 39, confusables; the alphabets in use for it). */
const LOWER = invert({
  a: 'аαաⲁ',
  b: 'вьβъ',
  c: 'сϲⲥҫ',
  d: 'ԁժ',
  e: 'еєεҽ',
  f: 'ғϝք',
  g: 'ցԍ',
  h: 'һнհⲏ',
  i: 'іιӏⲓ',
  j: 'јϳյ',
  k: 'кκⲕқ',
  l: 'լ',
  m: 'мⲙ',
  n: 'пηոռⲛ',
  o: 'оοօσⲟס',
  p: 'рρⲣ',
  q: 'ԛզգ',
  r: 'гⲅ',
  s: 'ѕտ',
  t: 'тτⲧ',
  u: 'цυսμи',
  v: 'ѵνⲩ',
  w: 'ԝшωա',
  x: 'хχⲭ',
  y: 'уүγ',
  z: 'ⲍ',
});

/** Capitals whose small form is drawn otherwise, and scripts that have only capitals (Cherokee, Lisu). */
const UPPER = invert({
  a: 'ДᎪꓮ',
  b: 'Ᏼꓐ',
  c: 'Ꮯꓚ',
  d: 'Ꭰꓓ',
  e: 'Ꭼꓰ',
  f: 'ꓝ',
  g: 'Ꮐꓖ',
  h: 'ΗНᎻꓧ',
  i: 'Ꭵꓲ',
  j: 'Ꭻꓙ',
  k: 'Ꮶꓗ',
  l: 'Ꮮꓡ',
  m: 'ΜᎷꓟ',
  n: 'ΝИꓠ',
  o: 'ꓳ',
  p: 'Ꮲꓑ',
  r: 'ЯᎡꓣ',
  s: 'Ꮪꓢ',
  t: 'Ꭲꓔ',
  u: 'Սꓴ',
  v: 'ᏙꓦѴ',
  w: 'Ꮃꓪ',
  x: 'ꓫ',
  y: 'ΥᎩꓬ',
  z: 'ΖᏃꓜ',
});

/** What a letter of another script, in its own case, is drawn like; undefined if like none. */
export const drawnLike = (letter: string, lowered: string): string | undefined =>
  UPPER.get(letter) ?? LOWER.get(lowered);
