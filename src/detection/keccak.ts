const ROUNDS = 24;
const LANES = 25;
/** Bytes taken in between two permutations, for a digest of 256 bits. */
const RATE = 136;
const DIGEST_BYTES = 32;
const WORD_BYTES = 4;

/** One bit per power: a round's constant has bit 2^j - 1 set where the (7·round + j)th output of this shift register is 1. */
const roundConstants = (): Int32Array => {
  const halves = new Int32Array(2 * ROUNDS);
  let register = 1;
  for (let i = 0; i < 7 * ROUNDS; i++) {
    const bit = 2 ** (i % 7) - 1;
    const half = 2 * Math.floor(i / 7) + (bit >> 5);
    if ((register & 1) === 1) halves[half] = (halves[half] ?? 0) | (1 << (bit & 31));
    register = (register << 1) ^ (register >> 7 === 1 ? 0x171 : 0);
  }
  return halves;
};
const CONSTANTS = roundConstants();

/** In which order lanes change places, and by how much each is turned on its way. */
const PATH: { lane: number; turn: number }[] = [];
for (let t = 0, x = 1, y = 0; t < ROUNDS; t++) {
  [x, y] = [y, (2 * x + 3 * y) % 5];
  PATH.push({ lane: x + 5 * y, turn: (((t + 1) * (t + 2)) / 2) % 64 });
}

/** Lane i is words 2i (lower half) and 2i + 1 (upper half): whole numbers of 64 bits would be fifty times slower. */
type State = Int32Array;

/** The lower half of a lane turned left by so many bits; with the halves swapped, the upper one. */
const turned = (low: number, high: number, by: number): number => {
  const near = by < 32 ? low : high;
  const far = by < 32 ? high : low;
  return by % 32 === 0 ? near : (near << (by % 32)) | (far >>> (32 - (by % 32)));
};

const permute = (state: State): void => {
  const at = (word: number): number => state[word] ?? 0;
  const parity = new Int32Array(10);
  const row = new Int32Array(10);
  for (let round = 0; round < ROUNDS; round++) {
    for (let w = 0; w < 10; w++) parity[w] = at(w) ^ at(w + 10) ^ at(w + 20) ^ at(w + 30) ^ at(w + 40);
    for (let lane = 0; lane < LANES; lane++) {
      const before = 2 * ((lane + 4) % 5);
      const after = 2 * ((lane + 1) % 5);
      const low = parity[after] ?? 0;
      const high = parity[after + 1] ?? 0;
      state[2 * lane] = at(2 * lane) ^ (parity[before] ?? 0) ^ turned(low, high, 1);
      state[2 * lane + 1] = at(2 * lane + 1) ^ (parity[before + 1] ?? 0) ^ turned(high, low, 1);
    }
    let low = at(2);
    let high = at(3);
    for (const { lane, turn } of PATH) {
      const nextLow = at(2 * lane);
      const nextHigh = at(2 * lane + 1);
      state[2 * lane] = turned(low, high, turn);
      state[2 * lane + 1] = turned(high, low, turn);
      low = nextLow;
      high = nextHigh;
    }
    for (let start = 0; start < 2 * LANES; start += 10) {
      row.set(state.subarray(start, start + 10));
      for (let w = 0; w < 10; w++)
        state[start + w] = (row[w] ?? 0) ^ (~(row[(w + 2) % 10] ?? 0) & (row[(w + 4) % 10] ?? 0));
    }
    state[0] = at(0) ^ (CONSTANTS[2 * round] ?? 0);
    state[1] = at(1) ^ (CONSTANTS[2 * round + 1] ?? 0);
  }
};

/** Keccak-256 as Ethereum uses it, in hex. It pads otherwise than SHA-3, which Node has. */
export const keccak256 = (text: string): string => {
  const bytes = Buffer.from(text, 'utf8');
  const padded = Buffer.alloc((Math.floor(bytes.length / RATE) + 1) * RATE);
  bytes.copy(padded);
  padded[bytes.length] = 1;
  padded.writeUInt8(padded.readUInt8(padded.length - 1) | 0x80, padded.length - 1);
  const state: State = new Int32Array(2 * LANES);
  for (let block = 0; block < padded.length; block += RATE) {
    for (let w = 0; w < RATE / WORD_BYTES; w++) {
      state[w] = (state[w] ?? 0) ^ padded.readInt32LE(block + w * WORD_BYTES);
    }
    permute(state);
  }
  const digest = Buffer.alloc(DIGEST_BYTES);
  for (let w = 0; w < DIGEST_BYTES / WORD_BYTES; w++) digest.writeInt32LE(state[w] ?? 0, w * WORD_BYTES);
  return digest.toString('hex');
};
