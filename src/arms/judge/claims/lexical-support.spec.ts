import { claimsIn, isCheckable, sentencesOf } from './claims';
import { readEvidence, supportFor } from './lexical-support';
import { readStatement, stemOf } from './statement';

const EVIDENCE = readEvidence([
  'Marie Curie was born in Warsaw in 1867. She won two Nobel Prizes. The first one was for physics, in 1903.',
  'The museum is not open on Mondays. Berlin has 3.6 million inhabitants and Paris has 2.1 million.',
]);

it('takes no word for a number because JavaScript knows it', () => {
  const { numbers, stems } = readStatement('The constructor sets three fields.');
  expect([...numbers]).toEqual(['3']);
  expect([...stems]).toContain(stemOf('constructor'));
});

describe('supportFor', () => {
  it.each([
    'Marie Curie was born in Warsaw.',
    'In 1867, Marie Curie was born in Warsaw.',
    'Marie Curie won 2 Nobel Prizes.',
    'The museum is never open on Mondays.',
    'Berlin has 3.6 million inhabitants.',
  ])('believes "%s"', (claim) => expect(supportFor(readStatement(claim), EVIDENCE)).toBeDefined());

  it.each([
    ['a figure', 'Marie Curie was born in Warsaw in 1868.'],
    ['a name', 'Marie Curie was born in Cracow in 1867.'],
    ['a number in words', 'Marie Curie won three Nobel Prizes.'],
    ['a negation', 'The museum is open on Mondays.'],
    ['the other way round', 'Marie Curie was not born in Warsaw.'],
    ['something else altogether', 'The museum sells postcards and coffee.'],
  ])('doubts what has %s wrong: %s %s', (_, claim) => {
    expect(supportFor(readStatement(claim), EVIDENCE)).toBeUndefined();
  });
});

describe('sentencesOf', () => {
  it.each([
    ['Dr. Smith paid 3.5 million. It was too much.', ['Dr. Smith paid 3.5 million.', 'It was too much.']],
    ['# Title\n- **One** thing\n2. Another `thing`', ['Title', 'One thing', 'Another thing']],
    ['Before.\n```\ncode. More code.\n```\nAfter.', ['Before.', 'After.']],
    ['He said "Go." Then he left, e.g. by car.', ['He said "Go."', 'Then he left, e.g. by car.']],
    ['', []],
  ])('%j', (text, sentences) => expect(sentencesOf(text)).toEqual(sentences));
});

describe('claimsIn', () => {
  it('leaves out questions, headings of lists and what is too short, and says nothing twice', () => {
    const text = 'Is Paris large? It has these parts:\nYes.\nParis has 20 districts. Paris has 20 districts.';
    expect(claimsIn(text).map((claim) => claim.text)).toEqual(['Paris has 20 districts.']);
  });

  it.each([
    ['The Seine flows through it.', true],
    ['It opened in 1889.', true],
    ['NASA launched it quickly.', true],
    ['Functions should be short and clear.', false],
  ])('tells what can be looked up: %s %s', (text, checkable) => {
    expect(isCheckable(readStatement(text))).toBe(checkable);
  });
});
