'use strict';

// Forms by hand: what attackers send in names, what honest clients send, and what only this parser refuses.

const assert = require('node:assert');
const { describe, it } = require('node:test');
const { inspect } = require('node:util');

const qs = require('qs');

const { createFormParser } = require('../../lib/input/form-parser');
const native = require('../../lib/support/native');

const POLICY = {
  ...{ limit: 102_400, parameterLimit: 1_000, maxDepth: 32, maxKeyLength: 256, extended: true },
  ...{ operators: true, dots: false, prototypes: true, repeats: 'allow', arrays: [] },
};
const parserOf = (options) => createFormParser({ ...POLICY, ...options });
const read = (form, options) => parserOf(options)(Buffer.from(form));
const asQs = (form) =>
  qs.parse(form, { allowPrototypes: true, arrayLimit: 100, depth: 32, strictDepth: true, parameterLimit: 1_000 });

const [OPERATOR, PROTOTYPE] = ['ERR_INPUT_OPERATOR_KEY', 'ERR_INPUT_PROTOTYPE_KEY'];

/** Names of the attack, the form, the code and the pointer in both dialects. */
const ATTACKS = [
  ['an operator in brackets', 'email[$gt]=&password=x', OPERATOR, '/email/$gt'],
  ['an operator in encoded brackets', 'email%5B%24gt%5D=', OPERATOR, '/email/$gt'],
  ['an operator whose dollar sign is encoded', 'email[%24ne]=x', OPERATOR, '/email/$ne'],
  ['an operator as the whole name', '$where=1', OPERATOR, '/$where'],
  ['an encoded operator as the whole name', '%24gt=1', OPERATOR, '/$gt'],
  ['an operator beside an array', 'a[]=1&a[$gt]=2', OPERATOR, '/a/$gt'],
  ['an operator in an element', 'a[][$gt]=2', OPERATOR, '/a/0/$gt'],
  ['an operator deeper than five brackets', 'a[b][c][d][e][f][$gt]=1', OPERATOR, '/a/b/c/d/e/f/$gt'],
  ['a prototype', 'a[__proto__][x]=1', PROTOTYPE, '/a/__proto__'],
  ['a prototype as the first key', '__proto__[x]=1', PROTOTYPE, '/__proto__'],
  ['a prototype with an encoded letter', 'a[%5F_proto__]=1', PROTOTYPE, '/a/__proto__'],
  ['the prototype of a constructor', 'a[constructor][prototype][x]=1', PROTOTYPE, '/a/constructor/prototype'],
  ['the prototype of the outermost constructor', 'constructor[prototype][x]=1', PROTOTYPE, '/constructor/prototype'],
];

/** What qs accepts. Each of them has a reason in the documentation of core. */
const REFUSED = [
  ['a percent sign alone', 'discount=100%', 'ERR_INPUT_FORM', '/discount'],
  ['a percent sign before a letter that is no digit', 'a=%g1', 'ERR_INPUT_FORM', '/a'],
  ['bytes that are not UTF-8', 'a=%ff', 'ERR_INPUT_UTF8', '/a'],
  ['an overlong dollar sign', '%c0%a4gt=1', 'ERR_INPUT_UTF8', ''],
  ['half a surrogate pair', 'a=%ed%a0%80', 'ERR_INPUT_UTF8', '/a'],
  ['brackets before the name', '[a]=1', 'ERR_INPUT_FORM', ''],
  ['a bracket that does not close', 'a[b=1', 'ERR_INPUT_FORM', '/a'],
  ['brackets in brackets', 'a[b[$gt]]=1', 'ERR_INPUT_FORM', '/a'],
  ['text behind brackets, which qs drops', 'items[0].$gt=1', 'ERR_INPUT_FORM', '/items/0'],
  ['a value that qs reads as a part of the name', 'a=b]=c', 'ERR_INPUT_FORM', ''],
  ['a value and an object of one name', 'a=1&a[b]=2', 'ERR_INPUT_MIXED', '/a/b'],
  ['an object and a value of one name', 'a[b]=2&a=1', 'ERR_INPUT_MIXED', '/a'],
  ['an array and an object of one name', 'a[]=1&a[b]=2', 'ERR_INPUT_MIXED', '/a/b'],
];

