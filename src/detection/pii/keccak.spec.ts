import { keccak256 } from './keccak';

describe('keccak256', () => {
  it.each([
    ['', 'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470'],
    ['abc', '4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45'],
    ['hello', '1c8aff950685c2ed4bc3174f3472287b56d9517b9c948127319a09a7a36deac8'],
  ])('of %j is known', (text, digest) => expect(keccak256(text)).toBe(digest));

  it('takes in more than one block, also when the padding fills one', () => {
    const digests = [135, 136, 137, 300].map((length) => keccak256('a'.repeat(length)));
    expect(new Set(digests).size).toBe(4);
    for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });
});
