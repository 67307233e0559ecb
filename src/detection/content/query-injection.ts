import type { ContentRule } from './rule';

/** Values that change a query which is no SQL. Operators in queries that a program writes itself are ordinary. */
export const QUERY_INJECTION: readonly ContentRule[] = [
  {
    id: 'nosql_operator',
    kind: 'sql_injection',
    hints: ['$ne', '$gt', '$regex', '$nin', '$exists', '$not', '$in'],
    // An operator where a password is compared, or an operator that is the whole of an argument or of a form field.
    pattern:
      /["']?\b(?:password|passwd|passwort|pwd|pass|pin|token)["']?\s{0,3}:\s{0,3}\{\s{0,3}["']?\$(?:ne|gte?|nin|regex|exists|not|in)\b|^\s{0,10}\{\s{0,3}["']\$(?:ne|gte?|nin|regex|not)["']\s{0,3}:|(?<![\w$])\w{1,40}\[\$(?:ne|gte?|lte?|nin|regex|exists)\]\s?=(?!=)/gi,
    positives: [
      `{"user": "x", «"password": {"$ne»": null}}`,
      `«{"$gt":» ""}`,
      `POST «login[$ne]=»1&x=2`,
      `{"user":{"$ne":1},«"pwd":{"$regex»":"^a"}}`,
    ],
    negatives: [
      'db.orders.find({ status: { $ne: "closed" } })',
      '{"age": {"$gt": 30}, "city": "Bonn"}',
      '$limits[$gt] = 3;',
      'The password must contain $ne characters',
    ],
  },
  {
    id: 'nosql_where',
    kind: 'sql_injection',
    hints: ['$where', "'||", '"||', "' ||", '" ||'],
    pattern:
      /["']?\$where["']?\s{0,3}:\s{0,3}["'][^"'\n]{0,80}(?:sleep\s?\(|\|\||1\s?==\s?1|while\s?\()|(?<=['"]\s?)\|\|\s?(?:1\s?==\s?1|true\s?(?:\/\/|==)|this\.\w{1,30}\s?(?:==|!=))/gi,
    positives: [`{«"$where": "sleep(»5000)"}`, `x' «|| 1==1» //`, `a' «|| this.role ==» 'admin`],
    negatives: [`{"$where": "this.credits > 5"}`, `const a = b || 'x' || c`, `'a' || this.name`],
  },
  {
    id: 'ldap_filter',
    kind: 'sql_injection',
    hints: [')('],
    // A filter that somebody writes begins with its own parenthesis; one that was broken out of does not.
    pattern:
      /^[\w*.@-]{0,40}\)\s?\([|&!]?\(?(?:[a-z]{1,30}(?:=|$)|\))|(?<!\([a-z]{1,30})=\*\)\([a-z]{1,30}=[\w*]{1,30}\)\)\(\|/gi,
    positives: ['«*)(uid=»*))(|(uid=*', '«admin)(&)»', 'user«=*)(uid=*))(|»(x=y)'],
    negatives: ['(&(objectClass=person)(uid=*))', '(uid=*)(mail=*)', 'f(a)(b)', 'print(1)(x)'],
  },
];
