import { newKey } from './ids';

describe('newKey', () => {
  it('has the form the SDKs demand, and does not repeat', () => {
    const keys = Array.from({ length: 500 }, newKey);
    expect(keys.every((key) => /^[a-zA-Z0-9]{16}$/.test(key))).toBe(true);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
