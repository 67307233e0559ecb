import * as fc from 'fast-check';
import { COMMAND_RISKS } from '../../../contracts/direct';
import { assessLine } from './assess';

const LENGTH = 200_000;
const filled = (unit: string): string => unit.repeat(Math.ceil(LENGTH / unit.length));

/** Each would take minutes, or the stack, if the work grew with the square of the length or its nesting. */
it.each([
  '$(',
  '`',
  '((',
  '${x:-',
  '$((1+',
  '<(',
  '{a,b}',
  '{a{b ',
  'x=$x$x;',
  'cat <<E\n',
  'a<<E ',
  'sudo ',
  'f() { ',
  'case x in a) ',
  '[[ a ',
  'a|',
  'find . -exec rm {} + ',
  '"',
  '\\',
])('takes a line of many %j', (unit) => {
  expect(COMMAND_RISKS).toContain(assessLine(filled(unit)).risk);
});

it('does not lose sight of what comes after a long beginning', () => {
  expect(assessLine(`${filled('echo a; ')}rm -rf lib`).risk).toBe('destructive');
  expect(assessLine(`x=${'a'.repeat(5_000)};${'echo $x;'.repeat(20_000)}rm -rf lib`).risk).toBe('destructive');
});

it('takes nesting that nobody can follow for the worst', () => {
  expect(assessLine(`${'$('.repeat(100)}ls`).risk).toBe('destructive');
  expect(assessLine(`${'sudo '.repeat(100)}ls`).risk).toBe('destructive');
});

it('never throws', () => {
  const pieces = fc.constantFrom(
    ...'rm;-rf; ;lib;$;(;);{;};`;";\';\\;|;&;<;>;<<;EOF;\n;x=;${;:-;#;*;bash -c;case;in;esac;for;do;done;[[;]];\0'.split(
      ';',
    ),
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      expect(COMMAND_RISKS).toContain(assessLine(parts.join('')).risk);
    }),
    { numRuns: 2_000 },
  );
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assessLine(text).reasons.length <= 8));
});
