/** How tree-sitter is asked about a language. */
export interface Grammar {
  /** `tree-sitter-<file>.wasm` of the package. */
  file: string;
  /** What has to stand before a text for it to be in the language at all. */
  prefix?: { unless: RegExp; text: string };
  /** What makes a fault doubtful: the grammar sees the text as nobody's compiler does. */
  doubt?: { when: RegExp; because: string };
}

/** A preprocessor turns the text into another one before it is parsed. */
const PREPROCESSED = {
  when: /^[ \t]*#[ \t]*(?:if|ifdef|ifndef|elif|else|endif|define)\b/m,
  because: 'it has macros or conditions of a preprocessor, which decide on its syntax',
};

/** By canonical name of the language. C is read as C++, which forbids C's programs some of its names. */
export const GRAMMARS: Readonly<Record<string, Grammar>> = {
  python: { file: 'python' },
  go: { file: 'go' },
  rust: { file: 'rust' },
  java: { file: 'java' },
  c: {
    file: 'cpp',
    doubt: {
      when: /^[ \t]*#[ \t]*(?:if|define)|\b(?:class|new|delete|this|template|typename|namespace|operator|private|public|protected|virtual|friend|try|catch|throw|using|export|explicit|mutable|and|or|not|xor)\b|_Generic/m,
      because: 'it uses a preprocessor, or names that C++ keeps for itself, and C is read as C++ here',
    },
  },
  cpp: { file: 'cpp', doubt: PREPROCESSED },
  csharp: { file: 'c-sharp', doubt: PREPROCESSED },
  ruby: { file: 'ruby' },
  php: { file: 'php', prefix: { unless: /<\?/, text: '<?php ' } },
  bash: { file: 'bash' },
  powershell: {
    file: 'powershell',
    doubt: {
      when: /\bparam[ \t]*\([^\n]*\)[ \t]*[^\s;})]/i,
      because: 'its grammar here knows no statement in the line of a param block',
    },
  },
  css: { file: 'css' },
};
