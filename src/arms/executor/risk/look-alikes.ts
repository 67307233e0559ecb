/** Letters of other scripts that are drawn like Latin ones, beyond what NFKC folds. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ѕ: 's',
  ј: 'j',
  ԁ: 'd',
  һ: 'h',
  к: 'k',
  м: 'm',
  т: 't',
  г: 'r',
  п: 'n',
  ո: 'n',
  ԛ: 'q',
  ԝ: 'w',
  ɡ: 'g',
  ɩ: 'i',
  ⅰ: 'i',
  α: 'a',
  ο: 'o',
  ρ: 'p',
  ν: 'v',
  ι: 'i',
  κ: 'k',
  τ: 't',
  υ: 'u',
  ε: 'e',
  ɑ: 'a',
  ⅿ: 'm',
  ṃ: 'm',
  ʀ: 'r',
  ꭇ: 'r',
  ᴦ: 'r',
  ｒ: 'r',
  ｍ: 'm',
};
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

/** A name as it looks to people. */
export const asItLooks = (name: string): string =>
  /^[\x00-\x7f]*$/.test(name)
    ? name
    : Array.from(name.normalize('NFKC').replace(INVISIBLE, ''), (char) => LOOK_ALIKES[char] ?? char).join('');
