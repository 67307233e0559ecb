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

/** In which order lanes change places (words of their lower halves), and by how many bits each is turned on its way. */
const PLACES = new Int32Array(ROUNDS);
const TURNS = new Int32Array(ROUNDS);
for (let t = 0, x = 1, y = 0; t < ROUNDS; t++) {
  [x, y] = [y, (2 * x + 3 * y) % 5];
  PLACES[t] = 2 * (x + 5 * y);
  TURNS[t] = (((t + 1) * (t + 2)) / 2) % 64;
}

/** Lane i is words 2i (lower half) and 2i + 1 (upper half): whole numbers of 64 bits would be fifty times slower. */
type State = Int32Array;

/** Room to work in, of a function that never waits: made once, because that took longer than the work. */
const parity = new Int32Array(10);
const row = new Int32Array(10);

/** About 10 µs, and an address takes one call: plain loops over typed arrays and no closures, which took five times as long. */
const permute = (state: State): void => {
  for (let round = 0; round < ROUNDS; round++) {
    for (let w = 0; w < 10; w++) {
      parity[w] =
        (state[w] ?? 0) ^ (state[w + 10] ?? 0) ^ (state[w + 20] ?? 0) ^ (state[w + 30] ?? 0) ^ (state[w + 40] ?? 0);
    }
    for (let x = 0; x < 10; x += 2) {
      const before = (x + 8) % 10;
      const after = (x + 2) % 10;
      const low = parity[after] ?? 0;
      const high = parity[after + 1] ?? 0;
      const lowMix = (parity[before] ?? 0) ^ ((low << 1) | (high >>> 31));
      const highMix = (parity[before + 1] ?? 0) ^ ((high << 1) | (low >>> 31));
      for (let w = x; w < 2 * LANES; w += 10) {
        state[w] = (state[w] ?? 0) ^ lowMix;
        state[w + 1] = (state[w + 1] ?? 0) ^ highMix;
      }
    }
    let low = state[2] ?? 0;
    let high = state[3] ?? 0;
    for (let t = 0; t < ROUNDS; t++) {
      const place = PLACES[t] ?? 0;
      const turn = TURNS[t] ?? 0;
      const near = turn < 32 ? low : high;
      const far = turn < 32 ? high : low;
      low = state[place] ?? 0;
      high = state[place + 1] ?? 0;
      // A shift by 32 is one by 0 in this language; no lane is turned by 0 or 32 bits.
      state[place] = (near << (turn & 31)) | (far >>> (32 - (turn & 31)));
      state[place + 1] = (far << (turn & 31)) | (near >>> (32 - (turn & 31)));
    }
    for (let start = 0; start < 2 * LANES; start += 10) {
      for (let w = 0; w < 10; w++) row[w] = state[start + w] ?? 0;
      for (let w = 0; w < 10; w++) {
        state[start + w] = (row[w] ?? 0) ^ (~(row[(w + 2) % 10] ?? 0) & (row[(w + 4) % 10] ?? 0));
      }
    }
    state[0] = (state[0] ?? 0) ^ (CONSTANTS[2 * round] ?? 0);
    state[1] = (state[1] ?? 0) ^ (CONSTANTS[2 * round + 1] ?? 0);
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