/** What clients send. */
const HONEST = [
  ['a log-in', 'email=ada%40example.com&password=p%26ss%3Dword%24'],
  ['values with dollar signs and dots', 'amount=%245.00&query=$gt&file=a.b'],
  ['the mode of a WebSub hub', 'hub.mode=subscribe&hub.topic=https%3A%2F%2Fexample.com&hub.challenge=1'],
  ['the place of a click on an image button', 'submit.x=12&submit.y=30'],
  ['nested fields of a framework', 'user%5Bname%5D=Ada&user%5Baddress%5D%5Bcity%5D=London'],
  ['a hidden field before checkboxes', 'roles=&roles[]=admin&roles[]=editor'],
  ['a hidden field behind checkboxes', 'roles[]=admin&roles='],
  ['a checkbox and its hidden field', 'active=0&active=1'],
  ['rows of a table', 'rows[0][sku]=a&rows[0][n]=1&rows[1][sku]=b&rows[1][n]=2'],
  ['quantities by product', 'quantity[12]=1&quantity[48213]=2'],
  ['rows by id and a new one', 'rows[12][n]=1&rows[new][n]=2'],
  ['an array with holes', 'a[1]=b&a[15]=c'],
  ['more than the limit of an array', 'a[1000000]=x'],
  ['a list with commas', 'ids=1,2,3&sort=name,-date'],
  ['names of an ordinary object', 'constructor=1&toString=2&hasOwnProperty=3&valueOf[x]=4'],
  ['a webhook with JSON in a field', 'payload=%7B%22action%22%3A%22opened%22%2C%22%24gt%22%3A1%7D'],
  ['a message with line breaks and emoji', 'Body=Hello%0D%0A%F0%9F%91%8B&NumMedia=0'],
  ['empty parts and no values', '&a&&b=&=c&'],
  ['nul in a value', 'a=%00'],
];

describe('input: names of forms that attack', () => {
  for (const [what, form, code, pointer] of ATTACKS) {
    it(`refuses ${what}`, () => {
      assert.throws(() => read(form), { code, pointer, status: 400, type: 'entity.parse.failed' });
      assert.throws(() => read(form, { extended: false }), { code });
      const off = { operators: false, prototypes: false };
      assert.doesNotThrow(() => read(form.replace('a[]=1&', ''), off), 'the rule refuses it, and nothing else');
    });
  }

  it('takes a name with a dot for one key, which is no operator', () => {
    assert.deepStrictEqual(read('a.$gt=1'), { 'a.$gt': '1' });
    assert.throws(() => read('a.$gt=1', { dots: true }), { code: 'ERR_INPUT_DOTTED_KEY', pointer: '/a.$gt' });
  });

  it('decodes once: a name that is encoded twice is no operator', () => {
    assert.deepStrictEqual(read('a[%2524gt]=1'), { a: { '%24gt': '1' } });
  });

  it('never reaches a prototype, with and without the rules', () => {
    for (const options of [{}, { prototypes: false }, { extended: false, prototypes: false }]) {
      try {
        read('__proto__[polluted]=1&a[__proto__][polluted]=1&constructor[prototype][polluted]=1', options);
      } catch (error) {
        assert.strictEqual(error.code, PROTOTYPE);
      }
      assert.strictEqual({}.polluted, undefined);
    }
  });

  it('never puts a value into the error', () => {
    for (const form of ['a[$gt]=secret', 'a=secret&a[b]=secret', 'a=secret%', 'a[b=secret']) {
      assert.throws(
        () => read(form),
        (error) => !inspect(error).includes('secret') && !JSON.stringify(error).includes('secret'),
      );
    }
  });
});

describe('input: forms that only this parser refuses', () => {
  for (const [what, form, code, pointer] of REFUSED) {
    it(`refuses ${what}`, () => {
      assert.doesNotThrow(() => asQs(form));
      assert.throws(() => read(form), { code, pointer, status: 400 });
    });
  }
});

describe('input: honest forms', () => {
  for (const [what, form] of HONEST) {
    it(`reads ${what} as qs does`, () => assert.deepStrictEqual(read(form), asQs(form)));
  }
});

