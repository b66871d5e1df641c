import type { SafeHtml } from './escape';

/** What {@link createHtmlSanitizer} keeps. A wrong option throws `ERR_HTML_OPTION` or `ERR_HTML_OPTION_RANGE` at set-up. */
export interface HtmlPolicy {
  /**
   * Where to begin. `'text'`: no tags. `'basic'`: inline formatting, lists, quotes, code and links. `'article'`: also headings,
   * tables, pictures, figures and details. `'browser'`: the HTML tags and attributes of the default of the browsers' Sanitizer API.
   * Default: `'basic'`.
   */
  profile?: 'text' | 'basic' | 'article' | 'browser';
  /** Tags that are kept, in the place of those of the profile. Tags whose content is not plain HTML, such as `script`, `style`, `textarea`, `svg`, are refused. */
  tags?: readonly string[];
  /** Tags that are kept besides. Default: none. */
  addTags?: readonly string[];
  /**
   * Attributes that are kept, by tag; `'*'` stands for every tag. They replace those of the profile for that tag. `'data-*'` stands for
   * all that start so. Handlers (`on...`) and `srcdoc` are refused.
   */
  attributes?: Readonly<Record<string, readonly string[]>>;
  /** Attributes that are kept besides. Default: none. */
  addAttributes?: Readonly<Record<string, readonly string[]>>;
  /** The only values of an attribute, by tag and attribute: `{ input: { type: ['checkbox'] } }`. Default: none. */
  values?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Classes that are kept, by tag or `'*'`; `'language-*'` stands for all that start so. Default: none. */
  classes?: Readonly<Record<string, readonly string[]>>;
  /**
   * Properties of `style` that are kept, by tag or `'*'`, and patterns (crate regex, linear time) of which a value must match one as a
   * whole: `{ '*': { color: ['#[0-9a-f]{3,6}'] } }`. Functions that load files are never kept. Default: none.
   */
  styles?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Schemes of URLs, without colon. Those that run scripts are refused. Default: `http`, `https`, `mailto`, `tel`. */
  schemes?: readonly string[];
  /** Schemes of one attribute in their place: `{ src: ['https', 'data'] }`. `data` keeps pictures only. Default: none. */
  schemesByAttribute?: Readonly<Record<string, readonly string[]>>;
  /** Whether URLs without a scheme are kept. Default: true. */
  relativeUrls?: boolean;
  /** Whether URLs such as `//a.example/x` are kept. Default: false. */
  protocolRelativeUrls?: boolean;
  /** Hosts that an `iframe` may show, if `tags` has it. Default: none. */
  iframeHosts?: readonly string[];
  /** The `rel` of links; `false` leaves it to `attributes`. Default: `'noopener noreferrer'`. */
  linkRel?: string | false;
  /** Whether `linkRel` is set on links with a `target` or on all. Default: `'target'`. */
  linkRelOn?: 'target' | 'all';
  /** Other names for tags: `{ strike: 's' }`. The new ones must be kept. Default: none. */
  rename?: Readonly<Record<string, string>>;
  /** Put in front of ids, names and what refers to them, so that they take no name of your page. Default: none. */
  idPrefix?: string;
  /** What happens to other tags: `'unwrap'` keeps what is inside, `'drop'` removes it, `'escape'` shows the tag as text. Default: `'unwrap'`. */
  disallowed?: 'unwrap' | 'drop' | 'escape';
  /** Tags that are removed with what is inside, besides `script`, `style`, `title`, `template`, `noscript`, `iframe`, `noembed`, `noframes`. Default: none. */
  dropContent?: readonly string[];
  /** Most elements inside each other; deeper tags are removed, their text stays. From 1 to 256. Default: 128. */
  maxDepth?: number;
  /** Most bytes of UTF-8; more throws `ERR_HTML_TOO_LONG`. From 1 to 16,777,216 (16 MiB). Default: 1,048,576. */
  maxLength?: number;
}

