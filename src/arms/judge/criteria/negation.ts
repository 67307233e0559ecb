const NEGATIONS =
  /\b(?:no|not|without|avoid(?:s|ing)?|never|cannot|free of|exclud(?:e|es|ing)|omit(?:s|ting)?|lack(?:s|ing)?)\b|n['’]t\b/gi;
/** The verb a negation rules over: *must not use*. A second one begins something new: *no loops and include tests*. */
const RULED_VERB =
  /^\s*(?:be |to |any )*(?:us(?:e|es|ing)|includ(?:e|es|ing)|contain(?:s|ing)?|have|add(?:ing)?|writ(?:e|ing)|rely(?:ing)? on|need)\b/i;
const NEW_START = /[.;:]|\b(?:but|only|include|includes|add|write|provide|has|have|must|should|with|use)\b/i;
const FORBIDDEN_AFTER =
  /^[^.;,]*?\b(?:(?:is|are|must be|should be) )?(?:forbidden|prohibited|disallowed|(?:not|n['’]t) (?:be )?(?:allowed|permitted|used))\b/i;

/** *Docstrings are not required* asks for nothing. */
export const OPTIONAL_AFTER =
  /^[^.;,]*\b(?:(?:not|n['’]t) (?:be )?(?:required|needed|necessary|mandatory)|optional)\b/i;

/** Whether the words at `index` are asked to be absent, as in *no recursion*, *must not use recursion*, *recursion is forbidden*. */
export const isNegated = (criterion: string, index: number, length: number): boolean => {
  if (FORBIDDEN_AFTER.test(criterion.slice(index + length))) return true;
  const before = criterion.slice(0, index);
  const last = [...before.matchAll(NEGATIONS)].at(-1);
  if (!last) return false;
  const between = before.slice(last.index + last[0].length).replace(RULED_VERB, '');
  return !NEW_START.test(between);
};
