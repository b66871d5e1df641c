/** Options of {@link createSvgSanitizer}. A wrong one throws `ERR_SVG_OPTION` or `ERR_SVG_OPTION_RANGE` at set-up. */
export interface SvgPolicy {
  /** Longest input in bytes of UTF-8. From 1 to 16,777,216 (16 MiB). Over it: `ERR_SVG_TOO_LARGE` (413). Default: 1,048,576 (1 MiB). */
  maxBytes?: number;
  /** Most elements of the input, those that are dropped included. From 1 to 200,000. Over it: `ERR_SVG_ELEMENTS`. Default: 20,000. */
  maxElements?: number;
  /**
   * Most elements inside each other. From 1 to 256; browsers flatten HTML beyond 512. Over it: `ERR_SVG_DEPTH`. Default: 64.
   */
  maxDepth?: number;
  /** Most attributes of one element, namespace declarations included. From 1 to 256. Over it: `ERR_SVG_ATTRIBUTES`. Default: 64. */
  maxAttributes?: number;
  /**
   * Most elements that are drawn once every reference is followed: `<use>`, patterns, masks, markers and fills repeat what they
   * refer to, and a step of a filter counts as 20. From 1 to 2,000,000. Over it: `ERR_SVG_EXPANSION`. Default: 100,000.
   */
  maxDrawn?: number;
  /**
   * Whether `<image>` keeps a PNG, JPEG, WebP or GIF in a `data:` URL, whose first bytes must be of the type that it declares.
   * Default: true.
   */
  dataImages?: boolean;
  /** Whether `animate`, `animateTransform`, `animateMotion` and `set` are kept; they never change a link or an event. Default: true. */
  animations?: boolean;
  /**
   * What every id, and every reference to one, begins with: 1 to 64 letters, digits, `-`, `_`, `.` and `:`. Set it to something
   * different for each picture when you put several into one page. Ids that begin with it are left as they are. Default: none.
   */
  idPrefix?: string;
}

/** Something that was removed. It never contains a value; names are cut after 64 characters. */
export interface SvgRemoval {
  /**
   * `'element'` (with everything in it), `'attribute'`, `'property'` (of `style` or of a stylesheet), or `'markup'` (a DOCTYPE, a
   * processing instruction, a rule of a stylesheet).
   */
  kind: 'element' | 'attribute' | 'property' | 'markup';
  /** The local name of the element, attribute or property, or what kind of markup it was. */
  name: string;
  /** The element that had the attribute or property. */
  element?: string;
  /** How often it was removed. */
  count: number;
}

/** What `report()` of {@link createSvgSanitizer} returns. */
export interface SvgReport {
  /** The safe picture, the same as without a report. */
  svg: string;
  /** What was removed, in the order of first removal; at most 200 entries. Comments and unknown whitespace are not listed. */
  removed: SvgRemoval[];
}

/** A prepared sanitizer. See {@link createSvgSanitizer}. */
export interface SvgSanitizer {
  /** Returns the safe picture. Throws a `PortcullisError` for what is no acceptable SVG. */
  (svg: string | Uint8Array): string;
  /** The same, with a list of what was removed. */
  report(svg: string | Uint8Array): SvgReport;
}

/**
 * Makes an SVG that someone uploaded safe, with the default policy. See {@link createSvgSanitizer}.
 *
 * @example
 * import { sanitizeSvg } from 'portcullis';
 *
 * const safe: string = sanitizeSvg('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><path d="M0 0h9"/></svg>');
 *
 * @throws {PortcullisError} `ERR_SVG_TOO_LARGE` (413), `ERR_SVG_ENCODING`, `_SYNTAX`, `_DOCTYPE`, `_ROOT`, `_DEPTH`, `_ELEMENTS`,
 *   `_ATTRIBUTES`, `_EXPANSION` (400)
 * @throws {TypeError} ERR_SVG_INPUT if `svg` is neither a string nor a Uint8Array
 */
export function sanitizeSvg(svg: string | Uint8Array): string;

/**
 * Prepares a sanitizer of SVG.
 *
 * The input is parsed as XML; what is not on the lists of elements, attributes, properties and functions is dropped, and what is left is
 * written anew as UTF-8 without a declaration. The result is safe as `image/svg+xml`, whether it is shown by `<img>` or opened as a
 * page, and inside an HTML page. Sanitizing it again returns it unchanged.
 *
 * Dropped: scripts, event handlers, `foreignObject`, elements and attributes of other namespaces, links and references that leave the file,
 * `class`, `data-*`, comments, processing instructions, and a DOCTYPE without declarations. Simple rules of `<style>` elements
 * become `style` attributes. Rejected: what is not well-formed, entities, encodings other than UTF-8, and what is over a bound.
 *
 * It runs on the calling thread: 10 to 25 ms for each MiB.
 *
 * @example
 * import { createSvgSanitizer, type SvgReport } from 'portcullis';
 *
 * const sanitize = createSvgSanitizer({ maxBytes: 256 * 1024, idPrefix: 'logo-' });
 * const { svg, removed }: SvgReport = sanitize.report('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
 *
 * @throws {TypeError} ERR_SVG_OPTION
 * @throws {RangeError} ERR_SVG_OPTION_RANGE
 */
export function createSvgSanitizer(policy?: SvgPolicy): SvgSanitizer;
