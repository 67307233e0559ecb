import { isIPv4, isIPv6 } from 'node:net';
import type { Detector } from '../core/detector';
import { betweenHex } from './hints';

const proven = (ok: boolean): { confidence: number } => ({ confidence: ok ? 1 : 0 });

/** Where machines are. */
export const NETWORKS: readonly Detector[] = [
  {
    id: 'ipv4',
    kind: 'ip_address',
    label: 'IPv4',
    severity: 'low',
    set: 'standard',
    placeholder: '[IP-REDACTED]',
    hints: ['0.0'],
    // Parts of a document and releases are numbered alike.
    pattern:
      /(?<![\w.-])(?=\d)(?<!§\s?|\b(?:sections?|sect?\.|chapters?|clauses?|paragraphs?|articles?|appendix|figure|table|rule|version|release|(?:up|down)graded? (?:from|to)|updated? (?:from|to)|abschnitt|kapitel|ziffer|chapitre|capítulo|sección|versión)\s)(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)/gi,
    check: (value) => proven(isIPv4(value)),
    context: [],
    positives: ['from «8.8.4.4».', 'host «10.0.0.1»:80'],
    negatives: [
      '256.1.1.1',
      '1.2.3',
      '1.2.3.4.5',
      'v1.2.3.4',
      'see section 4.3.2.1',
      'Version 9.8.7.6',
      'updated to 4.2.0.7',
    ],
  },
  {
    id: 'ipv6',
    kind: 'ip_address',
    label: 'IPv6',
    severity: 'low',
    set: 'relaxed',
    placeholder: '[IP-REDACTED]',
    hints: ['::', ...betweenHex(':')],
    pattern:
      /(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9A-Fa-f]{1,4})?(?:%[\w.-]{1,15}(?<!\.))?(?![\w:])/g,
    // Two colons with next to nothing around them are code more often than an address.
    check: (value) => {
      const groups = value.replace(/%.*/, '').match(/[0-9a-f]+/gi)?.length ?? 0;
      return proven(
        isIPv6(value) && (groups >= 3 || (groups === 2 && /^(?:2[0-9a-f]{3}|f[cdef][0-9a-f]{2}):/i.test(value))),
      );
    },
    context: [],
    positives: [
      'at «2001:db8:0:1::5»',
      '[«fe80::1ff:fe23:4567:890a»]',
      'ping «fe80::1%eth0» now',
      'from «::ffff:192.0.2.7».',
      'net «2a02:8109::»/32',
    ],
    negatives: ['std::vector', 'at 12:30:45', 'a::b', '::', 'dead::beef'],
  },
  {
    id: 'mac',
    kind: 'mac_address',
    label: 'MACAddress',
    severity: 'low',
    set: 'relaxed',
    placeholder: '[MAC-REDACTED]',
    hints: [...betweenHex(':'), ...betweenHex('-')],
    pattern: /(?<![\w:-])[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![\w:-])/g,
    check: (value) => ({ confidence: /^(?:00.){5}00$|^(?:ff.){5}ff$/i.test(value) ? 0 : 0.9 }),
    context: ['mac', 'ethernet', 'hardware address'],
    positives: ['eth0 «00:1B:44:11:3A:B7» up', '«3c-22-fb-00-11-22»'],
    negatives: ['00:1B:44-11:3A:B7', '00:1B:44:11:3A:B7:99', 'ff:ff:ff:ff:ff:ff'],
  },
  {
    id: 'mac_dotted',
    kind: 'mac_address',
    label: 'MACAddress',
    severity: 'low',
    set: 'relaxed',
    placeholder: '[MAC-REDACTED]',
    hints: betweenHex('.'),
    // Without a letter it may as well be an amount or a version.
    pattern: /(?<![\w.:-])[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?![\w:-]|\.\w)/g,
    check: (value) => ({ confidence: /[a-f]/i.test(value) && /\d/.test(value) ? 0.9 : 0 }),
    context: ['mac(?![a-z])', 'ethernet', 'hardware address', 'arp(?![a-z])'],
    positives: ['Internet 10.0.0.7 «001b.4411.3ab7» ARPA'],
    negatives: ['face.dead.beef', 'amount 1234.5678.9012', '001b.4411.3ab7.1'],
  },
  {
    id: 'url',
    kind: 'url',
    label: 'URL',
    severity: 'low',
    set: 'relaxed',
    placeholder: '[URL-REDACTED]',
    hints: ['://', 'www.'],
    pattern:
      /(?<![A-Za-z0-9/.@-])(?:(?:https?|ftps?):\/\/|www\.(?=[a-z0-9-]{1,63}\.))[^\s<>"'`\\()[\]{}]{1,2000}(?<![.,;:!?])/gi,
    check: (value) => proven(URL.canParse(value.includes('://') ? value : `http://${value}`)),
    context: [],
    positives: ['see «https://www.acme.io/a?b=1#c».', '(«http://10.0.0.1/»)', 'on «www.acme.io/jobs», please'],
    negatives: ['http://', 'c://x', 'nohttp://x', 'www.', 'x.www.acme'],
  },
];
