'use strict';

// Where a token is at fault as text, its signature is right for that very text, so that nothing but the fault is refused.

const assert = require('node:assert');
const { describe, it } = require('node:test');
const { createVerifier } = require('portcullis');
const { SECRET, forge, pairOf } = require('../support/forge');
const { CLAIMS, NOW, VERIFIERS, clock, everywhere, refuses, withPayload } = require('../support/attack');

describe('jwt JSON: what two readers understand differently', () => {
  const HEADERS = {
    'alg twice': (alg) => `{"alg":"none","alg":"${alg}"}`,
    'alg twice, once escaped': (alg) => `{"\\u0061lg":"none","alg":"${alg}"}`,
    'kid twice': (alg) => `{"alg":"${alg}","kid":"a","kid":"a"}`,
    'an unknown name twice': (alg) => `{"alg":"${alg}","x":1,"x":2}`,
    'a name twice deep inside': (alg) => `{"alg":"${alg}","x":{"y":[{"z":1,"z":2}]}}`,
    'a list around it': (alg) => `[{"alg":"${alg}"}]`,
    'something behind it': (alg) => `{"alg":"${alg}"}{}`,
    'NUL behind it': (alg) => `{"alg":"${alg}"}\0`,
    'a byte order mark': (alg) => `\ufeff{"alg":"${alg}"}`,
    'a comment': (alg) => `{"alg":"${alg}"/**/}`,
    'a comma too many': (alg) => `{"alg":"${alg}",}`,
    'single quotes': (alg) => `{'alg':'${alg}'}`,
    'a text alone': (alg) => `"${alg}"`,
    null: () => 'null',
    nothing: () => '',
  };
  for (const [name, write] of Object.entries(HEADERS)) {
    it(`rejects a header with ${name}`, () => {
      everywhere((algorithm, verifier) => {
        refuses(verifier, forge(write(algorithm), CLAIMS, algorithm), 'ERR_JWT_MALFORMED');
      });
    });
  }

  const deep = (depth) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  const PAYLOADS = {
    'a claim twice': '{"sub":"user","sub":"admin"}',
    'a claim twice, once escaped': '{"sub":"user","\\u0073ub":"admin"}',
    'a name twice deep inside': '{"a":[{"b":{"c":1,"c":2}}]}',
    '__proto__ twice': '{"__proto__":1,"__proto__":2}',
    'invalid UTF-8': Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}')]),
    'an overlong encoding': Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]),
    'a surrogate in UTF-8': Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
    'a lone surrogate, escaped': '{"a":"\\ud800"}',
    'a lone low surrogate, escaped': '{"a":"\\udc00x"}',
    'a byte order mark': '\ufeff{"a":1}',
    'UTF-16': Buffer.from('{"a":1}', 'utf16le'),
    'a depth of 33': deep(33),
    'a depth of 10,000': deep(10_000),
    'an open end at a depth of 10,000': `{"a":${'['.repeat(10_000)}`,
    '1e999': '{"a":1e999}',
    '-1e999': '{"exp":-1e999}',
    'a number of 400 digits': `{"a":1${'0'.repeat(400)}}`,
    NaN: '{"exp":NaN}',
    Infinity: '{"exp":Infinity}',
    'a hexadecimal number': '{"exp":0xffffffff}',
    'a number with a plus': '{"exp":+1}',
    'a number with leading zeros': '{"exp":09999999999}',
    'a control character in a text': '{"a":"\u0001"}',
    'a list': '[1]',
    'an empty list': '[]',
    'a list of claims': '[{"sub":"user-1"}]',
    'a text': '"user-1"',
    'a number alone': '1',
    null: 'null',
    true: 'true',
    nothing: '',
    'white space': ' ',
    'something behind it': '{"a":1} x',
    'two objects': '{"a":1}{"a":1}',
  };
  for (const [name, payload] of Object.entries(PAYLOADS)) {
    it(`rejects a payload with ${name}`, () => {
      const roomy = createVerifier({ key: SECRET, maxTokenBytes: 100_000, clock });
      refuses(roomy, withPayload(payload)('HS256'), 'ERR_JWT_MALFORMED');
      for (const algorithm of ['RS256', 'ES256', 'EdDSA']) {
        const token = withPayload(payload)(algorithm);
        refuses(VERIFIERS[algorithm], token, token.length > 8192 ? 'ERR_JWT_TOO_LARGE' : 'ERR_JWT_MALFORMED');
      }
    });
  }

  const TIMES = {
    'a text': '"9999999999"',
    'an empty text': '""',
    null: 'null',
    true: 'true',
    'a list': '[9999999999]',
    'an empty list': '[]',
    'an object': '{"valueOf":9999999999}',
  };
  for (const claim of ['exp', 'nbf', 'iat']) {
    for (const [name, json] of Object.entries(TIMES)) {
      it(`rejects ${claim} that is ${name}`, () => {
        everywhere((algorithm, verifier) => {
          refuses(verifier, withPayload(`{"${claim}":${json}}`)(algorithm), 'ERR_JWT_CLAIM_TYPE');
        });
      });
    }
  }

  for (const [name, json] of Object.entries({
    zero: '0',
    'minus zero': '-0',
    negative: '-1',
    'hugely negative': '-1e308',
    now: String(NOW),
    'a hair before now': String(NOW - 0.001),
    tiny: '5e-324',
  })) {
    it(`rejects exp that is ${name}`, () => {
      everywhere((algorithm, verifier) =>
        refuses(verifier, withPayload(`{"exp":${json}}`)(algorithm), 'ERR_JWT_EXPIRED'),
      );
    });
  }

  it('rejects nbf that lies ahead, by a hair, a century or 1e308 seconds', () => {
    for (const nbf of [String(NOW + 0.001), String(NOW + 3e9), '1e308']) {
      everywhere((algorithm, verifier) => {
        refuses(verifier, withPayload(`{"nbf":${nbf}}`)(algorithm), 'ERR_JWT_NOT_YET_VALID');
      });
    }
  });

  it('takes a fraction of a second, which RFC 7519 section 2 allows', () => {
    assert.strictEqual(VERIFIERS.HS256.verify(withPayload(`{"exp":${NOW}.5}`)('HS256')).exp, NOW + 0.5);
  });

  it('hands out __proto__ as a claim like any other', () => {
    const claims = VERIFIERS.HS256.verify(withPayload('{"__proto__":{"admin":true}}')('HS256'));
    assert.strictEqual(Object.getPrototypeOf(claims), Object.prototype);
    assert.strictEqual(claims.admin, undefined);
  });
});

