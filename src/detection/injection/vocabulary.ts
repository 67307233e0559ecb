/** Words that attacks are made of, and the commonest of English: enough to tell where a run of letters falls apart. */
const WORDS =
  'ignore ignoring ignored disregard forget neglect bypass override discard dismiss delete erase drop skip abandon cancel reveal show ' +
  'print repeat output tell give say display leak share expose dump recite disclose write list send forward follow obey enter enable ' +
  'activate act pretend become behave respond answer reply start begin stop all any every each everything anything whatever previous ' +
  'previously prior above earlier preceding past former initial original existing hidden secret internal confidential new real actual ' +
  'system developer admin root god debug safety content instruction instructions rule rules guideline guidelines direction directions ' +
  'directive directives command commands order orders prompt prompts message messages restriction restrictions limitation limitations ' +
  'policy policies filter filters training programming context conversation constraint constraints mode password passwords key keys ' +
  'api code codes word words token tokens credentials data user users jailbreak jailbroken dan unrestricted uncensored unfiltered ' +
  'enabled free i me my we us our you your yours are is am was were be been being have has had having do does did done not no now ' +
  'longer the a an this that these those of and or to in on at by from for with without as it its what which who how why when where ' +
  'please must will would can could should may might before after then instead just only about told given said never always again ' +
  'also but if so than there their they them he she his her him one two more most other some such even very well way use used using ' +
  'make made take see get got know think want need like look find call called ask asked into out up down over under off through ' +
  'people person man woman time day year life world work thing things part place case point question questions request requests ' +
  'response responses answers text sentence language model models chatbot assistant bot character characters role play persona game ' +
  'story fictional hypothetical scenario imagine simulate simulation named name human being opinion opinions moral morals morality ' +
  'ethics ethical unethical immoral illegal legal law laws harmful dangerous offensive explicit violent inappropriate refuse refuses ' +
  'refusal reject decline apologize sorry warn warning warnings disclaimer break broken breaking stay bound limited comply openai ' +
  'chatgpt gpt claude gemini censorship boundaries norms able allowed forbidden access internet information email address phone ' +
  'number credit card account bank security administrator owner creator first next last next following current own same different ' +
  'between because while during against until since both few many much long great good bad high low right left old big small full ' +
  'will shall let help create provide generate explain describe read run execute perform open close change keep put set try turn ' +
  'come go going back here example format style voice tone example regardless matter rest session chat history end yes okay sure';

/** Rows of 26 letters; a row's last cell tells whether a word ends there. */
const CELLS = 27;
const ENDS = 26;
const FIRST = 'a'.charCodeAt(0);

export const VOCABULARY: ReadonlySet<string> = new Set(WORDS.split(' '));

const buildTrie = (words: Iterable<string>): Uint16Array => {
  const rows: number[] = new Array<number>(CELLS).fill(0);
  for (const word of words) {
    let row = 0;
    for (let i = 0; i < word.length; i++) {
      const cell = row * CELLS + word.charCodeAt(i) - FIRST;
      let next = rows[cell] ?? 0;
      if (next === 0) {
        next = rows.length / CELLS;
        rows.push(...new Array<number>(CELLS).fill(0));
        rows[cell] = next;
      }
      row = next;
    }
    rows[row * CELLS + ENDS] = 1;
  }
  return Uint16Array.from(rows);
};
const TRIE = buildTrie(VOCABULARY);

const COST_OF_STRAY = 3;
const LONGEST_FILLER = 3;

/** For each offset the one before it on the cheapest way there: a word costs 1, a letter in no word 3. */
const cheapest = (letters: string): { from: Uint32Array; isWord: Uint8Array } => {
  const cost = new Float64Array(letters.length + 1).fill(Infinity);
  const from = new Uint32Array(letters.length + 1);
  const isWord = new Uint8Array(letters.length + 1);
  cost[0] = 0;
  for (let at = 0; at < letters.length; at++) {
    const soFar = cost[at] ?? 0;
    const reach = (end: number, price: number, word: 0 | 1): void => {
      if (soFar + price >= (cost[end] ?? 0)) return;
      cost[end] = soFar + price;
      from[end] = at;
      isWord[end] = word;
    };
    reach(at + 1, COST_OF_STRAY, 0);
    let row = 0;
    for (let end = at; end < letters.length;) {
      row = TRIE[row * CELLS + letters.charCodeAt(end) - FIRST] ?? 0;
      if (row === 0) break;
      end++;
      if (TRIE[row * CELLS + ENDS] === 1) reach(end, 1, 1);
    }
  }
  return { from, isWord };
};

/**
 * Where the words of a run of letters a to z begin, by the fewest words and strays. Strays that touch, with short words
 * between them, are taken for one unknown word. Linear: no word is longer than the longest of the vocabulary.
 */
export const segment = (letters: string): number[] => {
  const { from, isWord } = cheapest(letters);
  const parts: { start: number; length: number; isKnown: boolean }[] = [];
  for (let at = letters.length; at > 0; at = from[at] ?? 0)
    parts.push({ start: from[at] ?? 0, length: at - (from[at] ?? 0), isKnown: isWord[at] === 1 });
  parts.reverse();
  const starts: number[] = [];
  parts.forEach((part, i) => {
    const before = parts[i - 1];
    const isFiller = ({ isKnown, length }: { isKnown: boolean; length: number }): boolean =>
      isKnown && length <= LONGEST_FILLER;
    const continues =
      before !== undefined &&
      ((!part.isKnown && !before.isKnown) ||
        (!before.isKnown && isFiller(part) && parts[i + 1]?.isKnown === false) ||
        (isFiller(before) && parts[i - 2]?.isKnown === false && !part.isKnown));
    if (!continues) starts.push(part.start);
  });
  return starts;
};