describe('input: bounds of forms', () => {
  it('counts parameters, depth and the length of keys', () => {
    const parameters = (count) => Array.from({ length: count }, (_, at) => `k${at}=1`).join('&');
    assert.strictEqual(Object.keys(read(parameters(1_000))).length, 1_000);
    assert.throws(() => read(parameters(1_001)), { code: 'ERR_INPUT_KEYS', pointer: '' });
    assert.doesNotThrow(() => read(`a${'[b]'.repeat(32)}=1`));
    assert.throws(() => read(`a${'[b]'.repeat(33)}=1`), { code: 'ERR_INPUT_DEPTH' });
    assert.throws(() => asQs(`a${'[b]'.repeat(33)}=1`), RangeError);
    assert.throws(() => read(`${'a'.repeat(257)}=1`), { code: 'ERR_INPUT_KEY_LENGTH' });
    const large = { code: 'ERR_INPUT_TOO_LARGE', status: 413, limit: 5, received: 6, type: 'entity.too.large' };
    assert.throws(() => read('a=1234', { limit: 5 }), large);
  });

  it('turns more parameters than 100 into arrays as qs does', () => {
    const form = Array.from({ length: 150 }, (_, at) => `a[${at}]=${at}`).join('&');
    assert.strictEqual(read(form).a.length, 150);
  });

  it('throws for options that core refuses', () => {
    assert.throws(() => parserOf({ parameterLimit: 0 }), { code: 'ERR_INPUT_OPTION_RANGE', name: 'RangeError' });
    assert.throws(() => parserOf({ repeats: 'some' }), { code: 'ERR_INPUT_OPTION', name: 'TypeError' });
  });

  it('throws for what is no buffer and for a slot that is free', () => {
    const readForm = native.inputReadFormFunction();
    const { slot } = parserOf().guard;
    const shared = new Uint8Array(new SharedArrayBuffer(4));
    for (const body of ['a=1', null, undefined, {}, new Uint16Array(2), shared]) {
      assert.throws(() => readForm(slot, body), { code: 'ERR_INPUT_OPTION' });
    }
    assert.throws(() => readForm(4_294_967_294, Buffer.from('a=1')), { code: 'ERR_INPUT_OPTION' });
  });
});

describe('input: repeated names of forms', () => {
  const form = 'id=1&id=2&tags=a&tags=b&list[]=1&list[]=2';
  const others = { tags: ['a', 'b'], list: ['1', '2'] };
  const arrays = ['tags'];

  for (const [repeats, id] of [
    ['allow', ['1', '2']],
    ['first', '1'],
    ['last', '2'],
  ]) {
    it(`takes ${repeats === 'allow' ? 'all' : `the ${repeats}`} of the values, and all of a declared array`, () => {
      assert.deepStrictEqual(read(form, { repeats, arrays }), { id, ...others });
    });
  }

  it('rejects a repeated name that is not declared', () => {
    const error = { code: 'ERR_INPUT_REPEATED', pointer: '/id', status: 400 };
    assert.throws(() => read(form, { repeats: 'reject', arrays }), error);
    assert.deepStrictEqual(read(form.replace('id=1&', ''), { repeats: 'reject', arrays }), { id: '2', ...others });
  });

  it('sees a repetition whatever its encoding', () => {
    for (const twice of ['id=1&%69d=2', 'a[b]=1&a%5Bb%5D=2', 'a+b=1&a%20b=2']) {
      for (const extended of [true, false]) {
        assert.throws(() => read(twice, { repeats: 'reject', extended }), { code: 'ERR_INPUT_REPEATED' }, twice);
      }
    }
  });

  it('never lets brackets smuggle a second value of a name', () => {
    assert.throws(() => read('id=1&id[]=2', { repeats: 'reject' }), { code: 'ERR_INPUT_REPEATED' });
    assert.throws(() => read('id[]=2&id=1', { repeats: 'last' }), { code: 'ERR_INPUT_MIXED' });
    assert.throws(() => read('id=1&id[x]=2', { repeats: 'first' }), { code: 'ERR_INPUT_MIXED' });
  });
});
