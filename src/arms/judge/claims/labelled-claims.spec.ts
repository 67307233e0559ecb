import { contradictionOf, readEvidence, supportFor } from './lexical-support';
import { readStatement } from './statement';

const SOURCE = [
  'The Harbour Bridge opened in March 1932 after eight years of work. It is 1149 metres long and carries eight lanes of traffic.',
  'Lina Moreau founded the Aster Institute in Geneva in 1987. She retired in 2011. The institute employs 240 people.',
  'The museum does not charge admission on Sundays. Dogs are allowed in the garden.',
  'The Orlo river flows through Tarn and Veldt. Its source lies in the Kesh mountains at 2,310 metres.',
  'Version 4 of the library removed the legacy parser. Version 5 added support for streaming and requires Node 20.',
  'Sales rose by 12 percent in 2022 to 3.4 million units. The company closed its factory in Porto.',
];

type State = 'supported' | 'contradicted' | 'unsupported';
const LABELLED: readonly [claim: string, state: State][] = [
  ['The Harbour Bridge opened in March 1932.', 'supported'],
  ['The Harbour Bridge opened in 1932 after eight years of work.', 'supported'],
  ['The Harbour Bridge is 1,149 metres long.', 'supported'],
  ['The bridge carries 8 lanes of traffic.', 'supported'],
  ['Lina Moreau founded the Aster Institute in Geneva.', 'supported'],
  ['In 1987 Lina Moreau founded the Aster Institute.', 'supported'],
  ['The institute employs 240 people.', 'supported'],
  ['Dogs are allowed in the garden.', 'supported'],
  ['The museum does not charge admission on Sundays.', 'supported'],
  ['The Orlo river flows through Tarn and Veldt.', 'supported'],
  ['The Orlo flows through Veldt.', 'supported'],
  ['Version 4 removed the legacy parser of the library.', 'supported'],
  ['Version 5 requires Node 20.', 'supported'],
  ['Sales rose by 12 percent in 2022.', 'supported'],
  ['The company closed its factory in Porto.', 'supported'],
  ['Sales rose to 3.4 million units.', 'supported'],
  ['The Harbour Bridge opened in March 1934.', 'contradicted'],
  ['The Harbour Bridge opened in April 1932.', 'contradicted'],
  ['The bridge carries six lanes of traffic.', 'contradicted'],
  ['Lina Moreau founded the Aster Institute in Zurich in 1987.', 'contradicted'],
  ['Lina Moreau founded the Aster Institute in Geneva in 1978.', 'contradicted'],
  ['The institute employs 420 people.', 'contradicted'],
  ['The museum does charge admission on Sundays.', 'contradicted'],
  ['Dogs are not allowed in the garden.', 'contradicted'],
  ['The Orlo river does not flow through Tarn.', 'contradicted'],
  ['Version 5 requires Node 18 and added support for streaming.', 'contradicted'],
  ['Version 6 removed the legacy parser of the library.', 'contradicted'],
  ['Sales rose by 21 percent in 2022 to 3.4 million units.', 'contradicted'],
  ['The company closed its factory in Lisbon.', 'contradicted'],
  ['The company did not close its factory in Porto.', 'contradicted'],
  ['The Harbour Bridge was painted green by volunteers.', 'unsupported'],
  ['Lina Moreau studied medicine in Vienna.', 'unsupported'],
  ['The museum sells postcards and coffee.', 'unsupported'],
  ['The Kesh mountains are popular with climbers.', 'unsupported'],
  ['The library is written in Rust.', 'unsupported'],
  ['Sales fell in 2023 because of a strike.', 'unsupported'],
  ['The garden closes at sunset in winter.', 'unsupported'],
  ['Veldt has 40,000 inhabitants.', 'unsupported'],
  ['The factory in Porto made bicycles.', 'unsupported'],
  ['Cats are allowed in the library.', 'unsupported'],
  ['Moreau received a prize for physics in 1990.', 'unsupported'],
  ['The bridge is closed to lorries at night.', 'unsupported'],
  ['The Lune river flows through Bern and Basel.', 'unsupported'],
  ['The company closed its factory in Lyon in 1999.', 'unsupported'],
  ['Sales rose by 7 percent in 2019 to 1.1 million units.', 'unsupported'],
];

const PIECES = readEvidence(SOURCE);
const judged = (text: string): State => {
  const claim = readStatement(text);
  if (supportFor(claim, PIECES)) return 'supported';
  return contradictionOf(claim, PIECES) ? 'contradicted' : 'unsupported';
};

const measure = (state: State): { precision: number; recall: number } => {
  const found = LABELLED.filter(([claim]) => judged(claim) === state);
  const right = found.filter(([, label]) => label === state).length;
  return { precision: right / found.length, recall: right / LABELLED.filter(([, label]) => label === state).length };
};

it.each<[State, number, number]>([
  ['supported', 1, 0.9],
  ['contradicted', 1, 0.75],
  ['unsupported', 0.75, 0.9],
])('finds what is %s: precision at least %d, recall at least %d', (state, precision, recall) => {
  const wrong = LABELLED.filter(([claim, label]) => judged(claim) !== label);
  const measured = measure(state);
  const meets = measured.precision >= precision && measured.recall >= recall;
  expect({ ...measured, wrong, meets }).toMatchObject({ meets: true });
});
