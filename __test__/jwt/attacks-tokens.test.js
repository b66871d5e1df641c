'use strict';

// The attacks of the field on tokens, one by one: points 9 to 15 of the checklist. Where a token's own text is at fault, its
// signature is right for that very text, so that nothing but the fault can be what refuses it.

const assert = require('node:assert');
const { sign } = require('node:crypto');
const { describe, it } = require('node:test');

const { createSigner, createVerifier } = require('portcullis');

const { ALGORITHMS, PAIRS, SECRET, encode, forge, pairOf, signature } = require('../support/forge');

const NOW = 1_700_000_000;
const clock = () => NOW * 1000;
const CLAIMS = { sub: 'user-1', iat: NOW };

const VERIFIERS = Object.fromEntries(
  ALGORITHMS.map((name) => [
    name,
    createVerifier({ key: pairOf(name).publicKey, algorithms: [name], cache: false, clock }),
  ]),
);

function refuses(verifier, token, code) {
  assert.throws(() => verifier.verify(token), { name: 'PortcullisError', code, status: 401 }, `${token}`.slice(0, 300));
}

function refusesOption(make, code = /^ERR_JWT_OPTION(_RANGE)?$/) {
  assert.throws(make, (error) => {
    assert.match(error.code, typeof code === 'string' ? new RegExp(`^${code}$`) : code);
    return error instanceof TypeError || error instanceof RangeError;
  });
}

/** Header and payload as they are, in base64url or not, and a signature that is right for them. */
function signed(header, payload, algorithm) {
  const message = `${header}.${payload}`;
  return `${message}.${signature(algorithm, message, pairOf(algorithm).privateKey).toString('base64url')}`;
}

/** The same forgery against every family. */
function everywhere(act) {
  for (const algorithm of ALGORITHMS) act(algorithm, VERIFIERS[algorithm]);
}

const withHeader = (members) => (algorithm) => forge({ alg: algorithm, ...members }, CLAIMS, algorithm);
const withPayload = (payload) => (algorithm) => forge({ alg: algorithm }, payload, algorithm);

describe('jwt checklist: point 9: critical extensions', () => {
  const CRITICAL = {
    'an unknown extension': { crit: ['exp2'], exp2: 1 },
    'an empty list': { crit: [] },
    null: { crit: null },
    'a text': { crit: 'exp' },
    'an object': { crit: {} },
    false: { crit: false },
    'an extension twice': { crit: ['x', 'x'], x: 1 },
    'a registered name': { crit: ['alg'] },
    'a name that is listed but absent': { crit: ['absent'] },
    'a number in the list': { crit: [1] },
    b64: { crit: ['b64'], b64: false },
    'b64 that is true': { crit: ['b64'], b64: true },
  };
  for (const [name, members] of Object.entries(CRITICAL)) {
    it(`rejects crit: ${name}`, () => {
      everywhere((algorithm, verifier) => {
        refuses(verifier, withHeader(members)(algorithm), 'ERR_JWT_CRITICAL');
        assert.throws(() => verifier.verifyJws(withHeader(members)(algorithm)), { code: 'ERR_JWT_CRITICAL' });
      });
    });
  }

  it('rejects crit whose name is written with an escape, and crit twice', () => {
    everywhere((algorithm, verifier) => {
      const escaped = `{"alg":"${algorithm}","\\u0063rit":["x"],"x":1}`;
      refuses(verifier, forge(escaped, CLAIMS, algorithm), 'ERR_JWT_CRITICAL');
      const twice = `{"alg":"${algorithm}","crit":["x"],"crit":["y"]}`;
      refuses(verifier, forge(twice, CLAIMS, algorithm), 'ERR_JWT_MALFORMED');
    });
  });
});

