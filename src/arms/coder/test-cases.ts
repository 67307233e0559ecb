/** How a test case begins, by language; what is not listed is written in the way of JavaScript's frameworks. */
const CASE: Readonly<Record<string, RegExp>> = {
  python: /^[ \t]*(?:async[ \t]+)?def[ \t]+test\w*/gm,
  go: /^func[ \t]+Test\w*/gm,
  rust: /#\[(?:\w+::)?test\b/g,
  java: /@(?:Test|ParameterizedTest|RepeatedTest)\b/g,
};
const SCRIPT =
  /(?<![.\w$])(?:test|it)(?:\.each\([^)]*\))?[ \t]*\(|^[ \t]*(?:export[ \t]+)?(?:async[ \t]+)?function[ \t]+test\w*|^[ \t]*(?:const|let)[ \t]+test\w*[ \t]*=/gm;

/** Cases that tests hold, as they are written down: one with a table of values counts once. */
export const countCases = (tests: string, language: string): number =>
  tests.match(CASE[language] ?? SCRIPT)?.length ?? 0;
