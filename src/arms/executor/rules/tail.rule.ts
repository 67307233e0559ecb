import { type ArgumentRule, beforeDashes, optionName } from './argument.rule';

/** Long options may be shortened; short ones joined, up to one that takes a value. */
const FOLLOWS = /^(--f[olw]*(=.*)?|--r[etry]*|--pid?(=.*)?|-[^-nc]*[fF].*)$/;

/** `tail` ends. */
export const tailRule: ArgumentRule = (args) => {
  const bad = beforeDashes(args).find((arg) => FOLLOWS.test(arg));
  return bad === undefined ? undefined : `${optionName(bad)}: waits for more, and would never end; leave it out`;
};
