// @ts-check
'use strict';

// Apart from the tokens of forge.js, which makes key pairs when it is loaded.

const SECRET = 'a secret for tests, 64 bytes long, as many as HS512 asks for....';

module.exports = { SECRET };
