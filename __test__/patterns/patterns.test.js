// @ts-check
'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { createContext, runInContext } = require('node:vm');
const { Worker } = require('node:worker_threads');

const { PortcullisError } = require('../..');
const createPatterns = /** @type {any} */ (require('../..').createPatterns);
const { refused } = require('../vectors/patterns.json');

/** @param {() => unknown} work @param {string} code @param {RegExp} message */
const assertRefuses = (work, code, message) => assert.throws(work, { code, message });

describe('patterns', () => {
  it('returns the names of the patterns that match, in the order of the list', () => {
    const set = createPatterns([
      { name: 'b', pattern: 'b' },
      { name: 'a', pattern: /A/i },
      { name: 'c', pattern: 'C', flags: 'i' },
    ]);
    assert.deepEqual(set.match('a c b'), ['b', 'a', 'c']);
    assert.deepEqual(set.match('xyz'), []);
    assert.equal(set.test('c'), true);
    assert.equal(set.test('xyz'), false);
    assert.equal(set.size, 3);
    assert.ok(Object.isFrozen(set));
  });

  it('returns indexes if the patterns have no names', () => {
    const set = createPatterns(['b+', /^a/, 'c']);
    assert.deepEqual(set.match('abc'), [0, 1, 2]);
    assert.deepEqual(set.match('xb'), [0]);
    assert.deepEqual(set.match(''), []);
  });

  it('works without its object', () => {
    const { test, match } = createPatterns(['a']);
    assert.equal(test('a'), true);
    assert.deepEqual(match('a'), [0]);
  });

  it('reads strings in the syntax of the engine', () => {
    const matches = (/** @type {string} */ pattern, /** @type {string} */ text, /** @type {string} */ flags) =>
      createPatterns([{ name: 'x', pattern, flags }]).test(text);
    assert.ok(matches('^\\d$', '٣', ''));
    assert.ok(matches('^[[:alpha:]--[a-c]]$', 'd', '') && !matches('^[[:alpha:]--[a-c]]$', 'a', ''));
    assert.ok(matches('^\\p{Greek}+$', 'λόγος', ''));
    assert.ok(matches('^a b # comment', 'ab', 'x') && !matches('^a b', 'ab', ''));
    assert.ok(matches('^b$', 'a\nb', 'm') && !matches('^b$', 'a\nb', ''));
    assert.ok(matches('a.b', 'a\nb', 's') && !matches('a.b', 'a\nb', ''));
    assert.ok(matches('a|B', 'b', 'i') && matches('a|B', 'A', 'i'));
    assert.ok(!matches('^.$', '\ud83d', 's') && matches('^.$', '\u{1f600}', 's'));
  });

  it('has sets that do not share anything, and frees them', () => {
    const sets = Array.from({ length: 300 }, (_, at) => createPatterns([`^${at}$`]));
    for (const [at, set] of sets.entries()) {
      assert.equal(set.test(String(at)), true);
      assert.equal(set.test(`${at}0`), false);
    }
  });

  it('reads texts of every length and content alike, on the stack and on the heap', () => {
    const set = createPatterns([/z$/, /é/, /\u{1f600}/u, /^.?$/s]);
    for (const length of [0, 1, 31, 32, 33, 2039, 2040, 2047, 2048, 2049, 10_000, 100_000]) {
      for (const [unit, index] of /** @type {Array<[string, number]>} */ ([
        ['é', 1],
        ['\u{1f600}', 2],
      ])) {
        const text = 'a'.repeat(length);
        const short = length === 0 ? [3] : [];
        assert.deepEqual(set.match(`${text}z`), [0, ...short], String(length));
        assert.deepEqual(set.match(`${text}${unit}b`), [index], String(length));
        assert.deepEqual(set.match(`${unit}${text}b`), [index], String(length));
      }
    }
  });

  it('takes RegExps of another realm, and the source that they run', () => {
    const foreign = runInContext('/a+b/i', createContext({}));
    assert.deepEqual(createPatterns([foreign]).match('xAAB'), [0]);
    const lying = /a/;
    Object.defineProperty(lying, 'source', { value: 'b' });
    assert.deepEqual(createPatterns([lying]).match('a'), [0]);
  });

  it('works in worker threads', async () => {
    const code = `const { createPatterns } = require(${JSON.stringify(require.resolve('../..'))});
      require('node:worker_threads').parentPort.postMessage(createPatterns(['a', /b/]).match('b'));`;
    const worker = new Worker(code, { eval: true });
    const found = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
    assert.deepEqual(found, [1]);
    await worker.terminate();
  });
});