describe('jwt checklist: point 10: how the payload would be read', () => {
  for (const [name, members] of Object.entries({
    'b64: false without crit': { b64: false },
    'b64: true': { b64: true },
    'b64 of another type': { b64: 'false' },
    zip: { zip: 'DEF' },
    'zip that is null': { zip: null },
  })) {
    it(`rejects ${name}`, () => {
      everywhere((algorithm, verifier) => refuses(verifier, withHeader(members)(algorithm), 'ERR_JWT_CRITICAL'));
    });
  }

  it('rejects a payload that is not encoded', () => {
    everywhere((algorithm, verifier) => {
      refuses(verifier, signed(encode({ alg: algorithm }), JSON.stringify(CLAIMS), algorithm), 'ERR_JWT_MALFORMED');
    });
  });

  const typed = createVerifier({ key: SECRET, typ: 'at+jwt', clock });
  for (const [name, members] of Object.entries({
    'another typ': { typ: 'JWT' },
    'no typ': {},
    'an empty typ': { typ: '' },
    'a typ with something behind it': { typ: 'at+jwt; charset=utf-8' },
    'a typ of another tree': { typ: 'text/at+jwt' },
    'a typ with the prefix twice': { typ: 'application/application/at+jwt' },
  })) {
    it(`rejects ${name} where typ is asked for`, () => refuses(typed, withHeader(members)('HS256'), 'ERR_JWT_TYP'));
  }

  it('rejects a typ that is a number, null or a list, asked for or not', () => {
    for (const typ of [5, null, ['at+jwt'], { typ: 'at+jwt' }]) {
      refuses(typed, withHeader({ typ })('HS256'), 'ERR_JWT_MALFORMED');
      refuses(VERIFIERS.HS256, withHeader({ typ })('HS256'), 'ERR_JWT_MALFORMED');
    }
  });

  it('takes application/at+jwt for at+jwt, in any case, and for nothing else', () => {
    for (const typ of ['at+jwt', 'AT+JWT', 'application/at+jwt', 'Application/At+Jwt']) {
      assert.ok(typed.verify(withHeader({ typ })('HS256')));
    }
    const plain = createVerifier({ key: SECRET, typ: 'JWT', clock });
    refuses(plain, withHeader({ typ: 'application/at+jwt' })('HS256'), 'ERR_JWT_TYP');
  });

  it('rejects a token nested in a token', () => {
    everywhere((algorithm, verifier) => {
      const inner = forge({ alg: algorithm }, CLAIMS, algorithm);
      refuses(verifier, forge({ alg: algorithm, cty: 'JWT' }, inner, algorithm), 'ERR_JWT_MALFORMED');
      refuses(verifier, forge({ alg: algorithm, cty: 'JWT' }, JSON.stringify(inner), algorithm), 'ERR_JWT_MALFORMED');
    });
  });
});

