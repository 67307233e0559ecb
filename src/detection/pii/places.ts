import { isVin } from './checksums';
import type { Detector } from '../core/detector';
import { DIGIT_THEN_LETTER, letterThen } from './hints';

const MAX_LATITUDE = 90;
const MAX_LONGITUDE = 180;

/** Degrees, minutes and seconds of one half of a pair, as a decimal number of degrees. */
const degrees = (half: string): number => {
  const [whole = NaN, minutes = 0, seconds = 0] = (half.match(/\d+(?:\.\d+)?/g) ?? []).map(Number);
  return minutes < 60 && seconds < 60 ? whole + minutes / 60 + seconds / 3600 : NaN;
};

/** Whether both halves are on the globe: latitude to 90, longitude to 180 degrees. */
const judgePair = (text: string): { confidence: number } => {
  const halves = text.split(/(?<=[NS])[,;\s]+|(?<=\d)[,;]\s?/i);
  const [latitude = '', longitude = ''] = halves;
  return { confidence: degrees(latitude) <= MAX_LATITUDE && degrees(longitude) <= MAX_LONGITUDE ? 0.9 : 0 };
};

/** Within one degree of zero both ways there is only sea; there, two fractions are weights or losses until a word says more. */
const judgeDecimals = (text: string): { confidence: number } => {
  const isNearZero = text.split(/[,;]/).every((half) => degrees(half) < 1);
  return isNearZero ? { confidence: 0.7 } : judgePair(text);
};

const COORDINATES: Pick<Detector, 'kind' | 'label' | 'severity' | 'set' | 'placeholder' | 'context' | 'check'> = {
  kind: 'coordinates',
  label: 'Coordinates',
  severity: 'low',
  set: 'relaxed',
  placeholder: '[COORDINATES-REDACTED]',
  check: judgePair,
  context: ['lat', 'gps', 'location', 'coordinates', 'position'],
};
const MINUTES = String.raw`\d{1,3}\s?°\s?(?:\d{1,2}(?:\.\d{1,5})?\s?['′’]\s?)?(?:\d{1,2}(?:\.\d{1,4})?\s?(?:["″”]|'')\s?)?`;
const DECIMAL = String.raw`\d{1,3}\.\d{1,10}\s?°?\s?`;

/** Where somebody is, and what in. */
export const PLACES: readonly Detector[] = [
  {
    ...COORDINATES,
    id: 'coordinates',
    hints: ['.0000'],
    // A longer row of numbers is a box or a vector.
    pattern: /(?<![\w.-]|\d[,;] ?)[-+]?\d{1,2}\.\d{4,15}[,;] ?[-+]?\d{1,3}\.\d{4,15}(?![\w.]*\d|[,;] ?-?\d+\.\d)/g,
    check: judgeDecimals,
    positives: [
      'at «52.5163, 13.3777».',
      'GPS «-33.856784,151.215297»',
      'at [«-54.6811,-54.2143»]',
      'location «0.3476, 0.5825»',
    ],
    negatives: [
      '99.1234, 13.3777',
      '52.51, 13.37',
      '1.2345, 200.1234',
      'rates 0.1234, 0.5678',
      'box 1.2345, 2.3456, 3.4567, 4.5678',
    ],
  },
  {
    ...COORDINATES,
    id: 'coordinates_compass',
    hints: ['°', '0n', '0 n', '0s', '0 s'],
    pattern: new RegExp(
      String.raw`(?<![\w.-])(?:${DECIMAL}|${MINUTES})[NS][,;]?\s{0,2}(?:${DECIMAL}|${MINUTES})[EWO](?![A-Za-z])`,
      'g',
    ),
    positives: [
      '«52.5163° N, 13.3777° E»',
      `at «40°26'46"N 79°58'56"W».`,
      '«51°30′26″N, 0°7′39″W»',
      '«33.85681 S 151.21532 E»',
    ],
    negatives: ['99.5° N, 13.4° E', `40°66'46"N 79°58'56"W`, '20.5 N of force'],
  },
  {
    ...COORDINATES,
    id: 'coordinates_labelled',
    hints: ['lat'],
    pattern:
      /(?<![a-z])lat(?:itude)?["']?\s?[:=]?\s?["']?[-+]?\d{1,2}\.\d{2,15}["']?(?:[,;&]|\sand)?\s{0,8}["']?(?:lon|lng|long|longitude)["']?\s?[:=]?\s?["']?[-+]?\d{1,3}\.\d{2,15}(?![\w.]*\d)/gi,
    check: (value) => {
      const [latitude = NaN, longitude = NaN] = (value.match(/\d+\.\d+/g) ?? []).map(Number);
      return { confidence: latitude <= MAX_LATITUDE && longitude <= MAX_LONGITUDE ? 0.9 : 0 };
    },
    positives: [
      '{"«latitude": 52.5163, "longitude": 13.3777»}',
      '?«lat=52.51&lon=13.37»',
      '«Latitude 52.51, Longitude -13.37»',
    ],
    negatives: ['lat 99.51, lon 13.37', 'latitude and longitude', 'flat=52.51&lon=13.37'],
  },
  {
    id: 'vin',
    kind: 'vin',
    label: 'VIN',
    severity: 'medium',
    set: 'relaxed',
    placeholder: '[VIN-REDACTED]',
    // It has both letters and digits, so that somewhere one stands beside the other.
    hints: [...DIGIT_THEN_LETTER, ...letterThen('0')],
    pattern: /(?<![A-Za-z0-9-])[A-HJ-NPR-Z0-9]{17}(?![A-Za-z0-9-])/g,
    // Only North America uses the check digit; elsewhere a word near by must say what it is.
    check: (value) => {
      if (!/[A-Z]/.test(value) || !/\d/.test(value) || /^(.)\1+$/.test(value)) return { confidence: 0 };
      return { confidence: isVin(value) ? 1 : 0.7 };
    },
    context: ['vin(?![a-z])', 'vehicle', 'chassis', 'fahrgestell', '(?:my|her|his|the) car(?![a-z])'],
    positives: ['the lorry is «1M8GDM9AXKP042788»', 'VIN:«5GZCZ43D13S812715».', 'chassis number «WVWZZZ1KZAW123456»'],
    negatives: ['1M8GDM9A1KP042788', '11111111111111111', 'ABCDEFGHJKLMNPRST'],
  },
];
