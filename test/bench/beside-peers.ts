import { Detection, type Match } from '../../src/detection/detection.service';
import { type Labelled, labelledSet } from './labelled';
import { loadPeers, type Peer, type Region } from './peers';
import { percentile } from './statistics';

export interface PeerResult {
  name: string;
  /** Share of the labelled values with a structure of which at least half was found, whatever it was taken for. */
  recall: number;
  /** Share of what was found that overlaps anything labelled, names and places included. */
  precision: number;
  /** Mean over all items, warm; the median of up to fifteen rounds, as many as a second allows. */
  microsecondsPerItem: number;
  /** Its time divided by ours for finding and redacting. */
  timeRatio: number;
  isOurs: boolean;
}
export interface PeersResult {
  set: string;
  items: number;
  /** Ours first: finding and redacting, then finding alone. */
  rows: PeerResult[];
}

const OURS = 'OctoLLM (personal data, set relaxed)';
const MOST_ROUNDS = 15;
/** Microseconds. */
const ONE_SECOND = 1_000_000;
const WARM_UP = 300_000;

const detection = new Detection();
const find = (text: string): Match[] => detection.scan(text, { secrets: false, injection: false, set: 'relaxed' }).pii;

const ours: readonly Peer[] = [
  {
    // As those of the others that redact.
    name: `${OURS}, found and redacted`,
    find: (text) => {
      const matches = find(text);
      detection.redact(text, matches);
      return matches;
    },
  },
  { name: `${OURS}, found`, find },
];

const touches = (a: Region, b: Region): boolean => a.start < b.end && b.start < a.end;

/** A value of which most is left is not hidden. */
const isHit = (want: Region, regions: readonly Region[]): boolean => {
  const covered = regions
    .filter((region) => touches(region, want))
    .reduce((sum, { start, end }) => sum + Math.min(end, want.end) - Math.max(start, want.start), 0);
  return covered * 2 >= want.end - want.start;
};

interface Round {
  found: Region[][];
  /** Mean per text. */
  microseconds: number;
}

/** Every round asks for other texts: some peers remember what they have seen. */
const run = async ({ find: search }: Peer, items: readonly Labelled[], suffix: string): Promise<Round> => {
  const texts = items.map(({ text }) => text + suffix);
  const found: Region[][] = [];
  const from = performance.now();
  for (const text of texts) {
    const regions = search(text);
    found.push(regions instanceof Promise ? await regions : regions);
  }
  return { found, microseconds: ((performance.now() - from) * 1000) / texts.length };
};

const quality = (items: readonly Labelled[], found: readonly Region[][]): Pick<PeerResult, 'recall' | 'precision'> => {
  const counts = { wanted: 0, hits: 0, found: 0, right: 0 };
  items.forEach(({ wanted, personal }, i) => {
    const regions = found[i] ?? [];
    counts.wanted += wanted.length;
    counts.hits += wanted.filter((want) => isHit(want, regions)).length;
    counts.found += regions.length;
    counts.right += regions.filter((region) => personal.some((label) => touches(region, label))).length;
  });
  return {
    recall: counts.hits / Math.max(1, counts.wanted),
    precision: counts.right / Math.max(1, counts.found),
  };
};

interface Entry extends Pick<PeerResult, 'recall' | 'precision'> {
  peer: Peer;
  rounds: number[];
  /** How many rounds it takes part in. */
  most: number;
}

const warmedUp = async (peer: Peer, items: readonly Labelled[]): Promise<Entry> => {
  let { found, microseconds } = await run(peer, items, '');
  const counted = quality(items, found);
  for (let spent = microseconds * items.length; spent < WARM_UP; spent += microseconds * items.length)
    ({ found, microseconds } = await run(peer, items, ' '));
  const affordable = Math.floor(ONE_SECOND / (microseconds * items.length));
  return { peer, ...counted, rounds: [], most: Math.min(MOST_ROUNDS, Math.max(1, affordable)) };
};

/** Ours and other npm packages on the same labelled texts in the same process, taking turns round by round. */
export const measureBesidePeers = async (
  data: string | undefined,
  say: (line: string) => void,
): Promise<PeersResult> => {
  const { name, items } = labelledSet(data);
  const entries: Entry[] = [];
  for (const peer of [...ours, ...loadPeers(say)]) {
    say(`reflex: ${peer.name} on ${items.length} labelled texts`);
    entries.push(await warmedUp(peer, items));
  }
  for (let round = 1; round <= MOST_ROUNDS; round++)
    for (const { peer, rounds, most } of entries)
      if (round <= most) rounds.push((await run(peer, items, '\n'.repeat(round))).microseconds);
  const median = ({ rounds }: Entry): number => percentile(rounds, 0.5);
  const [first] = entries;
  const rows = entries.map((entry) => ({
    name: entry.peer.name,
    recall: entry.recall,
    precision: entry.precision,
    microsecondsPerItem: median(entry),
    timeRatio: first === undefined ? NaN : median(entry) / median(first),
    isOurs: ours.includes(entry.peer),
  }));
  return { set: name, items: items.length, rows };
};
