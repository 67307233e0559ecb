/**
 * Characters that stand, within a text, for a part of it that cannot be known before it runs. No argument of a program can
 * hold the first, and nobody types the others.
 */
export const UNKNOWN = '\u0000';
/** What a server answers. */
export const FETCHED = '\u0001';
/** What comes out of a decoder that was not followed. */
export const DECODED = '\u0002';

const MARKERS = /[\u0000-\u0002]/;

const ALL_MARKERS = /[\u0000-\u0002]/g;

export const isUnseen = (text: string): boolean => MARKERS.test(text);
export const withoutMarkers = (text: string): string => text.replace(ALL_MARKERS, '');
/** For people. */
export const shown = (text: string): string => text.replace(ALL_MARKERS, '…').slice(0, 80);