describe('jwt checklist: point 11: JSON that two readers understand differently', () => {
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

describe('jwt checklist: point 12: claims of another type', () => {
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

describe('jwt checklist: point 13: options that weaken a policy', () => {
  const make = (options) => () => createVerifier({ key: SECRET, ...options });

  for (const value of [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    -1,
    301,
    '5',
    '',
    null,
    true,
    [5],
    5n,
  ]) {
    it(`refuses a tolerance of ${typeof value} ${String(value)}`, () =>
      refusesOption(make({ clockToleranceSeconds: value })));
  }
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1, 0, '5', null, true, {}]) {
    it(`refuses a greatest age of ${typeof value} ${String(value)}`, () =>
      refusesOption(make({ maxAgeSeconds: value })));
  }
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 1.5, '5', null, 2 ** 40]) {
    it(`refuses a size of ${typeof value} ${String(value)}`, () => {
      refusesOption(make({ maxTokenBytes: value }));
      refusesOption(make({ maxHeaderBytes: value }));
    });
  }
  const LISTS = ['issuer', 'audience', 'subject', 'jwtId', 'nonce', 'typ', 'requiredClaims', 'algorithms'];
  for (const name of LISTS) {
    it(`refuses ${name} that is undefined, null, empty, of another type, or has such a member`, () => {
      for (const value of [
        undefined,
        null,
        '',
        5,
        true,
        {},
        [],
        [undefined],
        [null],
        [''],
        [5],
        new Array(1),
        [['a']],
        '\ud800',
      ]) {
        refusesOption(make({ [name]: value }), /^ERR_JWT_(OPTION|KEY_ALGORITHM)$/);
      }
    });
  }

  const PATTERNS = {
    'with the flag g': /^api$/g,
    'with the flag y': /^api$/y,
    'with the flags g and y': /^api$/gy,
    'with the flag i': /^api$/i,
    'with the flag m': /^api$/m,
    'with the flag s': /^api.$/s,
    'without anchors': /api/,
    'without an end': /^api/,
    'without a beginning': /api$/,
    'whose end is escaped': /^api\$/,
    'with a look-ahead': /^(?=a)api$/,
    'with a negative look-ahead': /^(?!evil)[a-z]+$/,
    'with a look-behind': /^api(?<=i)$/,
    'with a back reference': /^(a)\1$/,
    'with a named group': /^(?<name>a)$/,
    'with a word boundary': /^api\b$/,
    'with a class of Unicode': /^\p{L}+$/u,
    'with a counted repetition that explodes': /^(?:(?:a{1000}){1000}){1000}$/,
  };
  for (const [name, pattern] of Object.entries(PATTERNS)) {
    it(`refuses a pattern ${name}`, () => {
      for (const option of ['issuer', 'audience', 'subject', 'jwtId', 'nonce'])
        refusesOption(make({ [option]: pattern }));
      refusesOption(make({ audience: ['right', pattern] }));
    });
  }

  it('lets alternatives not escape their anchors', () => {
    const verifier = createVerifier({ key: SECRET, audience: /^api|admin$/, clock });
    for (const aud of ['api-evil', 'evil-admin']) refuses(verifier, withPayload({ aud })('HS256'), 'ERR_JWT_AUDIENCE');
  });

  it('matches a missing claim with no pattern', () => {
    for (const audience of [/^undefined$/, /^[a-z]*$/, /^(?:undefined|null)$/]) {
      const verifier = createVerifier({ key: SECRET, audience, clock });
      refuses(verifier, withPayload({})('HS256'), 'ERR_JWT_CLAIM_MISSING');
      refuses(verifier, withPayload({ aud: null })('HS256'), 'ERR_JWT_CLAIM_TYPE');
    }
  });

  it('judges every call alike with one pattern', () => {
    const verifier = createVerifier({ key: SECRET, audience: /^api$/, cache: false, clock });
    for (let call = 0; call < 4; call++) assert.ok(verifier.verify(withPayload({ aud: 'api' })('HS256')));
  });

  for (const pattern of [/^(a+)+$/, /^(a|a)*$/, /^(?:a*)*b$/, /^([a-z]+)*$/, /^(a|aa)+$/]) {
    it(`judges 4,000 characters in linear time: ${pattern}`, () => {
      const verifier = createVerifier({ key: SECRET, audience: pattern, cache: false, clock });
      const token = withPayload({ aud: `${'a'.repeat(4000)}!` })('HS256');
      const start = performance.now();
      refuses(verifier, token, 'ERR_JWT_AUDIENCE');
      assert.ok(performance.now() - start < 100);
    });
  }

  it('refuses options that nobody knows, and reads none from a prototype', (t) => {
    for (const name of ['ignoreExpiration', 'audiance', 'complete', 'secret', '__proto__x'])
      refusesOption(make({ [name]: 1 }));
    t.after(() => delete Object.prototype.clockToleranceSeconds);
    Object.prototype.clockToleranceSeconds = 300;
    const verifier = createVerifier({ key: SECRET, clock });
    refuses(verifier, withPayload({ exp: NOW - 1 })('HS256'), 'ERR_JWT_EXPIRED');
  });

  it('takes no change of the options after set-up', () => {
    const options = { key: SECRET, audience: ['api'], algorithms: ['HS256'], clock };
    const verifier = createVerifier(options);
    options.audience.push('evil');
    options.algorithms.push('HS512');
    refuses(verifier, withPayload({ aud: 'evil' })('HS256'), 'ERR_JWT_AUDIENCE');
    refuses(verifier, withPayload({ aud: 'api' })('HS512'), 'ERR_JWT_ALGORITHM');
    const bytes = Buffer.from(SECRET);
    const signer = createSigner({ key: bytes });
    bytes.fill(0);
    assert.ok(VERIFIERS.HS256.verify(signer.sign({ exp: NOW + 1 })));
  });
});

