import { canonicalLanguage, languageOfSource } from './languages';

describe('canonicalLanguage', () => {
  it.each([
    ['JS', 'javascript'],
    [' Python3 ', 'python'],
    ['C++', 'cpp'],
    ['TSX', 'typescript'],
    ['PS1', 'powershell'],
    ['Kotlin', 'kotlin'],
    ['constructor', 'constructor'],
  ])('%s → %s', (name, language) => expect(canonicalLanguage(name)).toBe(language));
});

describe('languageOfSource', () => {
  it.each([
    ['def add(a, b):\n    return a + b', 'python'],
    ['import os\nprint(os.name)', 'python'],
    ['x = 1\n\nclass A:\n    pass', 'python'],
    ['function add(a, b) { return a + b; }', 'javascript'],
    ["const fs = require('fs');", 'javascript'],
    ['// Adds.\nconst add = (a, b) => a + b;', 'javascript'],
    ['export const add = (a: number, b: number): number => a + b;', 'typescript'],
    ['interface Point { x: number }', 'typescript'],
    ['package main\n\nimport "fmt"\n\nfunc main() { fmt.Println(1) }', 'go'],
    ['fn main() { println!("1"); }', 'rust'],
    ['#include <stdio.h>\nint main() { return 0; }', 'cpp'],
    ['public class A { public static void main(String[] args) {} }', 'java'],
    ['SELECT name FROM users', 'sql'],
    ['#!/bin/bash\necho 1', 'bash'],
    ['def hello\n  puts 1\nend', 'ruby'],
  ])('%j is %s', (source, language) => expect(languageOfSource(source)).toBe(language));

  it.each([
    'Paris is the capital of France.',
    'Use a function such as add(a, b) => a + b here.',
    'If you want more, write to us.',
    'With best regards',
    'From here it is 5 km to the sea.',
    'Create a table of results from the data.',
    'Select the best one from these.',
    'Import duties rose by 5 %.',
    'Class sizes fell: from 30 to 25.',
    '{"a": 1}',
    '',
  ])('%j is no program', (text) => expect(languageOfSource(text)).toBeUndefined());
});
