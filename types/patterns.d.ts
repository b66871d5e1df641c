import type { RequestHandler } from './middleware';

/** A pattern with a name, which {@link PatternSet.match} returns. */
export interface NamedPattern {
  /** A non-empty string that no other pattern of the set has. */
  name: string;
  /** In the syntax of the Rust crate `regex` if it is a string, in that of JavaScript if it is a RegExp. */
  pattern: string | RegExp;
  /**
   * For a string only: `i` (ignore case), `m` (`^` and `$` at line ends), `s` (the dot matches line ends), `x` (ignore white
   * space and comments), each at most once. Default: none.
   */
  flags?: string;
}

/**
 * Limits of {@link createPatterns}. They also bound what set-up costs, so lower them where the patterns come from users. A value
 * outside its bounds throws `ERR_PATTERNS_OPTION_RANGE`.
 */
export interface PatternsOptions {
  /** The most patterns. From 1 to 10,000. More throw `ERR_PATTERNS_SIZE`. Default: 256. */
  maxPatterns?: number;
  /** The longest pattern, in UTF-16 units. From 1 to 65,536. A longer one throws `ERR_PATTERNS_SIZE`. Default: 1,024. */
  maxPatternLength?: number;
  /** The deepest nesting of groups in a pattern. From 1 to 100. More throws `ERR_PATTERNS_SIZE` or `ERR_PATTERNS_SYNTAX`. Default: 32. */
  maxDepth?: number;
  /**
   * The largest compiled size in bytes, of each pattern and of all together. From 1,024 to 67,108,864 (64 MiB). It bounds counted
   * repetitions such as `(a{100}){100}`; a larger size throws `ERR_PATTERNS_SIZE`. Default: 4,194,304 (4 MiB).
   */
  maxCompiledBytes?: number;
  /**
   * The longest text, in UTF-16 units. From 1 to 67,108,864. `test` and `match` throw `ERR_PATTERNS_TEXT_TOO_LONG` (413) for a
   * longer one. Default: 1,048,576.
   */
  maxTextLength?: number;
}

/** Compiled patterns. It is immutable and may be shared; it cannot be posted to another thread. */
export interface PatternSet<Match extends string | number> {
  /**
   * Whether any pattern matches anywhere in the text.
   * @throws {TypeError} ERR_PATTERNS_INPUT if `text` is not a string
   * @throws {PortcullisError} ERR_PATTERNS_TEXT_TOO_LONG if it is longer than `maxTextLength`
   */
  test(text: string): boolean;
  /**
   * Which patterns match somewhere in the text: their names if they have names, or else their indexes; in the order of the list.
   * @throws {TypeError} ERR_PATTERNS_INPUT if `text` is not a string
   * @throws {PortcullisError} ERR_PATTERNS_TEXT_TOO_LONG if it is longer than `maxTextLength`
   */
  match(text: string): Match[];
  /** The number of patterns. */
  readonly size: number;
}

/**
 * Compiles patterns to one set, which is searched in time linear in the text, whatever the patterns are: none of them can cause a
 * ReDoS. Either every pattern has a name, or none has.
 *
 * A RegExp with flags of `i`, `m`, `s` and `u` means what it means in JavaScript, lone surrogates included. It is refused with
 * `ERR_PATTERNS_SYNTAX` where it cannot: lookaround, backreferences, `\B`, `\p`, octal escapes, modifiers, the flags `g`, `y` and `v`,
 * `^` and `$` with `m` elsewhere than at the start and the end, `\b` with `iu`, and letters whose case is newer than Unicode 15 with
 * `i`. A string is read in the syntax of the Rust crate `regex` (Unicode 16): `\d`, `\w`, `\s` and `\b` are Unicode there, and a
 * lone surrogate in the text is no character and matches nothing.
 *
 * @example
 * import { createPatterns } from 'portcullis';
 *
 * const blocked = createPatterns([
 *   { name: 'casino', pattern: /\bcasino\b/i },
 *   { name: 'phone', pattern: '(?-u:\\b)\\+?[0-9]{7,15}' },
 * ]);
 * const names: string[] = blocked.match('Call +4912345678'); // ['phone']
 *
 * @throws {TypeError} ERR_PATTERNS_OPTION the list or an option is wrong
 * @throws {RangeError} ERR_PATTERNS_OPTION_RANGE a limit is out of range
 * @throws {TypeError} ERR_PATTERNS_SYNTAX a pattern cannot be read, or would mean something else
 * @throws {RangeError} ERR_PATTERNS_SIZE the patterns exceed a limit
 */
export function createPatterns(patterns: readonly NamedPattern[], options?: PatternsOptions): PatternSet<string>;
/**
 * The same for patterns without names: `match` returns their indexes.
 *
 * @example
 * import { createPatterns } from 'portcullis';
 *
 * const indexes: number[] = createPatterns(['[0-9]+', /^a/i]).match('A1'); // [0, 1]
 *
 * @throws {TypeError} ERR_PATTERNS_OPTION the list or an option is wrong
 * @throws {RangeError} ERR_PATTERNS_OPTION_RANGE a limit is out of range
 * @throws {TypeError} ERR_PATTERNS_SYNTAX a pattern cannot be read, or would mean something else
 * @throws {RangeError} ERR_PATTERNS_SIZE the patterns exceed a limit
 */
