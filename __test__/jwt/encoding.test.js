'use strict';

// Where a token is at fault as text, its signature is right for that very text, so that nothing but the fault is refused.

const assert = require('node:assert');
const { describe, it } = require('node:test');
const { createVerifier } = require('portcullis');
const { SECRET, encode, forge } = require('../support/forge');
const { CLAIMS, VERIFIERS, clock, everywhere, refuses, signed } = require('../support/attack');

describe('jwt encoding: base64url and segments', () => {
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
