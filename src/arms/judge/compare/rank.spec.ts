import type { ComparedPair } from '../../../contracts/outcome';
import { rank } from './rank';

const pair = (first: number, second: number, winner: number | null, confidence = 0.9): ComparedPair => ({
  first,
  second,
  winner,
  confidence,
  by: 'model',
  explanation: '',
});
const order = (count: number, pairs: ComparedPair[]) => {
  const { winner, ranking } = rank(count, pairs);
  return { winner, ranking: ranking.map(({ proposal, rank: place, score }) => [proposal, place, score]) };
};

describe('rank', () => {
  it('puts first who wins most pairs', () => {
    expect(order(3, [pair(0, 1, 1), pair(0, 2, 0), pair(1, 2, 1)])).toEqual({
      winner: 1,
      ranking: [
        [1, 1, 1],
        [0, 2, 0.5],
        [2, 3, 0],
      ],
    });
  });

  it('has no winner where the best are tied', () => {
    expect(order(2, [pair(0, 1, null)])).toEqual({
      winner: null,
      ranking: [
        [0, 1, 0.5],
        [1, 1, 0.5],
      ],
    });
  });

  it('breaks a circle by how clearly each won', () => {
    const { winner, ranking } = order(3, [pair(0, 1, 0, 0.6), pair(1, 2, 1, 0.9), pair(0, 2, 2, 0.6)]);
    expect(winner).toBe(1);
    expect(ranking[0]).toEqual([1, 1, 0.5]);
    expect(order(3, [pair(0, 1, 0), pair(1, 2, 1), pair(0, 2, 2)]).winner).toBeNull();
  });
});