export function createPatterns(patterns: ReadonlyArray<string | RegExp>, options?: PatternsOptions): PatternSet<number>;

/** What a probe tries. */
export type ThreatCategory = 'sql' | 'path' | 'command' | 'xss';

/** Where in a request a probe was found. */
export type ThreatSource = 'path' | 'query' | 'body' | 'cookies';

/** One rule that matched. */
export interface ThreatFinding {
  /** What the probe tries. */
  category: ThreatCategory;
  /** The name of the rule, such as `sql-tautology`. Names are added, never renamed. */
  rule: string;
}

/** What `onReport` receives. It never contains the value. */
export interface ThreatReport extends ThreatFinding {
  /** Where in the request it was found. */
  source: ThreatSource;
  /**
   * A JSON Pointer (RFC 6901) to the value in its source, such as `/user/name`; empty for the path. It has at most 512 characters, and
   * leaves out keys that are longer than 64 characters or have others than ASCII letters, digits, `_`, `.`, `$`, `@`, `-` and spaces,
   * because a key may be a probe itself.
   */
  pointer: string;
  /** The request. */
  req: any;
}

/** Options of {@link createThreatScanner}. */
export interface ThreatScannerOptions {
  /** What to look for. Default: all of `'sql'`, `'path'`, `'command'` and `'xss'`. */
  categories?: ThreatCategory[];
  /** How many UTF-16 units of a text are scanned; the rest is not looked at. From 16 to 1,048,576. Default: 8,192. */
  maxTextLength?: number;
}

/** Options of {@link threats}. A wrong one throws `ERR_PATTERNS_OPTION` or `ERR_PATTERNS_OPTION_RANGE` at set-up. */
export interface ThreatsOptions extends ThreatScannerOptions {
  /**
   * Called for each rule that matches, before the next middleware runs. What it returns is ignored; if it throws or rejects, that is
   * logged with `console.error` and the request goes on. Required.
   */
  onReport: (report: ThreatReport) => unknown;
  /** Which parts of a request to look at, in this order. Default: `['path', 'query', 'body', 'cookies']`. */
  sources?: ThreatSource[];
  /** How many texts of a request are scanned, keys included. From 1 to 10,000. Default: 200. */
  maxTexts?: number;
  /** How many UTF-16 units of a request are scanned. From 16 to 16,777,216. Default: 65,536. */
  maxTotalLength?: number;
  /** How many reports a request can cause. From 1 to 1,000. Default: 16. */
  maxReports?: number;
}

/** Finds probes in texts. */
export interface ThreatScanner {
  /**
   * The rules that match a text, or any of its decoded forms: percent-decoded once and twice, with HTML entities decoded, without NUL
   * and with SQL comments as spaces.
   * @throws {TypeError} ERR_PATTERNS_INPUT if `text` is not a string
   */
  scan(text: string): ThreatFinding[];
}

/**
 * A scanner of single texts, for use without HTTP.
 *
 * @example
 * import { createThreatScanner } from 'portcullis';
 *
 * const scanner = createThreatScanner({ categories: ['sql'] });
 * scanner.scan("1' OR '1'='1"); // [{ category: 'sql', rule: 'sql-tautology' }]
 *
 * @throws {TypeError} ERR_PATTERNS_OPTION an option is unknown or wrong
 * @throws {RangeError} ERR_PATTERNS_OPTION_RANGE `maxTextLength` is out of range
 */
export function createThreatScanner(options?: ThreatScannerOptions): ThreatScanner;

/**
 * Reports requests that look like probes of SQL injection, path traversal, command injection or cross-site scripting. It never blocks
 * and never changes a request: mount it behind the parsers of body and cookies, and send its reports to a log.
 *
 * # Security
 * This is no firewall. Its rules choose silence on ordinary text over finding every attack, and whoever knows them can avoid them. What
 * protects is SQL with parameters, escaping of output, resolved paths that are compared with their folder, and no shell.
 *
 * @example
 * import express = require('express');
 * import { threats } from 'portcullis';
 *
 * const app = express();
 * app.use(express.json());
 * app.use(
 *   threats({
 *     onReport: ({ rule, source, pointer, req }) => console.warn('probe', rule, source, pointer, req.ip),
 *   }),
 * );
 *
 * @throws {TypeError} ERR_PATTERNS_OPTION an option is unknown or wrong, or `onReport` is missing
 * @throws {RangeError} ERR_PATTERNS_OPTION_RANGE an option is out of range
 */
export function threats(options: ThreatsOptions): RequestHandler;
export namespace threats {
  /**
   * Scans one text for all categories with the defaults, as `createThreatScanner().scan`.
   * @throws {TypeError} ERR_PATTERNS_INPUT if `text` is not a string
   */
  function scan(text: string): ThreatFinding[];
}