describe('patterns that are refused', () => {
  for (const { source, flags, reason } of refused) {
    let expression;
    try {
      expression = new RegExp(source, flags);
    } catch {
      // Not a RegExp on this version of Node.js: only core can be asked, and its tests do.
      continue;
    }
    it(`are RegExps such as ${expression}, and the message says "${reason}"`, () => {
      assert.throws(
        () => createPatterns(['a', expression]),
        (/** @type {any} */ error) => {
          assert.deepEqual([error.name, error.code], ['TypeError', 'ERR_PATTERNS_SYNTAX']);
          assert.ok(
            error.message.startsWith('createPatterns: patterns[1] ') && error.message.includes(reason),
            error.message,
          );
          return true;
        },
      );
    });
  }

  const OPTION = 'ERR_PATTERNS_OPTION';
  /** @type {Record<string, [unknown, string, RegExp]>} */
  const LISTS = {
    'no list': [undefined, OPTION, /must be a list of at least one pattern, not undefined$/],
    'an empty list': [[], OPTION, /at least one pattern, not an empty array$/],
    'one pattern alone': ['a', OPTION, /must be a list/],
    'an entry of another type': [
      [5],
      OPTION,
      /patterns\[0\] must be a string, a RegExp, or an object such as .*not a number$/,
    ],
    'an instance of a class': [[new Date(0)], OPTION, /not an instance of Date$/],
    'an entry without a name': [
      [{ pattern: 'a' }],
      OPTION,
      /patterns\[0\]\.name must be a non-empty string, not undefined$/,
    ],
    'an entry without a pattern': [
      [{ name: 'a' }],
      OPTION,
      /patterns\[0\]\.pattern must be a string or a RegExp, not undefined$/,
    ],
    'a misspelt member': [
      [{ name: 'a', patern: 'a' }],
      OPTION,
      /unknown option "patterns\[0\]\.patern"; did you mean "patterns\[0\]\.pattern"\?$/,
    ],
    'flags beside a RegExp': [[{ name: 'a', pattern: /a/, flags: 'i' }], OPTION, /flags must be left out/],
    'flags of another type': [[{ name: 'a', pattern: 'a', flags: 1 }], OPTION, /flags must be a string, not a number$/],
    'a name twice': [
      [
        { name: 'a', pattern: 'a' },
        { name: 'a', pattern: 'b' },
      ],
      OPTION,
      /two patterns have the name "a"$/,
    ],
    'names for some': [['a', { name: 'b', pattern: 'b' }], OPTION, /all have a name, or none of them/],
    'an empty string': [[''], OPTION, /must not be empty: it would match every text$/],
    'a lone surrogate in a string': [['\ud800'], OPTION, /must not contain a lone surrogate$/],
    'a string that cannot be read': [
      ['a('],
      'ERR_PATTERNS_SYNTAX',
      /^createPatterns: patterns\[0\] cannot be read: unclosed group$/,
    ],
    'flags of JavaScript for a string': [
      [{ name: 'a', pattern: 'a', flags: 'g' }],
      'ERR_PATTERNS_SYNTAX',
      /flags other than/,
    ],
    'half of a character in a string': [['(?-u:\\xff)'], 'ERR_PATTERNS_SYNTAX', /invalid UTF-8/],
    'lookahead in a string': [['(?=a)'], 'ERR_PATTERNS_SYNTAX', /look-around/],
    'a repetition that is too large': [['(a{999}){999}'], 'ERR_PATTERNS_SIZE', /compiles to more than 4194304 bytes$/],
    'too deep a string': [['('.repeat(40) + ')'.repeat(40)], 'ERR_PATTERNS_SIZE', /nested deeper than 32$/],
    'too deep a RegExp': [[new RegExp('('.repeat(40) + ')'.repeat(40))], 'ERR_PATTERNS_SIZE', /nested deeper than 32$/],
    'too long a string': [['a'.repeat(1025)], 'ERR_PATTERNS_SIZE', /longer than 1024 UTF-16 units$/],
    'too many': [Array(257).fill('a'), 'ERR_PATTERNS_SIZE', /at most 256, not 257$/],
    'many that are too large together': [
      Array(200).fill('\\w{60}'),
      'ERR_PATTERNS_SIZE',
      /the whole set compiles to more than/,
    ],
  };
  for (const [name, [patterns, code, message]] of Object.entries(LISTS)) {
    it(`are ${name}`, () => assertRefuses(() => createPatterns(patterns), code, message));
  }

  it('leave a hole in no list', () => {
    assertRefuses(() => createPatterns(Object.assign(Array(2), { 0: 'a' })), OPTION, /patterns\[1\] must be/);
  });
});

describe('limits of patterns', () => {
  it('hold', () => {
    assert.equal(createPatterns(['a'.repeat(2000)], { maxPatternLength: 2000 }).size, 1);
    assert.equal(createPatterns(Array(300).fill('a'), { maxPatterns: 300 }).size, 300);
    assertRefuses(() => createPatterns(['a', 'b'], { maxPatterns: 1 }), 'ERR_PATTERNS_SIZE', /at most 1, not 2$/);
    assertRefuses(
      () => createPatterns(['a{99}'], { maxCompiledBytes: 1024 }),
      'ERR_PATTERNS_SIZE',
      /more than 1024 bytes$/,
    );
    assertRefuses(() => createPatterns(['((a))'], { maxDepth: 1 }), 'ERR_PATTERNS_SIZE', /deeper than 1$/);
    assertRefuses(() => createPatterns(['a'], { maxSize: 1 }), OPTION_CODE, /unknown option "maxSize"/);
    assertRefuses(() => createPatterns(['a'], { maxDepth: '1' }), OPTION_CODE, /"maxDepth" must be a whole number/);
  });

  it('reject a text that is too long, as a request with 413', () => {
    const set = createPatterns(['a'], { maxTextLength: 10 });
    assert.equal(set.test(`${'b'.repeat(9)}a`), true);
    for (const search of [set.test, set.match]) {
      assert.throws(
        () => search('b'.repeat(11)),
        (/** @type {any} */ error) => {
          assert.ok(error instanceof PortcullisError);
          assert.deepEqual([error.code, error.status, error.expose], ['ERR_PATTERNS_TEXT_TOO_LONG', 413, false]);
          return true;
        },
      );
    }
  });

  it('reject what is no text', () => {
    const set = createPatterns(['a']);
    for (const value of [undefined, null, 1, {}, ['a'], Buffer.from('a'), Object('a')]) {
      for (const search of [set.test, set.match]) {
        assert.throws(() => search(value), { name: 'TypeError', code: 'ERR_PATTERNS_INPUT' });
      }
    }
  });
});

const OPTION_CODE = 'ERR_PATTERNS_OPTION';