describe('jwt checklist: point 14: base64url and segments', () => {
  const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

  /** The same bytes with another last letter, where the length leaves bits over. */
  function respelt(part) {
    const spare = { 2: 16, 3: 4 }[part.length % 4];
    if (spare === undefined) return undefined;
    const at = ALPHABET.indexOf(part.at(-1));
    const other = at % spare === 0 ? at + 1 : at - (at % spare);
    return part.slice(0, -1) + ALPHABET[other];
  }

  const SPELLINGS = {
    padding: (part) => part + '='.repeat((4 - (part.length % 4)) % 4 || 1),
    'one sign of padding': (part) => `${part}=`,
    'padding in its midst': (part) => `${part.slice(0, 4)}=${part.slice(4)}`,
    'a plus': (part) => `${part.slice(0, 4)}+${part.slice(5)}`,
    'a slash': (part) => `${part.slice(0, 4)}/${part.slice(5)}`,
    'a space before it': (part) => ` ${part}`,
    'a space behind it': (part) => `${part} `,
    'a space in its midst': (part) => `${part.slice(0, 4)} ${part.slice(4)}`,
    'a line end': (part) => `${part}\n`,
    'a carriage return': (part) => `${part.slice(0, 4)}\r\n${part.slice(4)}`,
    'a tab': (part) => `${part.slice(0, 4)}\t${part.slice(4)}`,
    NUL: (part) => `${part}\0`,
    'a percent sign': (part) => `${part.slice(0, 4)}%3D${part.slice(4)}`,
    'a letter beyond ASCII': (part) => `${part.slice(0, 4)}\u00e9${part.slice(5)}`,
    'a letter whose low byte is base64url': (part) => `${part.slice(0, 4)}\u0141${part.slice(5)}`,
    'a lone surrogate': (part) => `${part.slice(0, 4)}\ud800${part.slice(5)}`,
    'bits left over': respelt,
    'a length of 4n+1': (part) => part + 'A'.repeat((5 - (part.length % 4)) % 4),
    nothing: () => '',
  };
  /** Parts of every length modulo 4, so that each spelling has bits to play with. */
  const FILLERS = ['', 'a', 'aa'];

  for (const [place, at] of Object.entries({ header: 0, payload: 1, signature: 2 })) {
    for (const [name, spell] of Object.entries(SPELLINGS)) {
      it(`rejects a ${place} with ${name}`, () => {
        let spelt = 0;
        everywhere((algorithm, verifier) => {
          for (const filler of FILLERS) {
            const token = forge({ alg: algorithm, x: filler }, { ...CLAIMS, x: filler }, algorithm);
            assert.ok(verifier.verify(token));
            const parts = token.split('.');
            const part = spell(parts[at]);
            if (part === undefined || part === parts[at]) continue;
            parts[at] = part;
            spelt += 1;
            const forged = at === 2 ? parts.join('.') : signed(parts[0], parts[1], algorithm);
            assert.throws(() => verifier.verify(forged), { code: /^ERR_JWT_(MALFORMED|SIGNATURE)$/ }, forged);
            // Any bytes are a payload there, and so are none.
            if (part !== '' || at !== 1) assert.throws(() => verifier.verifyJws(forged), { status: 401 }, forged);
          }
        });
        assert.ok(spelt > 0, 'nothing was spelt anew');
      });
    }
  }

  it('takes padding only where lenientPadding asks for it, and then only the right one', () => {
    const lenient = createVerifier({ key: SECRET, lenientPadding: true, clock });
    const [header, payload] = [encode({ alg: 'HS256' }), encode({ a: 12 })];
    const pad = (part) => part + '='.repeat((4 - (part.length % 4)) % 4);
    assert.ok(lenient.verify(signed(pad(header), pad(payload), 'HS256')));
    for (const end of ['=', '===', '====', ' =', '=\n']) {
      refuses(lenient, signed(header, pad(payload) + end, 'HS256'), 'ERR_JWT_MALFORMED');
    }
    refuses(lenient, signed(header, respelt(encode({ a: 1 })) ?? '', 'HS256'), 'ERR_JWT_MALFORMED');
  });

  const token = forge({ alg: 'HS256' }, CLAIMS, 'HS256');
  const [header, payload, mac] = token.split('.');
  const SEGMENTS = {
    'no segment': '',
    'one segment': header,
    'two segments': `${header}.${payload}`,
    'four segments': `${token}.${mac}`,
    'four segments, the last empty': `${token}.`,
    'five segments': `${header}.${payload}.${mac}.${payload}.${mac}`,
    'a dot before it': `.${token}`,
    'two dots alone': '..',
    'one dot alone': '.',
    'an empty header': `.${payload}.${mac}`,
    'an empty payload': `${header}..${mac}`,
    'other signs for dots': token.replace(/\./g, '\u3002'),
    'two tokens': `${token}${token}`,
    'two tokens with a comma': `${token},${token}`,
    'Bearer before it': `Bearer ${token}`,
    'quotes around it': `"${token}"`,
    'the JSON serialisation': JSON.stringify({ protected: header, payload, signature: mac }),
  };
  for (const [name, text] of Object.entries(SEGMENTS)) {
    it(`rejects ${name}`, () => {
      everywhere((_algorithm, verifier) => {
        assert.throws(() => verifier.verify(text), { code: /^ERR_JWT_(MALFORMED|ALGORITHM|SIGNATURE)$/ });
      });
    });
  }

  it('rejects an empty payload whose signature is right', () => {
    everywhere((algorithm, verifier) => {
      refuses(verifier, signed(encode({ alg: algorithm }), '', algorithm), 'ERR_JWT_MALFORMED');
    });
  });

  for (const [name, text] of Object.entries({
    '2 MB of dots': '.'.repeat(2e6),
    '2 MB of letters': 'A'.repeat(2e6),
    '2 MB beyond ASCII': '\u0141'.repeat(1e6),
    '8,192 dots': '.'.repeat(8192),
  })) {
    it(`rejects ${name} at once`, () => {
      const times = Array.from({ length: 3 }, () => {
        const start = performance.now();
        assert.throws(() => VERIFIERS.HS256.verify(text), { code: /^ERR_JWT_(TOO_LARGE|MALFORMED)$/ });
        return performance.now() - start;
      });
      assert.ok(Math.min(...times) < 50, `${Math.min(...times)} ms`);
    });
  }

  it('rejects 1 MB of dots at once where so much is allowed', () => {
    const roomy = createVerifier({ key: SECRET, maxTokenBytes: 2 ** 20, clock });
    const start = performance.now();
    refuses(roomy, '.'.repeat(2 ** 20), 'ERR_JWT_MALFORMED');
    assert.ok(performance.now() - start < 50);
  });

  it('rejects what is no text: a Buffer, a boxed text, what turns into one', () => {
    everywhere((algorithm, verifier) => {
      const right = forge({ alg: algorithm }, CLAIMS, algorithm);
      for (const value of [
        Buffer.from(right),
        new String(right),
        [right],
        { toString: () => right },
        undefined,
        null,
        0,
      ]) {
        refuses(verifier, value, 'ERR_JWT_MALFORMED');
      }
    });
  });
});