/** What a sanitizer removed. It never contains a value or a text. */
export interface HtmlRemoval {
  /** The tag, or that of the attribute; at most 64 bytes. */
  tag: string;
  /** The attribute, if it is one. */
  attribute?: string;
  /** Why: the tag is not listed; it is removed with its content; the URL of a frame; `maxDepth`; a parser would move the tag; the attribute or its value. */
  reason: 'not-listed' | 'content' | 'url' | 'depth' | 'nesting' | 'attribute';
}

/** The result of {@link HtmlSanitizer.report}. */
export interface HtmlReport {
  /** The safe HTML. */
  html: string;
  /** What was removed, at most 100 entries. */
  removed: HtmlRemoval[];
}

/** A SanitizerConfig of the WHATWG HTML standard. */
export interface BrowserSanitizerConfig {
  /** Tags that are kept, with their attributes. */
  elements: Array<{ name: string; namespace: string; attributes: Array<{ name: string; namespace: null }> }>;
  /** Attributes of every tag. */
  attributes: Array<{ name: string; namespace: null }>;
  /** Tags whose content is kept. */
  replaceWithChildrenElements?: Array<{ name: string; namespace: string }>;
  /** Always false. */
  comments: boolean;
  /** Whether `data-*` is kept. */
  dataAttributes: boolean;
}

/** A prepared sanitizer: a function with methods. */
export interface HtmlSanitizer {
  /**
   * Returns safe HTML for a place between tags.
   * @throws {PortcullisError} `ERR_HTML_TOO_LONG` (413), `ERR_HTML_COMPLEX` (400): see the error table
   * @throws {TypeError} ERR_HTML_INPUT
   */
  (html: string): string;
  /** The same. From 16,384 characters on it runs on another thread; when 256 calls wait, it rejects with `ERR_HTML_BUSY` (503). */
  sanitizeAsync(html: string): Promise<string>;
  /** The same, and what was removed. */
  report(html: string): HtmlReport;
  /** The same, as markup that the template `html` takes as it is. */
  toSafeHtml(html: string): SafeHtml;
  /**
   * The policy for `element.setHTML(text, { sanitizer })` in a browser. Schemes are not part of it: browsers remove `javascript:` alone.
   * @throws {TypeError} ERR_HTML_OPTION for `values`, `classes`, `styles`, `rename`, `idPrefix`, `schemesByAttribute`, `iframe` or `disallowed: 'escape'`, which it cannot express
   */
  toBrowser(): BrowserSanitizerConfig;
}

/**
 * Prepares a sanitizer of HTML that others write. It parses as a browser does (html5ever) and keeps what a list names. What it
 * returns means the same when it is parsed again.
 *
 * Security: the result is for a place between tags, not for an attribute, a script or a style sheet. Attributes that a framework of
 * your page acts on, such as `data-*`, are safe only if you know that framework.
 *
 * @example
 * import { createHtmlSanitizer } from 'portcullis';
 *
 * const sanitize = createHtmlSanitizer({ profile: 'article', linkRel: 'nofollow', linkRelOn: 'all' });
 * const comment: string = sanitize('<p onclick="x()">Hello <b>you</b></p>'); // <p>Hello <b>you</b></p>
 *
 * @throws {TypeError} ERR_HTML_OPTION
 * @throws {RangeError} ERR_HTML_OPTION_RANGE
 */
export function createHtmlSanitizer(policy?: HtmlPolicy): HtmlSanitizer;

/**
 * Sanitizes with the defaults of a profile. Default: `'basic'`.
 *
 * @example
 * import { sanitizeHtml } from 'portcullis';
 *
 * const comment: string = sanitizeHtml('<img src=x onerror=alert(1)>Hello <b>you</b>'); // Hello <b>you</b>
 */
export function sanitizeHtml(html: string, profile?: 'text' | 'basic' | 'article' | 'browser'): string;
