import { type Assessment, SAFE, found, worstOf } from './assessment';
import { assessCommand } from './command';
import type { Inquiry } from './inquiry';
import { parseScript } from './shell/parse';
import { NestingError } from './shell/reader';
import { Run } from './shell/run';
import { Variables } from './shell/variables';
import { assessProgram } from './source/assess-program';
import type { Language } from './source/language';
import { withoutMarkers } from './unseen';

export type { Assessment } from './assessment';

/** Code within code within code: deeper than people go. */
const MOST_LEVELS = 20;
/** Code that is made of the text may be so many times as long, and always this much. */
const MOST_TIMES = 16;
const ALWAYS_ALLOWED = 65_536;

const TOO_DEEP = found('destructive', 'It is wrapped so many times that nobody can follow it.');

/** Follows one text into what it runs, and keeps the work in proportion to its length. */
class Following {
  private level = 0;
  private variables: Variables | undefined;
  private left: number;

  constructor(length: number) {
    this.left = length * MOST_TIMES + ALWAYS_ALLOWED;
  }

  line(text: string, parameters?: readonly string[]): Assessment {
    return this.deeper(text.length, () => {
      const variables = new Variables(this.variables);
      const outer = this.variables;
      this.variables = variables;
      if (parameters !== undefined) variables.setParameters(parameters);
      const assessments: Assessment[] = [];
      new Run({
        variables,
        allows: (characters) => this.allows(characters),
        assess: (words, input) => this.words(words, input),
        report: (assessment) => void assessments.push(assessment),
      }).script(parseScript(text));
      this.variables = outer;
      return worstOf(assessments);
    });
  }

  words(words: readonly string[], input: string | undefined): Assessment {
    return this.deeper(
      words.reduce((sum, word) => sum + word.length + 1, 0),
      () => assessCommand(words, this.inquiry(input)),
    );
  }

  source(language: Language, text: string): Assessment {
    return this.deeper(text.length, () => assessProgram(language, text, this.inquiry(undefined)));
  }

  private inquiry(input: string | undefined): Inquiry {
    return {
      input,
      line: (text, parameters) => this.line(text, parameters),
      words: (words, other) => this.words(words, other ?? input),
      source: (language, text) => this.source(language, text),
    };
  }

  private allows(characters: number): boolean {
    this.left -= characters;
    return this.left > 0;
  }

  private deeper(length: number, assess: () => Assessment): Assessment {
    if (this.level >= MOST_LEVELS || !this.allows(length)) return TOO_DEEP;
    this.level += 1;
    try {
      return assess();
    } catch (error) {
      if (error instanceof NestingError) return TOO_DEEP;
      throw error;
    } finally {
      this.level -= 1;
    }
  }
}

/**
 * What a line of shell code may do, if somebody ran it in a shell: every command in it is looked at, also those it hands to
 * other shells, interpreters and wrappers. Data stays data: what is only printed, searched for or written down is no command.
 * Never throws; takes time in proportion to the length.
 */
export const assessLine = (line: string): Assessment => new Following(line.length).line(withoutMarkers(line));

/** The same for a command that is already parted into words, of which no shell makes anything else. */
export const assessWords = (words: readonly string[]): Assessment =>
  words.length === 0 ? SAFE : new Following(words.join(' ').length).words(words.map(withoutMarkers), undefined);

/** The same for a program, by its calls outside comments and strings. */
export const assessSource = (runtime: 'python' | 'javascript' | 'typescript', source: string): Assessment =>
  new Following(source.length).source(runtime === 'typescript' ? 'javascript' : runtime, withoutMarkers(source));
