/**
 * How far a pattern looks from where a match begins, in UTF-16 code units: `ahead` bounds the match and all that is read
 * behind it, `behind` what is read before it. Infinity where a repeat has no bound.
 */
export interface Reach {
  readonly behind: number;
  readonly ahead: number;
}

/** Bounds of a part of a pattern: its own length, and how far it reads before its beginning and past it. */
interface Extent extends Reach {
  readonly length: number;
}

const EMPTY: Extent = { length: 0, behind: 0, ahead: 0 };
/** An anchor or a boundary reads one character on either side. */
const EDGE: Extent = { length: 0, behind: 1, ahead: 1 };

const QUANTIFIER = /(?:([*+])|(\?)|\{(\d+)(?:(,)(\d*))?\})\??/y;
const ESCAPE = /\\(?:u\{[\da-f]+\}|u[\da-f]{4}|x[\da-f]{2}|p\{[^}]*\}|k<(\w+)>|([1-9]\d?)|[^])/iy;
const CLASS = /\[(?:\\[^]|[^\]\\])*\]/y;
const GROUP = /\((?:\?(?:(:|=|!|<=|<!)|<(\w+)>))?/y;

/** Without the case of zero times infinity, which is no number. */
const times = (count: number, length: number): number => (count === 0 || length === 0 ? 0 : count * length);

/** Reads the source of a valid regular expression (ECMA-262, without the `v` flag) from left to right. */
class Reader {
  private at = 0;
  private groups = 0;
  private readonly lengths = new Map<string, number>();

  constructor(
    private readonly source: string,
    /** Code units of the longest character: two where the pattern counts in code points. */
    private readonly unit: number,
  ) {}

  alternatives(): Extent {
    let all = this.sequence();
    while (this.source.charAt(this.at) === '|') {
      this.at++;
      const one = this.sequence();
      all = {
        length: Math.max(all.length, one.length),
        behind: Math.max(all.behind, one.behind),
        ahead: Math.max(all.ahead, one.ahead),
      };
    }
    return all;
  }

  private sequence(): Extent {
    let [length, behind, ahead] = [0, 0, 0];
    while (this.at < this.source.length && !'|)'.includes(this.source.charAt(this.at))) {
      const part = this.quantified(this.atom());
      behind = Math.max(behind, part.behind);
      ahead = Math.max(ahead, length + part.ahead);
      length += part.length;
    }
    return { length, behind, ahead: Math.max(ahead, length) };
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const hit = pattern.exec(this.source);
    if (hit) this.at += hit[0].length;
    return hit;
  }

  private quantified(part: Extent): Extent {
    const hit = this.take(QUANTIFIER);
    if (!hit) return part;
    const [, endless, optional, least = '', ranged, most = ''] = hit;
    const isEndless = endless !== undefined || (ranged !== undefined && most === '');
    const count = isEndless ? Infinity : optional !== undefined ? 1 : Number(ranged === undefined ? least : most);
    if (count === 0) return EMPTY;
    return {
      length: times(count, part.length),
      behind: part.behind,
      ahead: times(count - 1, part.length) + part.ahead,
    };
  }

  private atom(): Extent {
    const character = this.source.charAt(this.at);
    if (character === '(') return this.group();
    if (character === '[') {
      this.take(CLASS);
      return this.characters(this.unit);
    }
    if (character === '\\') return this.escape();
    this.at++;
    return character === '^' || character === '$' ? EDGE : this.characters(this.unit);
  }

  private escape(): Extent {
    const [whole = '', name, number] = this.take(ESCAPE) ?? [];
    if (whole === '\\b' || whole === '\\B') return EDGE;
    const group = name ?? number;
    // A group that is not read yet may be as long as it likes.
    return this.characters(group === undefined ? this.unit : (this.lengths.get(group) ?? Infinity));
  }

  private group(): Extent {
    const [, kind, name] = this.take(GROUP) ?? [];
    const number = kind === undefined ? ++this.groups : 0;
    const inner = this.alternatives();
    this.at++;
    if (kind === undefined) {
      this.lengths.set(String(number), inner.length);
      if (name !== undefined) this.lengths.set(name, inner.length);
    }
    if (kind === '=' || kind === '!') return { ...EMPTY, behind: inner.behind, ahead: inner.ahead };
    // What a look-behind reads is read before where it stands; what it looks ahead of in there may pass that place.
    if (kind === '<=' || kind === '<!') return { length: 0, behind: inner.length + inner.behind, ahead: inner.ahead };
    return inner;
  }

  private characters(length: number): Extent {
    return { length, behind: 0, ahead: length };
  }
}

/** The reach of a pattern, worked out from its source: never less than it is, and mostly more. */
export const reachOf = ({ source, unicode }: RegExp): Reach => {
  const { behind, ahead } = new Reader(source, unicode ? 2 : 1).alternatives();
  return { behind, ahead };
};