describe('jwt claims: of another type', () => {
  const policy = { issuer: 'me', audience: 'api', subject: 'user-1', jwtId: ['id-1', ''].slice(0, 1), clock };
  const right = { iss: 'me', aud: 'api', sub: 'user-1', jti: 'id-1' };
  const strict = Object.fromEntries(
    ['HS256', 'RS256', 'ES256', 'EdDSA'].map((name) => [
      name,
      createVerifier({ ...policy, key: pairOf(name).publicKey, algorithms: [name], cache: false }),
    ]),
  );
  const WRONG_TYPES = {
    aud: [5, {}, { api: true }, [], [['api']], ['api', 5], ['api', null], [null], true, null],
    iss: [5, {}, ['me'], ['me', 'evil'], [['me']], true, null],
    sub: [5, {}, ['user-1'], true, null],
    jti: [5, {}, ['id-1'], true, null],
  };
  for (const [claim, values] of Object.entries(WRONG_TYPES)) {
    for (const value of values) {
      it(`rejects ${claim} that is ${JSON.stringify(value)}`, () => {
        for (const [algorithm, verifier] of Object.entries(strict)) {
          assert.ok(verifier.verify(forge({ alg: algorithm }, right, algorithm)));
          refuses(verifier, forge({ alg: algorithm }, { ...right, [claim]: value }, algorithm), 'ERR_JWT_CLAIM_TYPE');
        }
      });
    }
  }

  const WRONG_TEXTS = { iss: 'ERR_JWT_ISSUER', aud: 'ERR_JWT_AUDIENCE', sub: 'ERR_JWT_SUBJECT', jti: 'ERR_JWT_ID' };
  for (const [claim, code] of Object.entries(WRONG_TEXTS)) {
    it(`rejects ${claim} that is empty, in another case, with a space or NUL, in another form of Unicode, or absent`, () => {
      for (const [algorithm, verifier] of Object.entries(strict)) {
        for (const text of ['', right[claim].toUpperCase(), `${right[claim]} `, `${right[claim]}\0`, '\u212a']) {
          refuses(verifier, forge({ alg: algorithm }, { ...right, [claim]: text }, algorithm), code);
        }
        const { [claim]: _, ...others } = right;
        refuses(verifier, forge({ alg: algorithm }, others, algorithm), 'ERR_JWT_CLAIM_MISSING');
      }
    });
  }

  it('takes no claim from a prototype', () => {
    const verifier = createVerifier({ key: SECRET, requiredClaims: ['toString', 'constructor'], clock });
    refuses(verifier, withPayload('{}')('HS256'), 'ERR_JWT_CLAIM_MISSING');
    refuses(verifier, withPayload('{"__proto__":{"toString":1,"constructor":1}}')('HS256'), 'ERR_JWT_CLAIM_MISSING');
  });

  it('judges what one call expects by type as well', () => {
    const verifier = createVerifier({ key: SECRET, clock });
    for (const nonce of [5, ['n'], null, '', 'N']) {
      assert.throws(() => verifier.verify(withPayload({ nonce })('HS256'), { nonce: 'n' }), { code: 'ERR_JWT_NONCE' });
    }
    assert.throws(() => verifier.verify(withPayload({})('HS256'), { nonce: 'n' }), { code: 'ERR_JWT_CLAIM_MISSING' });
    for (const expected of [{ nonce: undefined }, { nonce: '' }, { toString: 'x' }, { audience: 'x' }]) {
      assert.throws(() => verifier.verify(withPayload({ nonce: '' })('HS256'), expected), { code: 'ERR_JWT_OPTION' });
    }
  });
});
