import type { ContentRule } from './rule';

/** Files that tell an intruder something and that no import, link or build script climbs to. */
const SENSITIVE = String.raw`(?:etc[\\/](?:passwd|shadow|group|hosts|sudoers|issue|crontab|ssh|nginx|apache2?|mysql|ssl)|proc[\\/](?:self|version|cmdline|\d{1,6})|root[\\/]\.\w|var[\\/](?:log|www|run)[\\/]|windows[\\/](?:win\.ini|system32|system\.ini|repair)|winnt[\\/]|boot\.ini|win\.ini|(?:[\w.-]{1,40}[\\/]){0,3}(?:id_(?:rsa|ed25519|ecdsa|dsa)\b|\.ssh[\\/]|\.aws[\\/]credentials|\.git[\\/]config|\.htpasswd|web-inf[\\/]web\.xml|wp-config\.php))`;
/** A dot and a separator as URLs hide them: encoded once or twice, as overlong UTF-8, or as the full-width forms. */
const DOT = String.raw`(?:%(?:25){0,2}2e|%(?:25)?c0%(?:25)?(?:ae|2e))`;
const SLASH = String.raw`%(?:25){0,2}(?:2f|5c)|%(?:25)?c0%(?:25)?af|%(?:25)?c1%(?:25)?9c|%uff0f|%u221[56]`;

const pattern = (source: string): RegExp => new RegExp(source, 'gi');

export const PATH_TRAVERSAL: readonly ContentRule[] = [
  {
    id: 'path_traversal',
    kind: 'path_traversal',
    hints: ['../', '..\\'],
    pattern: pattern(String.raw`(?<![.\w])(?:\.\.[\\/]{1,2}){1,20}${SENSITIVE}[\w.-]{0,60}`),
    positives: [
      `GET /files?name=«../../../etc/passwd»`,
      `open «..\\..\\windows\\win.ini»`,
      'cat «../../home/app/.ssh/id_rsa»',
      'load(«../../../proc/self»/environ)',
    ],
    negatives: [
      `import { a } from '../src/b';`,
      `require('../../lib/util')`,
      `import config from '../../etc/config';`,
      `from '../sys/clock'`,
      `dotenv.config({ path: '../../.env' })`,
      'wait... / no',
      'cd ../../../build && make',
    ],
  },
  {
    id: 'path_traversal_parameter',
    kind: 'path_traversal',
    hints: ['=../', '=..\\', '=/', '=file:'],
    pattern:
      /(?<=[?&][\w.[\]-]{1,40}=)(?:(?:\.\.[\\/]){2,20}[\w.-]{0,60}|\/(?:etc\/(?:passwd|shadow|hosts)|proc\/self)\b|file:\/{2,3}[\w/.-]{1,60})/gi,
    positives: ['/view?page=«../../admin»', '/get?f=«/etc/passwd»&x=1', '/load?url=«file:///var/data»'],
    negatives: ['/view?page=../next', '<a href="../../index.html?x=1">', '/go?to=/etc', 'x = "../../a"'],
  },
  {
    id: 'path_traversal_encoded',
    kind: 'path_traversal',
    hints: ['%2e', '%25', '..%', '%c0', '....//', '....\\', '..;/'],
    pattern: pattern(
      String.raw`(?:(?:${DOT}{2}|\.${DOT}|${DOT}\.)(?:${SLASH}|[\\/])|(?<!\.)\.\.(?:${SLASH})|(?<![.\w])(?:\.{4}(?:\/\/|\\\/|\\\\)){1,20}|(?<=/)\.\.;/){1,20}`,
    ),
    positives: [
      `a=«%2e%2e%2f»x`,
      '/x/«..%2f..%2f»etc',
      '«%252e%252e%252f»a',
      '«..%c0%af..%c0%af»b',
      'file=«....//....//»c',
      '/app/«..;/»manager',
    ],
    negatives: ['100%25 of 2e', 'a%2Fb%2Fc', 'wait.... // later', 'name=file%2Ename', 'x.%2f'],
  },
  {
    id: 'null_byte',
    kind: 'path_traversal',
    hints: ['%00', '\\x00', '\\0.'],
    // Ends a path for the system while the program still sees a harmless ending.
    pattern:
      /(?<=[\w/\\.-])(?:%(?:25)?00|\\x00|\\0)(?=\.(?:jpe?g|png|gif|html?|pdf|txt|php|css|js|xml)\b)|(?<=passwd|shadow|\.ini|\.php|\.aspx?|\.jsp)(?:%(?:25)?00|\\x00)/gi,
    positives: ['x.php«%00».jpg', '/etc/passwd«%00»'],
    negatives: ['color=%00ff00', String.raw`char a[] = "\0";`, 'discount=5%00'],
  },
  {
    id: 'file_wrapper',
    kind: 'path_traversal',
    hints: ['php://', 'expect://', 'phar://', 'file:///', 'file://c'],
    pattern:
      /\bphp:\/\/filter\/[\w/.=|-]{0,80}?(?:convert\.base64|read=|resource=)|\bexpect:\/\/\w|(?<==\s?)phar:\/\/|\bfile:\/\/\/?(?:etc\/(?:passwd|shadow|hosts)|proc\/self|root\/|c:[\\/]{1,2}windows)/gi,
    positives: ['page=«php://filter/convert.base64»-encode/resource=x', '«expect://i»d', 'get «file:///etc/passwd»'],
    negatives: [
      `file_get_contents('php://input')`,
      'open file:///home/ines/report.html',
      'I expect: //comments are fine',
    ],
  },
  {
    id: 'xml_entity',
    kind: 'path_traversal',
    hints: ['<!entity', '<xi:include'],
    pattern:
      /<!entity\s{1,5}(?:%\s{1,5})?[\w.-]{1,40}\s{1,5}(?:system|public\s{1,5}["'][^"'\n]{0,100}["'])\s{1,5}["'](?:file|php|expect|https?|ftp|gopher|jar|netdoc|data):|<!entity\s{1,5}[\w.-]{1,40}\s{1,5}["'](?:&[\w.-]{1,20};){3}|<xi:include\b[^<>]{0,100}?href\s?=\s?["'](?:file:|\/etc\/)/gi,
    positives: [
      `<!DOCTYPE a [«<!ENTITY x SYSTEM "file:»///etc/passwd">]>`,
      `«<!ENTITY b "&a;&a;&a;»&a;">`,
      `«<xi:include parse="text" href="file:»///etc/hosts"/>`,
    ],
    negatives: [
      '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1.dtd">',
      '<!ENTITY chapter SYSTEM "chapter.xml">',
      '<!ENTITY copy "&#169;">',
    ],
  },
];