describe('jwt checklist: point 15: signatures that are no signatures', () => {
  const CURVES = {
    ES256: [32, 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n],
    ES384: [48, 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n],
    ES512: [
      66,
      0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
    ],
  };
  const bytesOf = (number, size) => Buffer.from(number.toString(16).padStart(size * 2, '0'), 'hex');
  const numberOf = (bytes) => BigInt(`0x${bytes.toString('hex')}`);

  for (const [algorithm, [size, order]] of Object.entries(CURVES)) {
    const verifier = VERIFIERS[algorithm];
    const message = `${encode({ alg: algorithm })}.${encode(CLAIMS)}`;
    const right = signature(algorithm, message, pairOf(algorithm).privateKey);
    const [r, s] = [right.subarray(0, size), right.subarray(size)];
    const withSignature = (...parts) => `${message}.${Buffer.concat(parts).toString('base64url')}`;
    const edge = { 0: 0n, 1: 1n, 'n-1': order - 1n, n: order, 'n+1': order + 1n, max: (1n << BigInt(size * 8)) - 1n };

    for (const [nameOfR, valueOfR] of Object.entries(edge)) {
      for (const [nameOfS, valueOfS] of Object.entries(edge)) {
        it(`rejects ${algorithm} with r = ${nameOfR} and s = ${nameOfS}`, () => {
          refuses(verifier, withSignature(bytesOf(valueOfR, size), bytesOf(valueOfS, size)), 'ERR_JWT_SIGNATURE');
        });
      }
      it(`rejects ${algorithm} with ${nameOfR} in place of r, and in place of s`, () => {
        refuses(verifier, withSignature(bytesOf(valueOfR, size), s), 'ERR_JWT_SIGNATURE');
        refuses(verifier, withSignature(r, bytesOf(valueOfR, size)), 'ERR_JWT_SIGNATURE');
      });
    }

    it(`rejects ${algorithm} whose s or r was increased by the order`, () => {
      for (const number of [numberOf(s) + order, numberOf(r) + order]) {
        const bytes = bytesOf(number, size);
        const forged = number === numberOf(s) + order ? withSignature(r, bytes) : withSignature(bytes, s);
        refuses(verifier, forged, 'ERR_JWT_SIGNATURE');
      }
    });

    it(`rejects ${algorithm} in DER`, () => {
      const der = sign(`sha${algorithm.slice(2)}`, Buffer.from(message), pairOf(algorithm).privateKey);
      refuses(verifier, withSignature(der), 'ERR_JWT_SIGNATURE');
    });

    it(`rejects ${algorithm} that is shorter or longer by one, halved, doubled or turned`, () => {
      const zero = Buffer.alloc(1);
      for (const parts of [
        [right.subarray(1)],
        [right.subarray(0, -1)],
        [zero, right],
        [right, zero],
        [zero, r, zero, s],
        [r, zero, s],
        [r],
        [right, right],
        [s, r],
      ]) {
        refuses(verifier, withSignature(...parts), 'ERR_JWT_SIGNATURE');
      }
    });

    // RFC 7518 section 3.4 asks for no smaller of the two; half of what honest signers write has the larger. So a token has two
    // spellings, and nothing may be keyed by its text that must know a token again: revocations go by its claims.
    it(`takes both s and n - s under ${algorithm}, to the same claims`, () => {
      assert.deepStrictEqual(verifier.verify(withSignature(r, s)), CLAIMS);
      assert.deepStrictEqual(verifier.verify(withSignature(r, bytesOf(order - numberOf(s), size))), CLAIMS);
    });
  }

  const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
  const PRIME = 2n ** 255n - 19n;
  const little = (number) => bytesOf(number, 32).reverse();
  const SMALL_POINTS = {
    zero: little(0n),
    one: little(1n),
    'p - 1': little(PRIME - 1n),
    p: little(PRIME),
    'p + 1': little(PRIME + 1n),
    'one with the sign': little(1n | (1n << 255n)),
    'p - 1 with the sign': little((PRIME - 1n) | (1n << 255n)),
    'the first of order eight': Buffer.from('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'hex'),
    'the first of order eight, with the sign': Buffer.from(
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
      'hex',
    ),
    'the second of order eight': Buffer.from('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a', 'hex'),
    'the second of order eight, with the sign': Buffer.from(
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
      'hex',
    ),
  };
  const message = `${encode({ alg: 'EdDSA' })}.${encode(CLAIMS)}`;
  const right = signature('EdDSA', message, PAIRS.ed25519.privateKey);
  const [point, scalar] = [right.subarray(0, 32), right.subarray(32)];
  const withSignature = (...parts) => `${message}.${Buffer.concat(parts).toString('base64url')}`;

  it('rejects an Ed25519 scalar that is not reduced', () => {
    const s = numberOf(Buffer.from(scalar).reverse());
    for (let times = 1n; s + times * ORDER < 1n << 256n && times <= 15n; times++) {
      refuses(VERIFIERS.EdDSA, withSignature(point, little(s + times * ORDER)), 'ERR_JWT_SIGNATURE');
    }
    refuses(VERIFIERS.EdDSA, withSignature(point, little(ORDER)), 'ERR_JWT_SIGNATURE');
    refuses(VERIFIERS.EdDSA, withSignature(point, Buffer.alloc(32, 255)), 'ERR_JWT_SIGNATURE');
  });

  for (const [name, small] of Object.entries(SMALL_POINTS)) {
    it(`rejects Ed25519 with the point ${name} in its signature`, () => {
      for (const other of [scalar, Buffer.alloc(32), little(1n), little(ORDER - 1n)]) {
        refuses(VERIFIERS.EdDSA, withSignature(small, other), 'ERR_JWT_SIGNATURE');
      }
    });

    it(`refuses the Ed25519 key ${name}, under which anybody could sign`, () => {
      const x = small.toString('base64url');
      refusesOption(() => createVerifier({ key: { kty: 'OKP', crv: 'Ed25519', x } }), 'ERR_JWT_KEY');
      const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), small]);
      refusesOption(() => createVerifier({ key: spki }), 'ERR_JWT_KEY');
    });
  }

  it('rejects Ed25519 that is shorter or longer by one, of zeros, or turned', () => {
    const zero = Buffer.alloc(1);
    for (const parts of [
      [right.subarray(1)],
      [right.subarray(0, -1)],
      [zero, right],
      [right, zero],
      [Buffer.alloc(64)],
      [scalar, point],
    ]) {
      refuses(VERIFIERS.EdDSA, withSignature(...parts), 'ERR_JWT_SIGNATURE');
    }
  });

  for (const algorithm of ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']) {
    it(`rejects ${algorithm} of 0, 1, n - 1, n, not reduced, with zeros, cut, or longer`, () => {
      const n = numberOf(Buffer.from(PAIRS.rsa.publicKey.export({ format: 'jwk' }).n, 'base64url'));
      const text = `${encode({ alg: algorithm })}.${encode(CLAIMS)}`;
      const bytes = signature(algorithm, text, PAIRS.rsa.privateKey);
      const zero = Buffer.alloc(1);
      for (const forged of [
        ...[0n, 1n, n - 1n, n, n - numberOf(bytes)].map((number) => bytesOf(number, 256)),
        bytesOf(numberOf(bytes) + n, 257),
        Buffer.concat([zero, bytes]),
        Buffer.concat([bytes, zero]),
        bytes.subarray(1),
        bytes.subarray(0, -1),
        Buffer.alloc(1024, 1),
        Buffer.alloc(1025, 1),
      ]) {
        refuses(VERIFIERS[algorithm], `${text}.${forged.toString('base64url')}`, 'ERR_JWT_SIGNATURE');
      }
    });
  }

  it('rejects a MAC that is cut, longer, of zeros, or that of another hash', () => {
    for (const algorithm of ['HS256', 'HS384', 'HS512']) {
      const text = `${encode({ alg: algorithm })}.${encode(CLAIMS)}`;
      const bytes = signature(algorithm, text, SECRET);
      const others = ['HS256', 'HS384', 'HS512'].filter((one) => one !== algorithm);
      for (const forged of [
        bytes.subarray(1),
        bytes.subarray(0, -1),
        bytes.subarray(0, 16),
        Buffer.concat([bytes, Buffer.alloc(1)]),
        Buffer.alloc(bytes.length),
        ...others.map((one) => signature(one, text, SECRET).subarray(0, bytes.length)),
      ]) {
        refuses(VERIFIERS[algorithm], `${text}.${forged.toString('base64url')}`, 'ERR_JWT_SIGNATURE');
      }
    }
  });
});
