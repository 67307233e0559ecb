/** `go` and `rust` are also words of everyday English, so they need a neighbour that says they are meant as languages. */
const SPOKEN: readonly (readonly [language: string, pattern: RegExp])[] = [
  ['typescript', /\btypescript\b|\bin ts\b/i],
  ['javascript', /\b(?:javascript|node\.?js)\b|\bJS\b|\bin node\b/i],
  ['python', /\b(?:python3?|pytest|django|flask|fastapi)\b/i],
  ['go', /\bgolang\b|\b(?:in|a|using|write) Go\b|\bGo (?:function|program|code|module|package|service)\b/],
  ['rust', /\b(?:in|a|using) Rust\b|\bRust (?:function|program|code|crate)\b/],
  ['java', /\bjava\b/i],
  ['csharp', /\bc#|\bcsharp\b/i],
  ['cpp', /\bc\+\+/i],
  ['ruby', /\b(?:in ruby|ruby (?:function|method|script|code))\b/i],
  ['sql', /\bsql (?:query|statement|schema)\b/i],
  ['bash', /\b(?:bash|shell) script\b/i],
];

/** The language that is named first in a text, if one is. */
export const detectLanguage = (text: string): string | undefined => {
  let found: { language: string; at: number } | undefined;
  for (const [language, pattern] of SPOKEN) {
    const at = text.search(pattern);
    if (at >= 0 && (!found || at < found.at)) found = { language, at };
  }
  return found?.language;
};
